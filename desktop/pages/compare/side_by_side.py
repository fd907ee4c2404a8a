"""Two models side by side: how far they are apart, whether that is more than chance, and what else tells them apart. Pure."""

from dataclasses import dataclass

from automl.domain.result import Interval, Leaderboard, ModelSummary
from automl.domain.task import Metric
from desktop.i18n import translate, translator
from desktop.itemmodels.model_words import model_name, model_of
from desktop.itemmodels.score_words import score_words

CLEARLY_FASTER = 1.5
HARDLY = 0.01


@dataclass(frozen=True)
class Pair:
    """Two models and the difference of their scores, second minus first, on the same rows."""

    first: ModelSummary
    second: ModelSummary
    difference: Interval
    proven: bool
    metric: Metric

    @property
    def better(self) -> ModelSummary:
        """Return the one with the better score."""
        second_is_better = (self.difference.value > 0) == self.metric.higher_is_better
        return self.second if second_is_better and self.difference.value else self.first


def pair_of(leaderboard: Leaderboard, first: str, second: str) -> Pair | None:
    """Return two models of a leaderboard with their paired difference, None when they were not compared."""
    one, other = model_of(leaderboard, first), model_of(leaderboard, second)
    if one is None or other is None:
        return None
    for comparison in leaderboard.comparisons:
        if (comparison.first, comparison.second) == (second, first):
            return Pair(one, other, comparison.difference, comparison.proven, leaderboard.metric)
        if (comparison.first, comparison.second) == (first, second):
            return Pair(one, other, _turned(comparison.difference), comparison.proven, leaderboard.metric)
    return None


def headline(pair: Pair) -> str:
    """Return whether the difference is more than chance, and for whom."""
    difference = pair.difference
    if not pair.proven:
        alone = difference.lower > 0 or difference.upper < 0
        # The whisker does not reach zero, yet among many pairs some do that by chance.
        return translate("compare.pair.chance.many" if alone else "compare.pair.chance")
    scores = (one.holdout or one.checking for one in (pair.first, pair.second))
    hardly = abs(difference.value) < HARDLY * min(abs(score.value) for score in scores)
    return translate("compare.pair.hardly" if hardly else "compare.pair.proven", name=model_name(pair.better))


def sentences(pair: Pair) -> str:
    """Return the difference in numbers and what else tells the two apart, from the side of the second model."""
    said = [_difference(pair), _speed(pair), _simplicity(pair)]
    return " ".join(sentence for sentence in said if sentence)


def _difference(pair: Pair) -> str:
    value = pair.difference.value
    half = (pair.difference.upper - pair.difference.lower) / 2
    key = ("same" if half else "equal") if not value else "more" if value > 0 else "less"
    kind = "cost" if pair.metric is Metric.COST else "score"
    return translate(
        f"compare.pair.{kind}.{key}",
        name=model_name(pair.second),
        other=model_name(pair.first),
        metric=translate(f"metric.{pair.metric.value}"),
        amount=difference_words(pair.metric, abs(value)),
        half=difference_words(pair.metric, half),
    )


def _speed(pair: Pair) -> str:
    first, second = pair.first.milliseconds_per_row, pair.second.milliseconds_per_row
    if min(first, second) <= 0 or max(first, second) / min(first, second) < CLEARLY_FASTER:
        return ""
    key = "faster" if second < first else "slower"
    times = translator().number(max(first, second) / min(first, second), 1).removesuffix(".0")
    return translate(f"compare.pair.{key}", times=times)


def _simplicity(pair: Pair) -> str:
    if pair.first.simplicity == pair.second.simplicity:
        return ""
    return translate(f"compare.pair.{'simpler' if pair.second.simplicity > pair.first.simplicity else 'harder'}")


def difference_words(metric: Metric, value: float) -> str:
    """Return a difference of scores to two figures; of shares in percent points."""
    return score_words(metric, float(f"{value:.2g}"))


def _turned(interval: Interval) -> Interval:
    return Interval(-interval.value, -interval.upper, -interval.lower)
