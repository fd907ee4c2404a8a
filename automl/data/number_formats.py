"""How a column of texts writes its numbers: decimal mark, thousands mark, unit."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from automl.data.missing_texts import MISSING_TEXTS
from automl.domain.schema import NumberFormat
from automl.runtime.parsing import ASCII_SIGNS, WIDE_SIGNS, read_number

MOSTLY = 0.95
_STYLES = ((".", ""), (".", ","), (",", ""), (",", "."), (".", " "), (",", " "), (".", "'"), (",", "\u00a0"))
_UNIT = re.compile(r"[+-]?[0-9][0-9.,'\s]*?(?:[eE][+-]?[0-9]+)?\s*([^\W\d_]|[^\w\s.,'+\-][^0-9]*|[^\W\d_][^0-9]*?)")
_UNIT_LENGTH = 12
_LEADING_ZERO = re.compile(r"[+-]?0[0-9]+")
_EXPONENT_CODE = re.compile(r"[0-9]{1,4}E[0-9]{1,3}")
_EXACT_DIGITS = 15
_TO_ASCII = str.maketrans(WIDE_SIGNS, ASCII_SIGNS)


@dataclass(frozen=True)
class NumberReading:
    """A way to read a column as numbers. `other` is a second way that fits as well, where the texts do not tell."""

    style: NumberFormat
    other: NumberFormat | None = None


def find_number_format(texts: Sequence[str], comma_is_decimal: bool) -> NumberReading | None:
    """Return how these clean, non-empty texts are read as numbers, None when they are mostly something else.

    Codes stay texts: leading zeros (00123), lots that only look like powers of ten (12E4), more digits than float64 keeps.
    `comma_is_decimal` decides texts such as 1,234 that can be read both ways.
    """
    ascii_texts = [text.translate(_TO_ASCII) for text in texts if text not in MISSING_TEXTS]
    if not ascii_texts or sum(1 for text in ascii_texts if text[-1:].isdigit() or text[:1] in "+-.0123456789") == 0:
        return None
    unit = _common_unit(ascii_texts)
    bare = [text.removesuffix(unit).rstrip() if unit else text for text in ascii_texts]
    if _are_codes(bare):
        return None
    signs = set("".join(bare))
    shares = {style: share for style in _STYLES if (share := _share_read(bare, signs, *style)) >= MOSTLY}
    if not shares:
        return None
    grouped, decimal = (".", ","), (",", "")
    if shares.get(grouped, 0.0) == shares.get(decimal, 0.0) == max(shares.values()):
        first, second = (decimal, grouped) if comma_is_decimal else (grouped, decimal)
        return NumberReading(NumberFormat(*first, unit), NumberFormat(*second, unit))
    return NumberReading(NumberFormat(*max(shares, key=lambda style: shares[style]), unit))


def _common_unit(texts: Sequence[str]) -> str:
    found = Counter(match.group(1).strip() for text in texts if (match := _UNIT.fullmatch(text)))
    if not found:
        return ""
    unit, count = found.most_common(1)[0]
    return unit if count > len(texts) / 2 and len(unit) <= _UNIT_LENGTH else ""


def _are_codes(texts: Sequence[str]) -> bool:
    if any(_LEADING_ZERO.fullmatch(text) for text in texts):
        return True
    if any(sum(map(str.isdigit, text)) > _EXACT_DIGITS and text.isdigit() for text in texts):
        return True
    return any(_EXPONENT_CODE.fullmatch(text) for text in texts)


def _share_read(texts: Sequence[str], signs: set[str], decimal: str, thousands: str) -> float:
    """The share of texts that are numbers in a style; 0 where its marks are not among `signs` or stand in odd places."""
    if (decimal != "." and decimal not in signs) or (thousands and thousands not in signs):
        return 0.0
    marked = 0
    readable = 0
    mark = re.escape(thousands)
    grouped = re.compile(rf"[+-]?[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+(?:{re.escape(decimal)}[0-9]*)?")
    for text in texts:
        if thousands and thousands in text:
            if not grouped.fullmatch(text):
                return 0.0
            marked += 1
        readable += not math.isnan(read_number(text, decimal, thousands))
    return 0.0 if thousands and not marked else readable / len(texts)
