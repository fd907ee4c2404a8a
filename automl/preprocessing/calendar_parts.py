"""Recurring parts of a time: the hour of the day, the day of the week. The moment itself is never among them."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

import msgspec
import numpy as np

from automl.data.table import Table
from automl.graph.builder import GraphBuilder
from automl.graph.value import ArrayValue, GraphValue, Value
from automl.preprocessing.transformation import Floats, emit_columns

_DAY = 86400.0
_QUARTER_HOUR = 900.0
_LATEST = 1e11  # about the year 5138; beyond it float64 seconds still count exactly


class Part(StrEnum):
    """A recurring part of a time; sine and cosine put its two ends side by side."""

    MINUTE_OF_DAY = "minute_of_day"
    HOUR = "hour"
    WEEKDAY = "weekday"
    DAY_SINE = "day_sine"
    DAY_COSINE = "day_cosine"
    WEEK_SINE = "week_sine"
    WEEK_COSINE = "week_cosine"
    DAY_OF_MONTH = "day_of_month"
    MONTH = "month"


def _circle(steps: int) -> tuple[Floats, Floats]:
    """Sine and cosine of equal steps around a circle, then 0 for a missing time."""
    angles = 2.0 * np.pi * np.arange(steps) / steps
    return np.append(np.sin(angles), 0.0), np.append(np.cos(angles), 0.0)


# Read from tables, sine and cosine are the same bits in numpy and in every ONNX runtime.
_DAY_SINE, _DAY_COSINE = _circle(96)
_WEEK_SINE, _WEEK_COSINE = _circle(7)
_CIRCLES: Mapping[Part, Floats] = MappingProxyType(
    {
        Part.DAY_SINE: _DAY_SINE,
        Part.DAY_COSINE: _DAY_COSINE,
        Part.WEEK_SINE: _WEEK_SINE,
        Part.WEEK_COSINE: _WEEK_COSINE,
    }
)


class CalendarParts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="calendar_parts", tag_field="kind"):
    """Parts of one time column (epoch seconds). A missing time has missing numbers, and 0 for sine and cosine."""

    column: str
    parts: tuple[Part, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the features."""
        return tuple(f"{self.column}:{part}" for part in self.parts)

    @property
    def sources(self) -> tuple[str, ...]:
        """The column itself, once for every feature."""
        return (self.column,) * len(self.parts)

    def features(self, table: Table) -> Iterator[Floats]:
        """Yield every part."""
        time = ArrayValue(table.numbers[self.column])
        for part in self.parts:
            yield _part(part, time).array

    def emit(self, graph: GraphBuilder) -> str:
        """Write the recipe."""
        time = GraphValue(graph, graph.input_number(self.column))
        return emit_columns(graph, [_part(part, time).name for part in self.parts])


V = TypeVar("V", bound=Value)


def _part(part: Part, time: V) -> V:
    time = time.bounded(_LATEST)
    day = (time / _DAY).floor()
    second = time - day * _DAY
    match part:
        case Part.MINUTE_OF_DAY:
            return (second / 60.0).floor()
        case Part.HOUR:
            return (second / 3600.0).floor()
        case Part.WEEKDAY:
            return _weekday(day)
        case Part.DAY_SINE | Part.DAY_COSINE:
            return (second / _QUARTER_HOUR).floor().look_up(_CIRCLES[part])
        case Part.WEEK_SINE | Part.WEEK_COSINE:
            return _weekday(day).look_up(_CIRCLES[part])
        case Part.DAY_OF_MONTH:
            return _day_and_month(day)[0]
        case Part.MONTH:
            return _day_and_month(day)[1]


def _weekday(day: V) -> V:
    """Monday is 0; day 0 (1 January 1970) was a Thursday."""
    shifted = day + 3.0
    return shifted - (shifted / 7.0).floor() * 7.0


def _day_and_month(day: V) -> tuple[V, V]:
    """Day of the month (1-31) and month (1-12) of a day counted from 1970, Gregorian.

    Years are counted from March, so that the leap day is the last of its year (Hinnant, "chrono-compatible date algorithms").
    """
    since_year_0 = day + 719468.0
    era = (since_year_0 / 146097.0).floor()
    day_of_era = since_year_0 - era * 146097.0
    leap_days = (day_of_era / 1460.0).floor() - (day_of_era / 36524.0).floor() + (day_of_era / 146096.0).floor()
    year = ((day_of_era - leap_days) / 365.0).floor()
    day_of_year = day_of_era - (year * 365.0 + (year / 4.0).floor() - (year / 100.0).floor())
    month_from_march = ((day_of_year * 5.0 + 2.0) / 153.0).floor()
    day_of_month = day_of_year - ((month_from_march * 153.0 + 2.0) / 5.0).floor() + 1.0
    shifted = month_from_march + 2.0
    return day_of_month, shifted - (shifted / 12.0).floor() * 12.0 + 1.0
