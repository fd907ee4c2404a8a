"""Risks made honest: a temperature (Guo et al. 2017) found on out-of-fold answers, taken only when it clearly helps.

A temperature keeps the order of the classes, so it can neither cost accuracy nor change who is above whom.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from automl.domain.task import Metric, TaskKind
from automl.evaluation.metrics import Scoring, row_losses
from automl.graph.calibration import Temperature
from automl.models.base import Answers
from automl.search.learning_task import LearningTask

FEWEST_ROWS, FEWEST_OF_A_CLASS = 500, 40
COLDEST, HOTTEST = 0.33, 3.0
_LOG_LOSS = Scoring(Metric.LOG_LOSS)


def calibrate(task: LearningTask, answers: Answers) -> tuple[Temperature | None, Answers]:
    """Return the temperature for out-of-fold answers with the answers as they are then; None and the same when it does not help.

    Whether it helps is judged on answers whose temperature was found on other folds, by more than one standard error.
    """
    codes = task.checked_target
    if task.task is TaskKind.REGRESSION or not _enough(codes.astype(np.int64), len(task.classes)):
        return None, answers
    truth = codes.astype(np.int64)
    parts = [task.places(fold) for fold in range(len(task.plan.folds))]
    honest = _cross_fitted(truth, answers, parts)
    gain = row_losses(_LOG_LOSS, truth, answers) - row_losses(_LOG_LOSS, truth, honest)
    if float(gain.mean()) <= float(gain.std(ddof=1)) / np.sqrt(len(gain)):
        return None, answers
    return best_temperature(truth, answers), honest


def best_temperature(truth: NDArray[np.int64], answers: Answers) -> Temperature:
    """The temperature of least log loss on these rows."""

    def loss(logarithm: float) -> float:
        cooled = Temperature(float(np.exp(logarithm))).apply(answers)
        return float(row_losses(_LOG_LOSS, truth, cooled).mean())

    bounds = (float(np.log(COLDEST)), float(np.log(HOTTEST)))
    found = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-3})
    return Temperature(float(np.exp(found.x)))


def _cross_fitted(truth: NDArray[np.int64], answers: Answers, parts: Sequence[NDArray[np.int64]]) -> Answers:
    honest = answers.copy()
    everything = np.concatenate(list(parts))
    for part in parts:
        others = np.setdiff1d(everything, part)
        if len(others):
            honest[part] = best_temperature(truth[others], answers[others]).apply(answers[part])
    return honest


def _enough(truth: NDArray[np.int64], classes: int) -> bool:
    counts = np.bincount(truth, minlength=classes)
    return len(truth) >= FEWEST_ROWS and int(counts.min()) >= FEWEST_OF_A_CLASS
