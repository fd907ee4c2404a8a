"""Small random tables with everything that happens to factory data."""

import numpy as np
from hypothesis import strategies as st

from automl.data.table import Table
from automl.domain.schema import Column, ColumnType, Schema

_KINDS = st.sampled_from([ColumnType.NUMBER, ColumnType.NUMBER, ColumnType.TEXT, ColumnType.TIME, ColumnType.YES_NO])
_MISSING = st.just(float("nan"))
_NUMBERS = st.one_of(
    _MISSING,
    st.sampled_from([0.0, -0.0, 1.0, 2.5, -999.0]),
    st.floats(-1e6, 1e6),
    st.floats(allow_nan=False, allow_infinity=True),
)
_TIMES = st.one_of(
    _MISSING,
    st.floats(-2.0e9, 4.0e9),
    st.integers(-10_000, 20_000).map(lambda day: day * 86400.0),
    st.sampled_from([1e300, -1e300]),
)
_WORDS = st.one_of(st.sampled_from(["", "A", "B", "라인 1", "NG"]), st.text(max_size=3))


def table(numbers: dict[str, list[float]] | None = None, texts: dict[str, list[str]] | None = None) -> Table:
    """Return a table of these columns."""
    numbers, texts = numbers or {}, texts or {}
    lengths = [*map(len, numbers.values()), *map(len, texts.values())]
    count = lengths[0]
    return Table(
        np.arange(1, count + 1),
        {name: np.asarray(values, np.float64) for name, values in numbers.items()},
        {name: np.asarray(values, np.object_) for name, values in texts.items()},
    )


def schema(**kinds: ColumnType) -> Schema:
    """Return a schema of these columns."""
    return Schema(tuple(Column(name, kind) for name, kind in kinds.items()))


@st.composite
def two_tables(draw: st.DrawFn) -> tuple[Schema, Table, Table]:
    """Draw a schema, rows to learn from and other rows, with texts and values the first have not."""
    kinds = draw(st.lists(_KINDS, min_size=1, max_size=5))
    columns = [Column(f"열 {place}", kind, fill_missing=draw(st.booleans())) for place, kind in enumerate(kinds)]
    return Schema(tuple(columns)), draw(_rows(columns, 4, 25)), draw(_rows(columns, 1, 8))


@st.composite
def _rows(draw: st.DrawFn, columns: list[Column], least: int, most: int) -> Table:
    count = draw(st.integers(least, most))
    numbers, texts = {}, {}
    for column in columns:
        if column.type in (ColumnType.NUMBER, ColumnType.TIME):
            cells = _NUMBERS if column.type is ColumnType.NUMBER else _TIMES
            numbers[column.name] = draw(st.lists(cells, min_size=count, max_size=count))
        else:
            texts[column.name] = draw(st.lists(_WORDS, min_size=count, max_size=count))
    return table(numbers, texts)
