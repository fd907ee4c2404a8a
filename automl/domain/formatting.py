"""Numbers, money, times and sizes as people read them, in each language. Pure text in, text out."""

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86400.0
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KOREAN = "ko"


def number(value: float, digits: int | None = None) -> str:
    """Thousands separated; without `digits` four significant figures of a fraction, trailing zeros dropped."""
    if not math.isfinite(value):
        return "–"
    if isinstance(value, int):
        return f"{value:,}".replace("-", "−")
    if digits is not None:
        return f"{value:,.{digits}f}".replace("-", "−")
    magnitude = math.floor(math.log10(abs(value))) if value else 0
    if not -7 < magnitude < 15:
        return f"{value:.3g}".replace("-", "−")
    text = f"{value:,.{max(0, 3 - magnitude)}f}"
    trimmed = text.rstrip("0").rstrip(".") if "." in text else text
    return trimmed.replace("-", "−")


def percent(share: float, digits: int = 1) -> str:
    """A share of one as "90.5%", a trailing ".0" dropped."""
    if not math.isfinite(share):
        return "–"
    text = f"{share * 100:,.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−") + "%"


def money(amount: float, language: str, currency: str = "₩") -> str:
    """A whole amount: "₩336,000" in both languages."""
    del language
    sign = "−" if amount < 0 else ""
    return f"{sign}{currency}{abs(amount):,.0f}"


def short_money(amount: float, language: str, currency: str = "₩") -> str:
    """An amount to three figures: "₩220k", in Korean "₩22만"."""
    sign, size = ("−" if amount < 0 else ""), abs(amount)
    steps = ((1e8, "억"), (1e4, "만")) if language == _KOREAN else ((1e9, "bn"), (1e6, "M"), (1e3, "k"))
    for unit, name in steps:
        if size >= unit:
            return f"{sign}{currency}{number(float(f'{size / unit:.3g}'))}{name}"
    return f"{sign}{currency}{number(float(f'{size:.3g}'))}"


def duration(seconds: float, language: str) -> str:
    """A length of time in its two largest units: "9 min 41 s", "9분 41초"."""
    if not math.isfinite(seconds):
        return "–"
    names = ("일", "시간", "분", "초") if language == _KOREAN else (" d", " h", " min", " s")
    if seconds < 0.9995:
        return f"{number(float(f'{seconds * 1000:.2g}'))} ms"
    if seconds < 9.95:
        return f"{number(round(seconds, 1))}{names[3]}"
    left = round(seconds) if seconds < _HOUR else round(seconds / _MINUTE) * 60
    parts: list[str] = []
    for size, name in zip((_DAY, _HOUR, _MINUTE, 1.0), names, strict=True):
        amount, left = divmod(left, int(size))
        if amount:
            parts.append(f"{amount}{name}")
    return " ".join(parts[:2])


def rough_duration(seconds: float, language: str) -> str:
    """A time left, never more exact than a minute: "4 min", "4분"; below one minute "1 min"."""
    minutes = max(1, math.ceil(seconds / _MINUTE)) if math.isfinite(seconds) else 1
    return duration(minutes * _MINUTE, language)


def size(count: float, language: str) -> str:
    """Bytes as "12 KB" or "6.8 MB"."""
    del language
    for unit, name in ((1024**3, "GB"), (1024**2, "MB"), (1024, "KB")):
        if count >= unit:
            figures = round(count / unit, 1 if count < 10 * unit else None)
            return f"{number(figures)} {name}"
    return f"{number(round(count))} B"


def day(value: date, language: str) -> str:
    """A date without its year: "27 Jun", "6월 27일"."""
    return f"{value.month}월 {value.day}일" if language == _KOREAN else f"{value.day} {_MONTHS[value.month - 1]}"


def full_day(value: date, language: str) -> str:
    """A date with its year: "27 Jun 2026", "2026년 6월 27일"."""
    return f"{value.year}년 {day(value, language)}" if language == _KOREAN else f"{day(value, language)} {value.year}"


def clock(value: datetime, language: str) -> str:
    """The time of day, 24 h: "14:02"."""
    del language
    return value.strftime("%H:%M")


def format_value(value: object, language: str) -> str:
    """A parameter of a sentence by its type: numbers with separators, dates in the language's order, else `str`."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, datetime):
        return f"{day(value, language)} {clock(value, language)}"
    if isinstance(value, date):
        return day(value, language)
    return str(value)


def _of_number(show: Callable[[float, str], str]) -> Callable[[object, str], str]:
    def shown(value: object, language: str) -> str:
        return show(float(value), language) if isinstance(value, (int, float)) else str(value)

    return shown


def _of_date(show: Callable[[datetime, str], str]) -> Callable[[object, str], str]:
    def shown(value: object, language: str) -> str:
        return show(value, language) if isinstance(value, datetime) else str(value)

    return shown


FORMATS: Mapping[str, Callable[[object, str], str]] = MappingProxyType(
    {
        "raw": lambda value, language: str(value),
        "percent": _of_number(lambda value, language: percent(value)),
        "whole_percent": _of_number(lambda value, language: percent(value, 0)),
        "money": _of_number(money),
        "short_money": _of_number(short_money),
        "duration": _of_number(duration),
        "rough_duration": _of_number(rough_duration),
        "size": _of_number(size),
        "day": _of_date(day),
        "full_day": _of_date(full_day),
        "clock": _of_date(clock),
    }
)
