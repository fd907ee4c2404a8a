"""What a class is called on screen: its own name, or our words for the two that Lathe names itself."""

from desktop.i18n import translate

_OURS = ("good", "flawed")


def class_words(name: str) -> str:
    """Return the words of a class; names people gave are never translated."""
    return translate(f"class.{name}") if name in _OURS else name
