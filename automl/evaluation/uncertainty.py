"""How sure a score is: intervals from few folds, from counts and from rows, and paired differences."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, t

from automl.domain.result import Comparison, Interval
from automl.domain.task import Metric
from automl.evaluation.metrics import ROW_WISE, Prediction, Scoring, Target, row_losses, score
from automl.evaluation.weighted import weighted_scores

LEVEL = 0.95
ROW_WISE_REPEATS = 500
OTHER_REPEATS = 200
CELLS_AT_ONCE = 4_000_000
MOST_ROWS = 10_000


def cv_interval(
    fold_scores: Sequence[float],
    train_rows: float,
    check_rows: float,
    limits: tuple[float, float] = (-np.inf, np.inf),
) -> Interval:
    """Return mean and 95 % interval of cross-validation scores, corrected for overlapping folds (Nadeau & Bengio 2003).

    Undefined scores (NaN) are left out; ValueError when none is defined. The interval ends where the metric does.
    """
    known = np.array([value for value in fold_scores if np.isfinite(value)])
    if len(known) == 0:
        raise ValueError("no fold has a defined score")
    mean = float(known.mean())
    if len(known) == 1:
        return Interval(mean, mean, mean)
    variance = known.var(ddof=1) * (1 / len(known) + check_rows / max(train_rows, 1.0))
    half = float(t.ppf(0.5 + LEVEL / 2, len(known) - 1) * np.sqrt(variance))
    lowest, highest = limits
    return Interval(mean, max(lowest, mean - half), min(highest, mean + half))


def wilson(successes: int, count: int, level: float = LEVEL) -> Interval:
    """Return the share of `successes` in `count` > 0 with its interval (Wilson 1927)."""
    z = float(norm.ppf(0.5 + level / 2))
    share = successes / count
    centre = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * float(np.sqrt(share * (1 - share) / count + z * z / (4 * count * count)))
    return Interval(share, max(0.0, centre - half), min(1.0, centre + half))


def bootstrap_scores(
    scorings: Sequence[Scoring], target: Target, predictions: Sequence[Prediction], seed: int
) -> NDArray[np.float64]:
    """Return scores [repeats, models] on rows drawn with replacement, the same rows for every model (Efron 1979).

    Of more than 10,000 rows a part of that size is resampled; its spread shrinks with the root of the rows to that of all.
    """
    random = np.random.default_rng(seed)
    if len(target) <= MOST_ROWS:
        return _resampled_scores(scorings, target, predictions, random)
    some = np.sort(random.choice(len(target), MOST_ROWS, replace=False))
    of_part = _resampled_scores(scorings, target[some], [one[some] for one in predictions], random)
    of_all = [score(scoring, target, one) for scoring, one in zip(scorings, predictions, strict=True)]
    return np.asarray(of_all + (of_part - np.nanmean(of_part, axis=0)) * np.sqrt(MOST_ROWS / len(target)))


def _resampled_scores(
    scorings: Sequence[Scoring], target: Target, predictions: Sequence[Prediction], random: np.random.Generator
) -> NDArray[np.float64]:
    if scorings[0].metric in ROW_WISE:
        losses = np.stack(
            [row_losses(scoring, target, one) for scoring, one in zip(scorings, predictions, strict=True)], axis=1
        )
        means = _resampled_means(losses, random)
        return np.sqrt(means) if scorings[0].metric is Metric.RMSE else means
    parts = [
        np.stack(
            [
                weighted_scores(scoring, target, one, weights)
                for scoring, one in zip(scorings, predictions, strict=True)
            ],
            axis=1,
        )
        for weights in _resamples(len(target), OTHER_REPEATS, random)
    ]
    return np.concatenate(parts)


def _resampled_means(losses: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.float64]:
    """Return means of the columns over rows drawn with replacement, [repeats, columns], in blocks that fit in memory."""
    rows = len(losses)
    return np.concatenate([weights @ losses / rows for weights in _resamples(rows, ROW_WISE_REPEATS, random)])


def _resamples(rows: int, repeats: int, random: np.random.Generator) -> Iterator[NDArray[np.float64]]:
    """Yield how often every row is drawn, [repeats, rows] in blocks that fit in memory."""
    block = max(1, min(repeats, CELLS_AT_ONCE // max(rows, 1)))
    for start in range(0, repeats, block):
        drawn = random.integers(0, rows, (min(block, repeats - start), rows))
        yield np.stack([np.bincount(one, minlength=rows) for one in drawn]).astype(np.float64)


def interval_of(value: float, resampled: NDArray[np.float64]) -> Interval:
    """Return a value with the percentile interval of its resampled copies; the value itself when there is no spread."""
    known = resampled[np.isfinite(resampled)]
    if len(known) == 0:
        return Interval(value, value, value)
    lower, upper = np.quantile(known, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2])
    return Interval(value, min(float(lower), value), max(float(upper), value))


def compare_pairs(
    names: Sequence[str], values: Sequence[float], resampled: NDArray[np.float64]
) -> tuple[Comparison, ...]:
    """Return the paired difference of every pair of models; proven where it survives Holm's correction (Holm 1979).

    `resampled` is [repeats, models] from `bootstrap_scores`: the same rows for every model make the differences paired.
    """
    pairs = list(combinations(range(len(names)), 2))
    differences = [resampled[:, first] - resampled[:, second] for first, second in pairs]
    chances = [_two_sided_chance(difference) for difference in differences]
    proven = _holm(chances, 1 - LEVEL)
    return tuple(
        Comparison(names[first], names[second], interval_of(values[first] - values[second], difference), is_proven)
        for (first, second), difference, is_proven in zip(pairs, differences, proven, strict=True)
    )


def _two_sided_chance(differences: NDArray[np.float64]) -> float:
    """Return a p-value from the normal approximation of the bootstrap distribution, which has no floor at 1/repeats."""
    spread = float(differences.std(ddof=1)) if len(differences) > 1 else float("nan")
    if not np.isfinite(spread):
        return 1.0
    middle = abs(float(differences.mean()))
    # Without spread every resample says the same: all flaws told apart, or two models that answer alike.
    return float(2 * norm.sf(middle / spread)) if spread > 0.0 else float(middle == 0.0)


def _holm(chances: Sequence[float], level: float) -> list[bool]:
    order = sorted(range(len(chances)), key=chances.__getitem__)
    proven = [False] * len(chances)
    for rank, index in enumerate(order):
        if chances[index] > level / (len(chances) - rank):
            break
        proven[index] = True
    return proven
