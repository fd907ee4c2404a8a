"""The yardstick of a run: always the usual answer, fitted fold by fold like everything else."""

import numpy as np

from automl.models.base import Answers, Care, Features, Index, LearningRows
from automl.models.tabular.baseline import Baseline
from automl.search.learning_task import LearningTask


def guessed_answers(task: LearningTask) -> Answers:
    """Out-of-fold answers of always guessing, for the checked rows."""
    width = () if not task.classes else (len(task.classes),)
    answers = np.zeros((len(task.checked), *width))
    for fold, part in enumerate(task.plan.folds):
        model = Baseline().fit(_without_features(task, part.train), {}, Care(seed=task.seed))
        answers[task.places(fold)] = model.predict(_no_features(len(part.check)))
    return answers


def _without_features(task: LearningTask, rows: Index) -> LearningRows:
    return LearningRows(_no_features(len(rows)), task.target[rows], task.shape(rows, 0))


def _no_features(rows: int) -> Features:
    return np.empty((rows, 0), dtype=np.float32)
