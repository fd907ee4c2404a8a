"""Numbers, money, times and sizes as people read them."""

import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automl.domain import formatting


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12480, "12,480"),
        (0.12345, "0.1235"),
        (230.3, "230.3"),
        (-5, "−5"),
        (0.0, "0"),
        (-8e-5, "−0.00008"),
        (1e-9, "1e−09"),
    ],
)
def test_numbers(value: float, shown: str) -> None:
    assert formatting.number(value) == shown


@pytest.mark.parametrize(
    ("share", "shown"), [(0.905, "90.5%"), (0.84, "84%"), (0.0, "0%"), (1.0, "100%"), (-0.1, "−10%")]
)
def test_percent(share: float, shown: str) -> None:
    assert formatting.percent(share) == shown


@pytest.mark.parametrize(
    ("amount", "english", "korean"),
    [(220_000, "₩220k", "₩22만"), (950, "₩950", "₩950"), (3.2e8, "₩320M", "₩3.2억"), (-42_000, "−₩42k", "−₩4.2만")],
)
def test_short_money(amount: float, english: str, korean: str) -> None:
    assert formatting.short_money(amount, "en") == english
    assert formatting.short_money(amount, "ko") == korean


@pytest.mark.parametrize(
    ("seconds", "english", "korean"),
    [
        (0.0004, "0.4 ms", "0.4 ms"),
        (9.4, "9.4 s", "9.4초"),
        (160, "2 min 40 s", "2분 40초"),
        (3900, "1 h 5 min", "1시간 5분"),
        (100_000, "1 d 3 h", "1일 3시간"),
    ],
)
def test_durations(seconds: float, english: str, korean: str) -> None:
    assert formatting.duration(seconds, "en") == english
    assert formatting.duration(seconds, "ko") == korean


def test_time_left_is_never_finer_than_a_minute() -> None:
    assert formatting.rough_duration(5, "en") == "1 min"
    assert formatting.rough_duration(181, "ko") == "4분"


def test_dates_stand_in_the_order_of_the_language() -> None:
    assert formatting.full_day(date(2026, 6, 27), "en") == "27 Jun 2026"
    assert formatting.full_day(date(2026, 6, 27), "ko") == "2026년 6월 27일"
    assert formatting.clock(datetime(2026, 6, 27, 6, 5, tzinfo=UTC), "ko") == "06:05"


def test_sizes() -> None:
    shown = [formatting.size(count, "en") for count in (100, 12_000, 7_000_000, 6.8 * 1024**3)]
    assert shown == ["100 B", "12 KB", "6.7 MB", "6.8 GB"]


@given(st.floats())
def test_no_number_is_too_strange_to_show(value: float) -> None:
    assert formatting.number(value)
    assert formatting.percent(value)
    if math.isfinite(value) and abs(value) < 1e15:
        assert formatting.duration(abs(value), "en")
