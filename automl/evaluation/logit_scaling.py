"""From a model's own logits to honest probabilities, found on out-of-fold logits.

A temperature alone keeps every answer. Shifts a class correct for the mix of classes as well (Alexandari et al. 2020); they are
taken only where they help and cost no right answers. Both are found by the squared error of probabilities (Brier 1950): log loss
bows to the few images that nobody gets right, and makes all other answers less sure than they deserve.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from automl.domain.task import Metric
from automl.evaluation.metrics import Prediction, Scoring, score
from automl.graph.calibration import LogitScaling

Codes = NDArray[np.int64]
Fit = Callable[[Codes, Prediction], LogitScaling]

# What shifts may cost in accuracy or in the mean F1 score of the classes.
TOLERATED_LOSS = 0.005
SHIFT_PENALTY = 0.005
LEAST_GAIN = 0.002
LOG_SCALE_BOUNDS = (-5.0, 5.0)
FARTHEST_SHIFT = 6.0
# The log odds of a score in the middle of the good ones when its line stands at even odds.
ODDS_OF_USUAL = 4.0
_ACCURACY, _F1 = Scoring(Metric.ACCURACY), Scoring(Metric.F1_MACRO)


def cross_fitted(
    fit: Fit, truth: Codes, logits: Prediction, parts: Sequence[NDArray[np.int64]], classes: int
) -> Prediction:
    """Return probabilities [n, classes]; those of each part come from a scaling found on the others."""
    honest = np.zeros((len(truth), classes))
    everything = np.concatenate(list(parts))
    for part in parts:
        others = np.setdiff1d(everything, part)
        found = fit(truth[others], logits[others]) if len(others) else fit(truth[part], logits[part])
        honest[part] = found.apply(logits[part])
    return honest


def choose_fit(truth: Codes, logits: Prediction, parts: Sequence[NDArray[np.int64]]) -> Fit:
    """Return the way of scaling that suits: with shifts when they lower the error and cost no right answers."""
    classes = logits.shape[1]
    plain = cross_fitted(fit_temperature, truth, logits, parts, classes)
    shifted = cross_fitted(fit_shifted, truth, logits, parts, classes)
    gain = float((squared_errors(truth, plain) - squared_errors(truth, shifted)).mean())
    harmless = all(
        score(scoring, truth, shifted) >= score(scoring, truth, plain) - TOLERATED_LOSS for scoring in (_ACCURACY, _F1)
    )
    return fit_shifted if gain > LEAST_GAIN and harmless else fit_temperature


def fit_temperature(truth: Codes, logits: Prediction) -> LogitScaling:
    """Return the one scale of least squared error on these rows."""
    return _fitted(truth, logits, shifts=False)


def fit_shifted(truth: Codes, logits: Prediction) -> LogitScaling:
    """Return the scale and the shift a class of least squared error on these rows, shifts held near 0."""
    return _fitted(truth, logits, shifts=True)


def fit_line(good_scores: NDArray[np.float64], stopped: float) -> LogitScaling:
    """Return log odds that rise with a score: even where a share `stopped` of good ones lies above, low at their median.

    The line is where the good ones end; with few of them it stands above their highest.
    """
    line = score_line(good_scores, stopped)
    usual = float(np.median(good_scores))
    width = max(line - usual, 1e-9 * max(abs(line), 1.0), 1e-12)
    slope = ODDS_OF_USUAL / width
    return LogitScaling(((0.0, slope),), (0.0, -slope * line))


def score_line(good_scores: NDArray[np.float64], stopped: float) -> float:
    """Return the score that a share `stopped` of further good ones will exceed, by the ranks of those seen.

    Of n good ones the k-th highest is exceeded by k / (n + 1) of all in the mean; beyond the highest the line goes on for a
    tenth of their upper half.
    """
    ordered = np.sort(good_scores)
    place = (1.0 - stopped) * (len(ordered) + 1) - 1
    if place <= len(ordered) - 1:
        return float(np.interp(place, np.arange(len(ordered)), ordered))
    return float(ordered[-1] + 0.1 * (ordered[-1] - np.median(ordered)))


def squared_errors(truth: Codes, prediction: Prediction) -> NDArray[np.float64]:
    """Return the squared error of the probabilities of every row (Brier 1950)."""
    return np.asarray(np.square(prediction - np.eye(prediction.shape[1])[truth]).sum(axis=1))


def _fitted(truth: Codes, logits: Prediction, *, shifts: bool) -> LogitScaling:
    classes = logits.shape[1]
    spread = float(np.std(logits - logits.mean(axis=1, keepdims=True))) or 1.0
    scaled = logits / spread
    wanted = _softened(truth, classes)

    def loss(numbers: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scale = np.exp(numbers[0])
        moved = np.concatenate([[0.0], numbers[1:]]) if shifts else np.zeros(classes)
        scores = scale * scaled + moved
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances = powers / powers.sum(axis=1, keepdims=True)
        error = chances - wanted
        value = float(np.square(error).sum()) / len(truth)
        off = 2.0 * chances * (error - (chances * error).sum(axis=1, keepdims=True)) / len(truth)
        slope = np.array([float((off * scaled).sum() * scale)])
        if shifts:
            value += SHIFT_PENALTY * float(np.square(numbers[1:]).mean())
            slope = np.concatenate([slope, off.sum(axis=0)[1:] + 2 * SHIFT_PENALTY * numbers[1:] / (classes - 1)])
        return value, slope

    count = classes if shifts else 1
    bounds = [LOG_SCALE_BOUNDS] + [(-FARTHEST_SHIFT, FARTHEST_SHIFT)] * (count - 1)
    found = minimize(loss, np.zeros(count), jac=True, method="L-BFGS-B", bounds=bounds)
    weight = float(np.exp(found.x[0])) / spread
    moved = np.concatenate([[0.0], found.x[1:]]) if shifts else np.zeros(classes)
    return LogitScaling(tuple(tuple(row) for row in (weight * np.eye(classes)).tolist()), tuple(moved.tolist()))


def _softened(truth: Codes, classes: int) -> Prediction:
    """Return targets that are never quite sure, as few rows never are (Platt 1999): 1 - 1/(n + 2) for the true class."""
    counts = np.bincount(truth, minlength=classes)
    doubt = 1.0 / (counts[truth] + 2.0)
    wanted = np.repeat((doubt / max(classes - 1, 1))[:, None], classes, axis=1)
    wanted[np.arange(len(truth)), truth] = 1.0 - doubt
    return np.asarray(wanted)
