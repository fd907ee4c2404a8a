"""What a column holds, said in a few words."""

from datetime import UTC, datetime

from automl.domain.dataset import ColumnProfile
from automl.domain.schema import Column, ColumnType, Role
from desktop.i18n import translate, translator

TYPE_ICONS = {
    ColumnType.NUMBER: "hash",
    ColumnType.YES_NO: "toggle",
    ColumnType.TEXT: "text",
    ColumnType.TIME: "calendar-clock",
}
ROLE_ICONS = {
    Role.INPUT: "arrow-right",
    Role.TARGET: "target",
    Role.TIME: "clock",
    Role.GROUP: "layers",
    Role.IGNORE: "eye-off",
}
_NAMED_VALUES = 3
_SECONDS_OF_A_DAY = 86400


def type_word(column_type: ColumnType) -> str:
    """Return the word for a type: "Number", "Yes / no"."""
    return translate(f"data.type.{column_type.value}")


def role_word(role: Role) -> str:
    """Return the word for a role: "Input", "Target"."""
    return translate(f"data.role.{role.value}")


def values_words(column: Column, profile: ColumnProfile) -> str:
    """Return the values of a column in a few words: "221 to 243 °C", "412 yes", "IMM-07, IMM-09"."""
    if profile.distinct == 0:
        return translate("data.values.none")
    if profile.minimum is not None and profile.maximum is not None:
        if profile.type is ColumnType.TIME:
            return _time_range(profile.minimum, profile.maximum)
        return _number_range(profile.minimum, profile.maximum, column.number_format.unit)
    if profile.type is ColumnType.YES_NO and profile.top_values:
        value, count = min(profile.top_values, key=lambda entry: entry[1])
        return translate("data.values.of_one", count=count, value=value)
    if len(profile.top_values) == profile.distinct <= _NAMED_VALUES:
        return ", ".join(value for value, _ in profile.top_values)
    return translate("data.values.distinct", count=profile.distinct)


def short_values_words(column: Column, profile: ColumnProfile) -> str:
    """Return the same for the narrow header of the preview, where texts are counted and not named."""
    if profile.type is ColumnType.TEXT and profile.distinct:
        return translate("data.values.distinct", count=profile.distinct)
    return values_words(column, profile)


def share_words(count: int, total: int) -> str:
    """Return a share as "18.4%"; a share that is small but not nothing never reads as 0%."""
    if total == 0 or count == 0:
        return "0%"
    share = count / total
    return "<0.1%" if share < 0.0005 else translator().percent(min(share, 0.999) if count < total else 1.0)


def with_unit(text: str, unit: str) -> str:
    """Return a number with its unit: "118 MPa", "78%"."""
    if not unit:
        return text
    return f"{text}{unit}" if unit in ("%", "°") else f"{text} {unit}"


def _number_range(lower: float, upper: float, unit: str) -> str:
    words = translator()
    if lower == upper:
        return translate("data.values.always", value=with_unit(words.number(lower), unit))
    return translate("data.values.range", lower=words.number(lower), upper=with_unit(words.number(upper), unit))


def _time_range(lower: float, upper: float) -> str:
    first, last = (datetime.fromtimestamp(seconds, UTC) for seconds in (lower, upper))
    words = translator()
    if upper - lower < _SECONDS_OF_A_DAY and first.date() == last.date():
        return translate("data.values.range", lower=words.clock(first), upper=words.clock(last))
    if first.year == last.year:
        return translate("data.values.range", lower=words.day(first), upper=words.day(last))
    return translate("data.values.range", lower=str(first.date()), upper=str(last.date()))
