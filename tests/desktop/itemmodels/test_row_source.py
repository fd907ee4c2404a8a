from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from desktop.itemmodels.row_source import Row, RowSource


def _source(numbers: Sequence[int]) -> tuple[RowSource, list[int]]:
    asked: list[int] = []

    def fetch(start: int, count: int) -> list[Row]:
        asked.append(start)
        return [(number, [f"cell {number}"]) for number in numbers[start : start + count]]

    return RowSource(fetch, len(numbers)), asked


def test_a_row_is_fetched_once() -> None:
    source, asked = _source(range(1, 1_000_001))
    assert source.row(999_999) == (1_000_000, ["cell 1000000"])
    source.row(999_999)
    assert asked == [999_999]


def test_it_forgets_rows_out_of_view() -> None:
    source, asked = _source(range(1, 2001))
    for position in range(2000):
        source.row(position)
    source.row(0)
    assert asked[-1] == 0


@given(st.sets(st.integers(1, 200), min_size=1), st.lists(st.integers(-3, 260), max_size=30))
def test_positions_are_those_of_the_rows_that_are_there(numbers: set[int], wanted: list[int]) -> None:
    kept = sorted(numbers)
    source, _ = _source(kept)
    expected = tuple(kept.index(number) for number in sorted(set(wanted)) if number in numbers)
    assert source.positions_of(wanted) == expected
