"""The two copies of the rule set for texts, SQL for training and Python for prediction, must give the same values."""

import math
from collections.abc import Sequence

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from automl.data.time_formats import time_patterns
from automl.data.typed_sql import select, typed
from automl.domain.schema import Column, ColumnType, NumberFormat
from automl.runtime.parsing import ColumnFormat, parse_column

STYLES = (
    NumberFormat(),
    NumberFormat(thousands=","),
    NumberFormat(decimal=","),
    NumberFormat(decimal=",", thousands="."),
    NumberFormat(thousands=" "),
    NumberFormat(unit="mm"),
    NumberFormat(unit="℃"),
    NumberFormat(decimal=",", thousands=".", unit="%"),
)
MISSING = ((), ("",), ("", "-999", "ERR"), ("", " NA ", "１"))
EDGES = (
    "1e400",
    "-1e400",
    "1e-400",
    "1_0",
    "0x1F",
    "inf",
    "nan",
    "1.",
    ".5",
    ".",
    "+",
    "--1",
    "1e",
    "1e+5",
    "00012",
    "²",
    "٣",
    "１２．５",
    "1,234.5",
    "1.234,5",
    "12.5mm",
    "−5",
    "＋５",
    "Infinity",
    "-999",
    "ERR",
    "NA",
    "１",
    "0.1",
    "1e22",
    "123456789012345678901234567890",
    "5e-324",
    "1.7976931348623157e308",
    "2.2250738585072011e-308",
    "0.30000000000000004",
)
ODD_SPACES = (
    "",
    " ",
    "\ufeff7",
    "7\u200b",
    "12.5 mm",
    "12.5mm mm",
    "\u1112\u1161\u11ab",
    "1\t",
    "\x1f5",
    "1 234",
    "- 5",
    "\u30009",
    "\u00a01",
)
# A zero byte never reaches a snapshot: files that hold one are refused.
PLAIN = st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=12)
NUMBER_TEXT = st.one_of(
    st.text("0123456789.,+-eE _１２．，－%mk ℃\u00a0\u3000'xinfa", max_size=14),
    st.floats(allow_nan=False).map(repr),
    st.integers().map(str),
    PLAIN,
    st.sampled_from((*EDGES, *ODD_SPACES)),
)


def in_sql(texts: Sequence[str], column: Column) -> list[object]:
    """The values DuckDB gives."""
    with duckdb.connect() as connection:
        query = select((typed("cell", column),), "(SELECT unnest(?::VARCHAR[]) AS cell)")
        return [value for (value,) in connection.execute(query, [list(texts)]).fetchall()]


def in_python(texts: Sequence[str], column: Column) -> list[object]:
    """The values the runtime gives, None for missing numbers."""
    style = column.number_format
    written = ColumnFormat(
        kind=column.type.value,
        decimal=style.decimal,
        thousands=style.thousands,
        unit=style.unit,
        time_format=column.time_format,
        missing_values=column.missing_values,
        limits=column.limits,
    )
    values = parse_column(texts, written).values
    if values.dtype == np.float64:
        return [None if math.isnan(value) else value for value in values.tolist()]
    return list(values)


@given(
    texts=st.lists(NUMBER_TEXT, min_size=1, max_size=30),
    style=st.sampled_from(STYLES),
    missing=st.sampled_from(MISSING),
)
def test_numbers_are_the_same(texts: list[str], style: NumberFormat, missing: tuple[str, ...]) -> None:
    column = Column("x", ColumnType.NUMBER, number_format=style, missing_values=missing)
    assert in_sql(texts, column) == in_python(texts, column)


@pytest.mark.parametrize("style", STYLES)
def test_edges_of_numbers_are_the_same(style: NumberFormat) -> None:
    texts = (*EDGES, *ODD_SPACES)
    column = Column("x", ColumnType.NUMBER, number_format=style, missing_values=("", "ERR"), limits=(-100.0, 100.0))
    assert in_sql(texts, column) == in_python(texts, column)


@given(texts=st.lists(st.one_of(PLAIN, st.sampled_from(ODD_SPACES)), min_size=1, max_size=30))
def test_texts_are_the_same(texts: list[str]) -> None:
    column = Column("x", ColumnType.TEXT, missing_values=("", "가", "a"))
    assert in_sql(texts, column) == in_python(texts, column)


FIELDS = {
    "%Y": "{0:04d}",
    "%y": "{7:02d}",
    "%m": "{1}",
    "%d": "{2}",
    "%H": "{3}",
    "%I": "{8}",
    "%M": "{4:02d}",
    "%S": "{5:02d}",
    "%f": "{6:06d}",
    "%p": "{9}",
}


def written(pattern: str, numbers: tuple[int, int, int, int, int, int, int], korean: bool) -> str:
    """A time as a pattern writes it; the numbers need not be a real time."""
    text = pattern
    for directive, style in FIELDS.items():
        text = text.replace(directive, style)
    if "%Y%m" in pattern or "%H%M" in pattern:
        text = text.replace("{1}", "{1:02d}").replace("{2}", "{2:02d}").replace("{3}", "{3:02d}")
    halves = ("오전", "오후") if korean else ("AM", "PM")
    return text.format(*numbers, numbers[0] % 100, numbers[3] % 12 or 12, halves[numbers[3] >= 12])


@given(
    pattern=st.sampled_from(time_patterns()),
    numbers=st.lists(
        st.tuples(
            st.integers(1, 9999),
            st.integers(0, 13),
            st.integers(0, 32),
            st.integers(0, 25),
            st.integers(0, 61),
            st.integers(0, 61),
            st.integers(0, 999_999),
        ),
        min_size=1,
        max_size=8,
    ),
    korean=st.booleans(),
    noise=st.text("0123456789-/:. T년월일Z", max_size=20),
)
def test_times_are_the_same(
    pattern: str, numbers: list[tuple[int, int, int, int, int, int, int]], korean: bool, noise: str
) -> None:
    texts = [
        *(written(pattern, each, korean) for each in numbers),
        noise,
        f" {written(pattern, numbers[0], korean)}\u3000",
    ]
    column = Column("x", ColumnType.TIME, time_format=pattern)
    expected = in_python(texts, column)
    for text, sql, python in zip(texts, in_sql(texts, column), expected, strict=True):
        # Microseconds in far centuries lie below the spacing of doubles; both sides may round to either neighbour.
        close = max(1e-5, 2 * math.ulp(python)) if isinstance(python, float) else 0.0
        assert sql == python or (isinstance(sql, float) and sql == pytest.approx(python, abs=close)), (
            text,
            sql,
            python,
        )
