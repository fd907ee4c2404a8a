"""What a class of a model is called on screen: the name people gave it, or our words for the two nobody named."""

from collections.abc import Sequence

from desktop.i18n import translate
from desktop.widgets.text import short_name

_NOBODY_NAMED = ("good", "flawed")
_LONGEST_IN_A_SENTENCE = 28


def class_words(name: str, classes: Sequence[str]) -> str:
    """Return the words of one of a model's `classes`. Names that people gave are never translated, not even "good"."""
    return translate(f"class.{name}") if tuple(classes) == _NOBODY_NAMED and name in _NOBODY_NAMED else name


def class_in_sentence(place: int, classes: Sequence[str]) -> str:
    """Return the words of the class at a place, short enough for a sentence with two of them."""
    return short_name(class_words(classes[place], classes), _LONGEST_IN_A_SENTENCE)
