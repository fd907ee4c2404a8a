"""Sentences with their values put in: English plural, Korean particles. Pure, so window and CLI say the same.

A template is ordinary text with placeholders:

``{count}``             the parameter, formatted for the language
``{share:percent}``     the parameter, formatted by a named format (see `automl.domain.formatting`)
``{count|row|rows}``    the first word when the parameter is one, else the second
``{column:이/가}``        the parameter followed by the Korean particle that fits its last sound
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from automl.domain.formatting import FORMATS, format_value


class Language(StrEnum):
    """The languages Lathe speaks."""

    ENGLISH = "en"
    KOREAN = "ko"


class MissingParameterError(KeyError):
    """A template names a parameter that was not given."""


_PLACEHOLDER = re.compile(r"\{(\w+)((?::[^{}|:]+)*)(?:\|([^{}|]*)\|([^{}|]*))?\}")
_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_FINALS_PER_VOWEL = 28
_RIEUL = 8
_SOUND_OF_DIGIT = dict(zip("0123456789", (21, 8, 0, 16, 0, 0, 1, 8, 8, 0), strict=True))
_NAME_OF_LETTER = {"l": _RIEUL, "m": 16, "n": 4, "r": _RIEUL}
_SOUND_OF_WORD = {"l": _RIEUL, "m": 16, "n": 4, "ng": 21}
_SOUND_OF_SIGN = {"%": 0, "°": 0, "℃": 0, "℉": 0, "₩": 4, "$": 0}
_SILENT = " \t\n)]}>\"'”’」』.,*`"
_ACRONYM_LENGTH = 4


def final_sound(text: str) -> int | None:
    """The last consonant heard when a Korean reads `text`: 0 none, 8 ㄹ, numbered as in Unicode; None if unclear."""
    spoken = text.rstrip(_SILENT)
    if not spoken:
        return None
    last = spoken[-1]
    if _FIRST_SYLLABLE <= ord(last) <= _LAST_SYLLABLE:
        return (ord(last) - _FIRST_SYLLABLE) % _FINALS_PER_VOWEL
    if last in _SOUND_OF_DIGIT:
        return _SOUND_OF_DIGIT[last]
    if last.isascii() and last.isalpha():
        return _final_sound_of_latin(spoken)
    return _SOUND_OF_SIGN.get(last)


def _final_sound_of_latin(spoken: str) -> int:
    word = re.split(r"[^A-Za-z]+", spoken)[-1]
    letters = word.lower()
    is_acronym = len(word) == 1 or (
        word.isupper() and len(word) <= _ACRONYM_LENGTH and not set(letters) & set("aeiouy")
    )
    if is_acronym:
        return _NAME_OF_LETTER.get(letters[-1], 0)
    return _SOUND_OF_WORD.get(letters[-2:], _SOUND_OF_WORD.get(letters[-1], 0))


def particle(text: str, pair: str) -> str:
    """The form of a pair such as "이/가" or "으로/로" that follows `text`; "이(가)" if its sound is unclear."""
    after_consonant, after_vowel = pair.split("/")
    sound = final_sound(text)
    if sound is None:
        if after_consonant.endswith(after_vowel):
            return f"({after_consonant.removesuffix(after_vowel)}){after_vowel}"
        return f"{after_consonant}({after_vowel})"
    rieul_joins_like_a_vowel = after_consonant.startswith("으") and sound == _RIEUL
    return after_vowel if sound == 0 or rieul_joins_like_a_vowel else after_consonant


def fill(template: str, parameters: Mapping[str, object], language: str) -> str:
    """`template` with every placeholder replaced. Raises `MissingParameterError` for one that has no parameter."""

    def replacement(match: re.Match[str]) -> str:
        name, formats, one, many = match.groups()
        if name not in parameters:
            raise MissingParameterError(f"{name} in {template!r}")
        value = parameters[name]
        if one is not None:
            return str(one if value == 1 else many)
        return _formatted(value, [part for part in formats.split(":") if part], language)

    return _PLACEHOLDER.sub(replacement, template)


def _formatted(value: object, formats: list[str], language: str) -> str:
    pairs = [name for name in formats if "/" in name]
    named = [name for name in formats if "/" not in name]
    text = FORMATS[named[0]](value, language) if named else format_value(value, language)
    return text + "".join(particle(text, pair) for pair in pairs)


def placeholders(template: str) -> frozenset[str]:
    """Names of the parameters a template needs."""
    return frozenset(match.group(1) for match in _PLACEHOLDER.finditer(template))
