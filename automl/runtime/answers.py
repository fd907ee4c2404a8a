"""From what the graph gives to what a person reads: classes, probabilities, likely ranges, issues."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.runtime.manifest import REGRESSION, Manifest
from automl.runtime.row_checks import RowIssue
from automl.runtime.table_manifest import TableManifest

PREDICTION, ISSUES, ROW = "prediction", "issues", "row"


@dataclass(frozen=True)
class Answers:
    """The answers of some rows. `numbers` is float32 [rows, classes], or [rows, 1] for a number; NaN where none is possible."""

    numbers: NDArray[np.float32]
    predictions: list[str]
    issues: list[tuple[RowIssue, ...]]

    def __len__(self) -> int:
        return len(self.predictions)


def answer(manifest: Manifest, numbers: NDArray[np.float32], issues: list[tuple[RowIssue, ...]]) -> Answers:
    """Say what the numbers mean; a row whose numbers are not finite has the empty prediction."""
    if manifest.task == REGRESSION:
        predictions = as_texts(numbers[:, 0])
    else:
        places = choose(numbers, manifest.alarm_line)
        predictions = [manifest.classes[place] for place in places.tolist()]
    for position in np.flatnonzero(~np.isfinite(numbers).all(axis=1)).tolist():
        predictions[position] = ""
    return Answers(numbers, predictions, issues)


def choose(probabilities: NDArray[np.float32], alarm_line: float | None) -> NDArray[np.int64]:
    """Return the class of each row: the second of two from the alarm line on, else the most probable."""
    if alarm_line is None:
        most_probable: NDArray[np.int64] = np.argmax(probabilities, axis=1).astype(np.int64)
        return most_probable
    return (probabilities[:, 1].astype(np.float64) >= alarm_line).astype(np.int64)


def titles(manifest: Manifest, names: Sequence[str]) -> tuple[str, ...]:
    """Return the header of a predictions file: our columns, then those of the table, renamed where they would stand twice."""
    ours = (ROW, PREDICTION, *number_titles(manifest), ISSUES)
    return (*ours, *(f"{name} (input)" if name in ours else name for name in names))


def number_titles(manifest: Manifest) -> tuple[str, ...]:
    """Return the names of the columns of numbers: one probability a class, or the ends of the likely range."""
    if manifest.task == REGRESSION:
        return ("lower", "upper")
    return tuple(f"probability_{name}" for name in manifest.classes)


def number_columns(manifest: TableManifest, answers: Answers) -> list[Sequence[str]]:
    """Return the columns of numbers as texts that give back the same float32."""
    if manifest.task != REGRESSION:
        return [as_texts(column) for column in answers.numbers.T]
    if not manifest.interval_halfwidths:
        return [[""] * len(answers), [""] * len(answers)]
    middle = answers.numbers[:, 0].astype(np.float64)
    width = manifest.interval_halfwidths[-1]
    return [as_texts((middle + way * width).astype(np.float32)) for way in (-1.0, 1.0)]


def as_texts(numbers: NDArray[np.float32]) -> list[str]:
    """Write each number with the fewest digits that give the same float32 back; NaN as the empty text."""
    texts: list[str] = numbers.astype(str).tolist()
    return ["" if text == "nan" else text for text in texts]
