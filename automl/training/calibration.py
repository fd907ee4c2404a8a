"""Risks made honest: a temperature (Guo et al. 2017) found on out-of-fold answers, taken only when it clearly helps.

A temperature keeps the order of the classes, so it can neither cost accuracy nor change who is above whom.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from automl.domain.task import TaskKind
from automl.evaluation.metrics import row_losses
from automl.evaluation.temperature import LOG_LOSS, best_temperature
from automl.graph.calibration import Temperature
from automl.models.base import Answers
from automl.search.learning_task import LearningTask

FEWEST_ROWS, FEWEST_OF_A_CLASS = 500, 40


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
    gain = row_losses(LOG_LOSS, truth, answers) - row_losses(LOG_LOSS, truth, honest)
    if float(gain.mean()) <= float(gain.std(ddof=1)) / np.sqrt(len(gain)):
        return None, answers
    return best_temperature(truth, answers), honest


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
