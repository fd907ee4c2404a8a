"""Sentences of the Goal page in the language of the window."""

from collections.abc import Iterable

from desktop.i18n import translate
from desktop.pages.goal.sentences import Sentence


def said(sentence: Sentence) -> str:
    """Return the sentence in the language of the window."""
    return translate(sentence.key, **sentence.parameters)


def said_all(sentences: Iterable[Sentence]) -> str:
    """Return several sentences as one text."""
    return " ".join(said(sentence) for sentence in sentences)
