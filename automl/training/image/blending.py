"""A blend of calibrated models is less sure of itself than it may be: one temperature sharpens it again where that helps."""

import numpy as np

from automl.domain.task import TaskKind
from automl.evaluation.logit_scaling import fit_temperature, squared_errors
from automl.graph.calibration import Temperature
from automl.models.base import Answers, Index
from automl.search.image.task import ImageTask

_NEAREST = 1e-6


def calibrated_blend(task: ImageTask, answers: Answers) -> tuple[Temperature | None, Answers]:
    """Return the temperature for a blend's out-of-fold answers with the answers as they are then; None when it does not help.

    Every answer is judged with a temperature that was found on other folds. A temperature keeps the order of the classes.
    """
    if task.task is TaskKind.ANOMALY:
        return None, answers
    truth = task.checked_target.astype(np.int64)
    honest = answers.copy()
    everything = np.arange(len(truth))
    for fold in range(len(task.plan.folds)):
        part = task.places(fold)
        others = np.setdiff1d(everything, part)
        honest[part] = _temperature(truth[others], answers[others]).apply(answers[part])
    gain = squared_errors(truth, answers) - squared_errors(truth, honest)
    if float(gain.mean()) <= float(gain.std(ddof=1)) / np.sqrt(len(gain)):
        return None, answers
    return _temperature(truth, answers), honest


def _temperature(truth: Index, answers: Answers) -> Temperature:
    scaling = fit_temperature(truth, np.log(np.maximum(answers, _NEAREST)))
    return Temperature(1.0 / scaling.weights[0][0])
