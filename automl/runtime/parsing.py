"""Texts of a table become typed values by one rule set; `automl.data.typed_table` says the same in SQL.

1. A text is NFC-normalised and stripped of `WHITESPACE` at both ends.
2. Empty, or one of the column's missing texts (treated by rule 1 too): missing.
3. number: full-width signs become ASCII, the unit behind is removed, then thousands marks; what is left must be a plain
   decimal number (`number_pattern`), finite as float64; otherwise it is missing and counted as unreadable.
4. time: read by a strptime pattern as naive clock time, given as seconds since 1970-01-01; otherwise as in 3.
5. text, yes_no: the text of rule 1; missing is "".
6. Limits clip numbers.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

NUMBER, TIME, TEXT, YES_NO = "number", "time", "text", "yes_no"
WHITESPACE = " \t\n\r\x0b\x0c\u00a0\u3000\ufeff\u200b"
WIDE_SIGNS = "０１２３４５６７８９．，＋－−ｅＥ"
ASCII_SIGNS = "0123456789.,+--eE"

_TO_ASCII = str.maketrans(WIDE_SIGNS, ASCII_SIGNS)
_PLAIN_NUMBER_SIGNS = frozenset("0123456789+-.eE")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DIRECTIVE = re.compile(r"%(.)", re.DOTALL)
_TWO_DIGITS = frozenset("mdHIMSy")
_AFTERNOON = frozenset({"pm", "오후"})


@dataclass(frozen=True, kw_only=True)
class ColumnFormat:
    """How the texts of one column are read. `kind` is number, time, text or yes_no; empty texts mean "none"."""

    kind: str
    decimal: str = "."
    thousands: str = ""
    unit: str = ""
    time_format: str = ""
    missing_values: tuple[str, ...] = ("",)
    limits: tuple[float, float] | None = None


@dataclass(frozen=True)
class ParsedColumn:
    """Typed values: float64 with NaN as missing, or an object array of str with "" as missing.

    `unreadable` is true where a text was there but is neither a missing text nor a number (or time).
    """

    values: NDArray[np.float64] | NDArray[np.object_]
    unreadable: NDArray[np.bool_]


def clean_text(text: str) -> str:
    """NFC-normalised and stripped (rule 1)."""
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip(WHITESPACE)


def number_pattern(decimal: str) -> str:
    """The regular expression (RE2 and Python) a number must match in full once unit and thousands marks are gone."""
    mark = re.escape(decimal)
    return rf"[+-]?([0-9]+({mark}[0-9]*)?|{mark}[0-9]+)([eE][+-]?[0-9]+)?"


def parse_column(texts: Sequence[str], column: ColumnFormat) -> ParsedColumn:
    """Read the texts of one column. Raises ValueError for a kind or time pattern that is not supported."""
    cleaned = [clean_text(text) for text in texts]
    missing = _missing_texts(column.missing_values)
    if column.kind in (TEXT, YES_NO):
        values = np.empty(len(cleaned), dtype=object)
        values[:] = ["" if text in missing else text for text in cleaned]
        return ParsedColumn(values, np.zeros(len(cleaned), dtype=np.bool_))
    if column.kind not in (NUMBER, TIME):
        raise ValueError(f"unknown kind of column: {column.kind!r}")
    numbers = _read_all(cleaned, missing, _reader(column))
    is_missing = np.fromiter((text in missing for text in cleaned), dtype=np.bool_, count=len(cleaned))
    unreadable = np.isnan(numbers) & ~is_missing
    if column.limits is not None:
        numbers = np.clip(numbers, *column.limits)
    return ParsedColumn(numbers, unreadable)


def read_number(text: str, decimal: str = ".", thousands: str = "", unit: str = "") -> float:
    """Read one cleaned text as a finite number by rule 3; NaN when it is none."""
    return _number_reader(decimal, thousands, unit)(text)


@lru_cache(maxsize=256)
def time_reader(time_format: str) -> Callable[[str], float]:
    """Return a function from cleaned text to seconds since 1970 (NaN when unreadable) for a strptime pattern.

    Knows %Y %y %m %d %H %I %M %S %f %p %%; names of months and time zones depend on places and are not supported.
    """
    pattern, fields = compile_time_format(time_format)

    def read(text: str) -> float:
        match = pattern.fullmatch(text)
        return math.nan if match is None else _seconds(dict(zip(fields, match.groups(), strict=True)))

    return read


def _reader(column: ColumnFormat) -> Callable[[str], float]:
    if column.kind == TIME:
        return time_reader(column.time_format)
    return _number_reader(column.decimal, column.thousands, column.unit)


@lru_cache(maxsize=256)
def _missing_texts(missing_values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(("", *map(clean_text, missing_values)))


def _read_all(cleaned: list[str], missing: frozenset[str], read: Callable[[str], float]) -> NDArray[np.float64]:
    """Read every text; repeated texts, common in measured data, are read once."""
    known = dict.fromkeys(missing, math.nan)
    for text in cleaned:
        if text not in known:
            known[text] = read(text)
    return np.fromiter((known[text] for text in cleaned), dtype=np.float64, count=len(cleaned))


@lru_cache(maxsize=256)
def _number_reader(decimal: str, thousands: str, unit: str) -> Callable[[str], float]:
    pattern = re.compile(number_pattern(decimal))
    unit = clean_text(unit).translate(_TO_ASCII)

    def read(text: str) -> float:
        if decimal == "." and not unit and not thousands and _PLAIN_NUMBER_SIGNS.issuperset(text):
            return _finite(text)
        text = text.translate(_TO_ASCII)
        if unit and text.endswith(unit):
            text = text.removesuffix(unit).strip(WHITESPACE)
        if thousands:
            text = text.replace(thousands, "")
        return _finite(text.replace(decimal, ".")) if pattern.fullmatch(text) else math.nan

    return read


def _finite(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return math.nan
    return value if math.isfinite(value) else math.nan


def compile_time_format(time_format: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Return the expression a time must match in full, and the directive each group holds. ValueError if unsupported."""
    parts: list[str] = []
    fields: list[str] = []
    position = 0
    matches = list(_DIRECTIVE.finditer(time_format))
    touches = _touching(matches)
    for match, touching in zip(matches, touches, strict=True):
        parts.append(re.escape(time_format[position : match.start()]))
        position = match.end()
        name = match.group(1)
        if name == "%":
            parts.append("%")
            continue
        parts.append(_group(name, touching))
        fields.append(name)
    parts.append(re.escape(time_format[position:]))
    if "Y" not in fields and "y" not in fields:
        raise ValueError(f"time pattern without a year: {time_format!r}")
    return re.compile("".join(parts)), tuple(fields)


def _touching(matches: list[re.Match[str]]) -> list[bool]:
    """Whether a directive stands directly beside another one, as in %Y%m%d, so that its width must be fixed."""
    starts = {match.start() for match in matches}
    ends = {match.end() for match in matches}
    return [match.start() in ends or match.end() in starts for match in matches]


def _group(name: str, touching: bool) -> str:
    if name in _TWO_DIGITS:
        return "([0-9]{2})" if touching or name == "y" else "([0-9]{1,2})"
    if name == "Y":
        return "([0-9]{4})"
    if name == "f":
        return "([0-9]{1,6})"
    if name == "p":
        return "([AaPp][Mm]|오전|오후)"
    raise ValueError(f"time pattern with an unsupported part: %{name}")


def _seconds(fields: dict[str, str]) -> float:
    year = int(fields["Y"]) if "Y" in fields else _full_year(int(fields["y"]))
    try:
        moment = datetime(
            year,
            int(fields.get("m", "1")),
            int(fields.get("d", "1")),
            _hour(fields),
            int(fields.get("M", "0")),
            int(fields.get("S", "0")),
            int(fields.get("f", "0").ljust(6, "0")),
            tzinfo=UTC,
        )
    except ValueError:
        return math.nan
    return (moment - _EPOCH).total_seconds()


def _full_year(two_digits: int) -> int:
    return two_digits + (2000 if two_digits < 69 else 1900)


def _hour(fields: dict[str, str]) -> int:
    if "I" not in fields:
        return int(fields.get("H", "0"))
    hour = int(fields["I"])
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if fields.get("p", "").lower() in _AFTERNOON else 0)
