"""The rule set by which texts become values."""

import math
import unicodedata
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from automl.runtime.parsing import ColumnFormat, clean_text, parse_column, read_number, time_reader


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", 1.0), ("-1.5", -1.5), ("+2.", 2.0), (".5", 0.5), ("1e3", 1000.0), ("１２．５", 12.5), ("－３", -3.0)],
)
def test_plain_numbers(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["nan", "inf", "1e400", "1_000", "ERR", "1 2", "--1", ".", "e5", "0x10", "١٢"])
def test_what_is_no_number(text: str) -> None:
    assert math.isnan(read_number(text))


def test_marks_and_units() -> None:
    assert read_number("1,234.5 mm", thousands=",", unit="mm") == 1234.5
    assert read_number("1.234,5", decimal=",", thousands=".") == 1234.5
    assert math.isnan(read_number("1.5", decimal=","))
    assert read_number("20℃", unit="℃") == 20.0
    assert read_number("20", unit="℃") == 20.0


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_number_survives_its_text(value: float) -> None:
    assert read_number(repr(value)) == value


@given(st.datetimes(min_value=datetime(1000, 1, 1, tzinfo=UTC).replace(tzinfo=None)))
def test_times_agree_with_the_clock(moment: datetime) -> None:
    read = time_reader("%Y-%m-%d %H:%M:%S.%f")
    assert read(moment.strftime("%Y-%m-%d %H:%M:%S.%f")) == moment.replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("%Y. %m. %d.", "2026. 1. 2.", datetime(2026, 1, 2, tzinfo=UTC)),
        ("%Y년 %m월 %d일", "2026년 1월 4일", datetime(2026, 1, 4, tzinfo=UTC)),
        ("%Y%m%d%H%M", "202601050930", datetime(2026, 1, 5, 9, 30, tzinfo=UTC)),
        ("%d/%m/%y %I:%M %p", "03/02/26 1:05 PM", datetime(2026, 2, 3, 13, 5, tzinfo=UTC)),
        ("%Y-%m-%d %p %I:%M", "2026-02-03 오전 12:05", datetime(2026, 2, 3, 0, 5, tzinfo=UTC)),
    ],
)
def test_time_patterns(pattern: str, text: str, expected: datetime) -> None:
    assert time_reader(pattern)(text) == expected.timestamp()


@pytest.mark.parametrize("text", ["2026-13-01", "2026-02-30", "26-01-01", "2026-01-01 ", "", "2026-01-0１"])
def test_what_is_no_time(text: str) -> None:
    assert math.isnan(time_reader("%Y-%m-%d")(text))


@pytest.mark.parametrize("pattern", ["%B %Y", "%H:%M", "%Y %Z"])
def test_time_patterns_that_are_not_supported(pattern: str) -> None:
    with pytest.raises(ValueError, match="time pattern"):
        time_reader(pattern)


def test_a_column_of_numbers() -> None:
    column = ColumnFormat(kind="number", missing_values=("", "-999", "N/A"), limits=(0.0, 10.0))
    parsed = parse_column([" 3 ", "", "-999", "N/A", "ERR", "50", "-1"], column)
    np.testing.assert_array_equal(parsed.values, [3, np.nan, np.nan, np.nan, np.nan, 10, 0])
    assert parsed.unreadable.tolist() == [False, False, False, False, True, False, False]


TEXTS = [" 불량", unicodedata.normalize("NFD", "불량"), "-", "ok\u3000"]


def test_a_column_of_texts() -> None:
    parsed = parse_column(
        TEXTS,
        ColumnFormat(kind="text", missing_values=("-",)),
    )
    assert parsed.values.tolist() == ["불량", "불량", "", "ok"]
    assert clean_text("\ufeffa") == "a"
