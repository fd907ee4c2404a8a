"""A bundle proving itself: its golden rows give their golden answers, and broken tables are refused."""

import csv
import io
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from automl.runtime.answers import PREDICTION, choose, number_titles
from automl.runtime.manifest import REGRESSION, Manifest
from automl.runtime.member_names import GOLDEN_ANSWERS_FILE, GOLDEN_ROWS_FILE
from automl.runtime.predictor import Predictor
from automl.runtime.problems import RefusedError, refused
from automl.runtime.words import Words

_TIMED_ROWS = 200
_SMALLEST_SPREAD = 1e-12


@dataclass(frozen=True)
class SelfTest:
    """What came out. `difference` is the largest one (see `largest_difference`), `other_labels` counts answers that differ."""

    rows: int
    difference: float
    other_labels: int
    tolerance: float
    milliseconds_per_row: float
    broken_refused: int
    broken_tried: int

    @property
    def passed(self) -> bool:
        """Whether the bundle does what it did where it was made."""
        same = self.difference <= self.tolerance and self.other_labels == 0
        return same and self.rows > 0 and self.broken_refused == self.broken_tried

    def as_dict(self) -> dict[str, float | int | bool]:
        """Return the fields and the verdict for printing as JSON."""
        return {**asdict(self), "passed": self.passed}


def run_selftest(predictor: Predictor) -> SelfTest:
    """Predict the golden rows again, time single rows and offer broken tables."""
    manifest = predictor.manifest
    names, rows = read_cells(predictor.bundle.read(GOLDEN_ROWS_FILE))
    expected = read_golden_answers(manifest, predictor.bundle.read(GOLDEN_ANSWERS_FILE))
    if len(rows) != len(expected) or len(rows) != manifest.golden.rows:
        raise refused("bundle.golden_unreadable", file=GOLDEN_ANSWERS_FILE)
    answers = predictor.answer_columns({name: [row[place] for row in rows] for place, name in enumerate(names)})
    refusals = [_is_refused(predictor, name, content) for name, content in broken_tables(manifest, names, rows)]
    return SelfTest(
        rows=len(rows),
        difference=largest_difference(manifest, expected, answers.numbers),
        other_labels=count_other_labels(manifest, expected, answers.numbers),
        tolerance=manifest.golden.tolerance,
        milliseconds_per_row=_milliseconds_per_row(predictor, [dict(zip(names, row, strict=True)) for row in rows]),
        broken_refused=sum(refusals),
        broken_tried=len(refusals),
    )


def read_cells(content: bytes) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of a golden file: plain UTF-8 with commas."""
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    except (csv.Error, UnicodeError) as error:
        raise refused("bundle.golden_unreadable", file=GOLDEN_ROWS_FILE) from error
    if not lines or any(len(line) != len(lines[0]) for line in lines):
        raise refused("bundle.golden_unreadable", file=GOLDEN_ROWS_FILE)
    return lines[0], lines[1:]


def read_golden_answers(manifest: Manifest, content: bytes) -> NDArray[np.float64]:
    """Return the expected numbers, float64 [rows, classes] or [rows, 1]."""
    names, rows = read_cells(content)
    columns = [PREDICTION] if manifest.task == REGRESSION else list(number_titles(manifest))
    try:
        places = [names.index(name) for name in columns]
        values = [[float(row[place]) for place in places] for row in rows]
    except ValueError as error:
        raise refused("bundle.golden_unreadable", file=GOLDEN_ANSWERS_FILE) from error
    return np.array(values, dtype=np.float64).reshape(len(rows), len(columns))


def largest_difference(manifest: Manifest, expected: NDArray[np.float64], found: NDArray[np.float32]) -> float:
    """Return the largest difference of a probability; of a number relative to the spread of the target.

    Numbers far beyond that spread are compared relative to their own size, as float32 cannot do better.
    """
    differences = np.abs(found.astype(np.float64) - expected)
    if manifest.task == REGRESSION:
        differences /= np.maximum(max(manifest.golden.target_spread, _SMALLEST_SPREAD), np.abs(expected))
    largest = float(np.max(differences, initial=0.0))
    return largest if np.isfinite(largest) else float(np.finfo(np.float64).max)


def count_other_labels(manifest: Manifest, expected: NDArray[np.float64], found: NDArray[np.float32]) -> int:
    """Count answers that differ, ties within the tolerance left aside: there the answer is a matter of rounding."""
    if manifest.task == REGRESSION:
        return 0
    line, tolerance = manifest.alarm_line, manifest.golden.tolerance
    differ = choose(expected.astype(np.float32), line) != choose(found, line)
    if line is None:
        two_largest = np.sort(expected, axis=1)[:, -2:]
        margin = two_largest[:, 1] - two_largest[:, 0]
    else:
        margin = np.abs(expected[:, 1] - line)
    return int(np.count_nonzero(differ & (margin > 2 * tolerance)))


def broken_tables(manifest: Manifest, names: list[str], rows: list[list[str]]) -> Iterator[tuple[str, bytes]]:
    """Yield tables that must be refused, as (file name, bytes)."""
    few = rows[:20]
    yield "empty.csv", b""
    yield "header_only.csv", _csv([names])
    without_first = [line[1:] or ["x"] for line in (names, *few)]
    yield "column_missing.csv", _csv(without_first)
    yield "header_missing.csv", _csv([[f"value {position}" for position in range(len(names))], *few])
    yield "renamed.csv", _csv([[f"{name} (2)" for name in names], *few])
    yield "program.csv", b"\x80\x04\x95\x1c\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94."


def _csv(lines: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8")


def _is_refused(predictor: Predictor, name: str, content: bytes) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        table, to = Path(folder, name), Path(folder, "predictions.csv")
        table.write_bytes(content)
        try:
            predictor.predict_file(table, to, Words({}))
        except RefusedError:
            return not to.exists()
        return False


def _milliseconds_per_row(predictor: Predictor, rows: list[dict[str, str]]) -> float:
    timed = rows[:_TIMED_ROWS]
    predictor.predict_rows(timed[:1])
    took = []
    for row in timed:
        began = time.perf_counter()
        predictor.predict_rows([row])
        took.append(time.perf_counter() - began)
    return 1000 * float(np.median(took)) if took else 0.0
