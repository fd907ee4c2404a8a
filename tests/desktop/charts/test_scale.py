"""From numbers to places and ticks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.charts.data import best_so_far
from desktop.charts.scale import Scale, kept_range, round_range, round_ticks, thinned

NUMBERS = st.floats(-1e9, 1e9)


@given(low=NUMBERS, span=st.floats(1e-3, 1e9), most=st.integers(2, 8))
def test_ticks_are_few_and_inside(low: float, span: float, most: int) -> None:
    ticks = round_ticks(low, low + span, most)
    assert 1 <= len(ticks) <= most
    room = span * 1e-6 + abs(low) * 1e-9
    assert all(low - room <= tick <= low + span + room for tick in ticks)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(200, 500, (200, 300, 400, 500)), (0, 60, (0, 20, 40, 60)), (0, 1, (0, 0.25, 0.5, 0.75, 1))],
)
def test_ticks_are_round(low: float, high: float, ticks: tuple[float, ...]) -> None:
    assert round_ticks(low, high) == ticks


@given(st.lists(NUMBERS, min_size=1, max_size=20))
def test_a_round_range_holds_its_values(values: list[float]) -> None:
    low, high = round_range(values)
    room = (high - low) * 1e-6
    assert low - room <= min(values)
    assert max(values) <= high + room
    assert low < high


def test_no_values_have_a_range_all_the_same() -> None:
    assert round_range([]) == (0.0, 1.0)
    assert kept_range(None, [float("nan")]) == (0.0, 1.0)


def test_a_scale_maps_ends_to_ends() -> None:
    scale = Scale(0, 10, 100, 0)
    assert [scale.place(value) for value in (0, 5, 10)] == [100, 50, 0]
    assert Scale(3, 3, 0, 10).place(3) == 5


@given(st.lists(st.tuples(st.integers(0, 10_000), NUMBERS), min_size=1, max_size=3_000), st.integers(10, 200))
def test_thinning_keeps_the_peaks(raw: list[tuple[int, float]], most: int) -> None:
    points = [(float(place), value) for place, (_, value) in enumerate(raw)]
    kept = thinned(points, most)
    assert len(kept) <= max(len(points) if len(points) <= most else 0, most + 2)
    assert max(value for _, value in kept) == max(value for _, value in points)
    assert min(value for _, value in kept) == min(value for _, value in points)
    assert list(kept) == sorted(kept)


@given(st.lists(NUMBERS, max_size=30))
def test_the_best_so_far_never_gets_worse(values: list[float]) -> None:
    best = best_so_far(values, lower_is_better=True)
    assert list(best) == sorted(best, reverse=True)
    assert len(best) == len(values)
    if values:
        assert best[-1] == min(values)
