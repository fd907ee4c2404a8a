"""Scores and sentences of the core in the language of the window."""

from collections.abc import Sequence

from automl.domain.result import InWords
from automl.domain.task import Metric
from desktop.i18n import translate, translator

SHARES = frozenset({Metric.ACCURACY, Metric.BALANCED_ACCURACY, Metric.R2})


def score_words(metric: Metric, value: float) -> str:
    """Return a score: "0.931", "97.4%", "₩215k"."""
    words = translator()
    if metric is Metric.COST:
        return words.short_money(value)
    return words.percent(value) if metric in SHARES else words.number(float(f"{value:.4g}"))


def half_width_words(metric: Metric, lower: float, upper: float) -> str:
    """Return half of a likely range: "±47k"."""
    half = abs(upper - lower) / 2
    return f"±{score_words(metric, float(f'{half:.2g}'))}"


def spoken(sentence: InWords) -> str:
    """Return a sentence the core gave by code."""
    return translate(f"words.{sentence.code}", **sentence.parameters)


def spoken_all(sentences: Sequence[InWords]) -> str:
    """Return several short phrases as one list."""
    return ", ".join(spoken(sentence) for sentence in sentences)
