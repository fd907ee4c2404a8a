"""How a column of texts writes its dates and times."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from automl.data.missing_texts import MISSING_TEXTS
from automl.data.number_formats import MOSTLY
from automl.runtime.parsing import time_reader

_YEAR_FIRST = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y. %m. %d.", "%Y. %m. %d", "%Y.%m.%d.", "%Y년 %m월 %d일", "%Y년%m월%d일", "%y-%m-%d",
    "%y/%m/%d", "%y.%m.%d", "%y. %m. %d.",
)  # fmt: skip
_DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%d.%m.%y", "%d. %m. %Y")
_TIMES = (
    "", " %H:%M:%S", " %H:%M", "T%H:%M:%S", "T%H:%M:%SZ", " %H:%M:%S.%f", "T%H:%M:%S.%f", "T%H:%M:%S.%fZ", "T%H:%M", " %H:%M:%SZ",
    " %p %I:%M:%S", " %p %I:%M", " %I:%M:%S %p", " %I:%M %p", " %H시 %M분 %S초", " %H시 %M분", " %H시", " %H:%M:%S,%f",
)  # fmt: skip
_COMPACT = ("%Y%m%d", "%Y%m%d%H%M%S", "%Y%m%d%H%M", "%Y%m%d %H%M%S", "%Y%m%d %H:%M:%S", "%Y%m%d %H:%M", "%Y%m%dT%H%M%S")
_LOOKS_LIKE_TIME = re.compile(r"(?:\d{1,4}\s?[-/.년]\s?\d{1,2}\s?[-/.월]\s?\d{1,4}|\d{8}).{0,25}")
_LOOKED_AT_FIRST = 5
_EARLIEST, _LATEST = -2_208_988_800.0, 4_102_444_800.0


@dataclass(frozen=True)
class TimeReading:
    """A way to read a column as times. `other` is the same with day and month exchanged, where the texts do not tell."""

    pattern: str
    other: str = ""


def find_time_format(texts: Sequence[str]) -> TimeReading | None:
    """Return the strptime pattern these clean, non-empty texts follow, None when they are mostly something else.

    Where day and month cannot be told apart, the reading under which the rows are in order is taken, else day first.
    """
    present = [text for text in texts if text not in MISSING_TEXTS]
    if not present or not all(_LOOKS_LIKE_TIME.fullmatch(text) for text in present[:_LOOKED_AT_FIRST]):
        return None
    for pattern in time_patterns():
        if _share_read(present[:_LOOKED_AT_FIRST], pattern) < 0.5 or _share_read(present, pattern) < MOSTLY:
            continue
        exchanged = _exchanged(pattern)
        if not exchanged or _share_read(present, exchanged) < MOSTLY:
            return TimeReading(pattern)
        if _share_read(present, exchanged) > _share_read(present, pattern):
            return TimeReading(exchanged)
        if _share_read(present, exchanged) < _share_read(present, pattern):
            return TimeReading(pattern)
        if _in_order(present, exchanged) and not _in_order(present, pattern):
            return TimeReading(exchanged, pattern)
        return TimeReading(pattern, exchanged)
    return None


@lru_cache(maxsize=1)
def time_patterns() -> tuple[str, ...]:
    """All strptime patterns that are tried, in the order of preference."""
    month_first = tuple(_exchanged(date) for date in _DAY_FIRST)
    dated = tuple(date + time for date in (*_YEAR_FIRST, *_DAY_FIRST, *month_first) for time in _TIMES)
    return (*dated, *_COMPACT)


def _exchanged(pattern: str) -> str:
    """The pattern with day and month exchanged; empty when the year stands first, where nobody does that."""
    if pattern.startswith(("%Y", "%y")):
        return ""
    return pattern.replace("%d", "%#").replace("%m", "%d").replace("%#", "%m")


def _share_read(texts: Sequence[str], pattern: str) -> float:
    read = time_reader(pattern)
    return sum(_EARLIEST <= read(text) <= _LATEST for text in texts) / len(texts)


def _in_order(texts: Sequence[str], pattern: str) -> bool:
    read = time_reader(pattern)
    moments = [moment for text in texts if not math.isnan(moment := read(text))]
    pairs = list(pairwise(moments))
    return all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs)
