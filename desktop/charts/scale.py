"""From numbers to places on the screen and to round tick values."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

MOST_TICKS = 5
SMALLEST_SPAN = 1e-200


@dataclass(frozen=True)
class Scale:
    """A straight map from `low`..`high` to the places `start`..`end`."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Where the value lies."""
        span = self.high - self.low
        return self.start + (self.end - self.start) * ((value - self.low) / span if span else 0.5)


def round_ticks(low: float, high: float, most: int = MOST_TICKS) -> tuple[float, ...]:
    """Round numbers within `low`..`high`, at most `most` of them."""
    span = high - low
    if span <= SMALLEST_SPAN or not math.isfinite(span):
        return (low,)
    rough = span / max(1, most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    for factor in (1, 2, 2.5, 5, 10, 20):
        step = factor * power
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first + 1 <= most:
            digits = 3 - math.floor(math.log10(step))
            return tuple(round(place * step, digits) + 0.0 for place in range(first, last + 1))
    return (low, high)


def round_range(values: Sequence[float], most: int = MOST_TICKS) -> tuple[float, float]:
    """A range with round ends around the values; 0..1 for none."""
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return 0.0, 1.0
    low, high = min(finite), max(finite)
    if high - low <= max(abs(low), abs(high)) * 1e-12 or high - low <= SMALLEST_SPAN:
        room = abs(low) * 0.1 if abs(low) > SMALLEST_SPAN else 1.0
        low, high = low - room, high + room
    ticks = round_ticks(low, high, most)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else high - low
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step


def kept_range(former: tuple[float, float] | None, values: Sequence[float]) -> tuple[float, float]:
    """The former range while all values lie in it, else a new one: a live axis does not wander."""
    finite = [value for value in values if math.isfinite(value)]
    if former is not None and finite and former[0] <= min(finite) and max(finite) <= former[1]:
        return former
    return round_range(finite)


def thinned(points: Sequence[tuple[float, float]], most: int) -> Sequence[tuple[float, float]]:
    """At most about `most` points that keep every peak: the lowest and highest of each group of neighbours."""
    if len(points) <= most:
        return points
    group = math.ceil(len(points) / max(1, most // 2))
    kept: list[tuple[float, float]] = []
    for start in range(0, len(points), group):
        part = points[start : start + group]
        kept.extend(sorted({min(part, key=lambda point: point[1]), max(part, key=lambda point: point[1])}))
    return kept
