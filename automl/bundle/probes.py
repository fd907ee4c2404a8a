"""Golden rows: rows whose answers the Python model itself gave when it was fitted, so that an export can be judged.

Real rows come first; then rows at the edges: missing values column by column, unseen categories, extremes, neighbours of
values and of the midpoints between them (where trees cut), and cells recombined from several rows.
"""

from collections.abc import Iterator, Mapping
from itertools import islice

import msgspec
import numpy as np
from numpy.typing import NDArray

from automl.data.table import Table
from automl.domain.schema import ColumnType, Schema

REAL_ROWS = 1_000
EDGE_ROWS = 240
ENOUGH_ROWS = 1_000
UNSEEN_TEXT = "never seen 처음 본 값"

Cells = Mapping[str, float | str]


class GoldenRows(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Typed rows with the answers of the Python model.

    `row_numbers` are those of the source file, 0 for made-up rows. `answers` has one tuple a row: the probabilities in the
    order of the classes, or the number alone. `target_spread` is the standard deviation of a number target, 1 for classes.
    """

    row_numbers: tuple[int, ...]
    numbers: dict[str, tuple[float | None, ...]]
    texts: dict[str, tuple[str, ...]]
    answers: tuple[tuple[float, ...], ...]
    target_spread: float = 1.0

    def __len__(self) -> int:
        return len(self.row_numbers)


def choose_probes(table: Table, schema: Schema, seed: int = 0) -> Table:
    """Return at least 1,000 rows to remember answers for, from a table of input columns with at least one row."""
    random = np.random.default_rng(seed)
    real = np.sort(random.choice(len(table), size=min(len(table), REAL_ROWS), replace=False)).astype(np.int64)
    edges = list(islice(_edges(table, schema, random), EDGE_ROWS))
    bases = table.take(random.integers(0, len(table), size=len(edges)))
    changed = _with_cells(bases, edges)
    lacking = max(0, ENOUGH_ROWS - len(real) - len(edges))
    return _join((table.take(real), _made_up(changed), _recombined(table, lacking, random)))


def golden_rows(probes: Table, answers: NDArray[np.floating], target_spread: float = 1.0) -> GoldenRows:
    """Put rows and the Python model's answers ([n, classes] or [n]) together; rows without a finite answer are left out."""
    table_of_answers = np.asarray(answers, dtype=np.float64).reshape(len(probes), -1)
    answered = np.flatnonzero(np.isfinite(table_of_answers).all(axis=1))
    probes, table_of_answers = probes.take(answered), table_of_answers[answered]
    return GoldenRows(
        row_numbers=tuple(probes.row_numbers.tolist()),
        numbers={name: tuple(_or_none(values)) for name, values in probes.numbers.items()},
        texts={name: tuple(values.tolist()) for name, values in probes.texts.items()},
        answers=tuple(map(tuple, table_of_answers.tolist())),
        target_spread=target_spread,
    )


def _or_none(values: NDArray[np.float64]) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


def _edges(table: Table, schema: Schema, random: np.random.Generator) -> Iterator[Cells]:
    """Changes of single cells, round by round over all columns, so that a cut-off list still touches every column."""
    everything_missing: dict[str, float | str] = dict.fromkeys(table.numbers, np.nan)
    everything_missing.update(dict.fromkeys(table.texts, ""))
    yield everything_missing
    columns = [_column_edges(table, schema, name, random) for name in table.names()]
    for changes in zip(*columns, strict=True) if columns else ():
        yield from (change for change in changes if change)


def _column_edges(table: Table, schema: Schema, name: str, random: np.random.Generator) -> list[Cells]:
    if name in table.texts:
        return _padded([{name: ""}, {name: UNSEEN_TEXT}])
    values = table.numbers[name]
    known = np.unique(values[np.isfinite(values)])
    if schema.column(name).type is not ColumnType.NUMBER or not len(known):
        return _padded([{name: np.nan}])
    limits = schema.column(name).limits or (-np.inf, np.inf)
    chosen = [np.nan, *np.clip(_numbers_at_the_edge(known, random), *limits).tolist()]
    return _padded([{name: float(value)} for value in chosen])


_CHANGES_A_COLUMN = 14


def _padded(changes: list[Cells]) -> list[Cells]:
    return changes + [{}] * (_CHANGES_A_COLUMN - len(changes))


def _numbers_at_the_edge(known: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.float64]:
    span = max(float(known[-1] - known[0]), 1e-9)
    place = int(random.integers(0, max(1, len(known) - 1)))
    value = known[place]
    middle = (value + known[min(place + 1, len(known) - 1)]) / 2
    near = [np.float64(neighbour) for point in (value, middle) for neighbour in _neighbours(np.float32(point))]
    far = [0.0, known[0] - 10 * span, known[-1] + 10 * span, known[0], known[-1], 1e12, -1e12]
    return np.array([*near, *far], dtype=np.float64)


def _neighbours(point: np.float32) -> tuple[np.float32, np.float32, np.float32]:
    """The number and its neighbours in float32."""
    low = np.nextafter(point, np.float32(-np.inf), dtype=np.float32)
    high = np.nextafter(point, np.float32(np.inf), dtype=np.float32)
    return low, point, high


def _with_cells(rows: Table, changes: list[Cells]) -> Table:
    numbers = {name: values.copy() for name, values in rows.numbers.items()}
    texts = {name: values.copy() for name, values in rows.texts.items()}
    for position, cells in enumerate(changes):
        for name, value in cells.items():
            if isinstance(value, str):
                texts[name][position] = value
            else:
                numbers[name][position] = value
    return Table(rows.row_numbers, numbers, texts)


def _recombined(table: Table, count: int, random: np.random.Generator) -> Table:
    """Rows whose every cell comes from another row."""

    def places() -> NDArray[np.int64]:
        return random.integers(0, len(table), size=count)

    return Table(
        np.zeros(count, dtype=np.int64),
        {name: values[places()] for name, values in table.numbers.items()},
        {name: values[places()] for name, values in table.texts.items()},
    )


def _made_up(rows: Table) -> Table:
    return Table(np.zeros(len(rows), dtype=np.int64), rows.numbers, rows.texts)


def _join(parts: tuple[Table, ...]) -> Table:
    first = parts[0]
    return Table(
        np.concatenate([part.row_numbers for part in parts]),
        {name: np.concatenate([part.numbers[name] for part in parts]) for name in first.numbers},
        {name: np.concatenate([part.texts[name] for part in parts]) for name in first.texts},
    )
