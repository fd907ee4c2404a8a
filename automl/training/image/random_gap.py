"""What near duplicates on both sides of a split would have made of the score: shown, so that nobody is fooled by it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from automl.domain.result import ModelSummary
from automl.domain.task import Family, RandomSplit
from automl.evaluation.splits import SplitInput, plan_split
from automl.models.base import Answers, Care
from automl.search.cross_validation import CrossValidation, Trial, Yardsticks
from automl.search.image.folds import ImageFolds
from automl.search.image.task import ImageTask
from automl.training.budget import Budget

CAUTION = 1.3


@dataclass(frozen=True)
class GapOfSplits:
    """The same metric with near duplicates torn apart and kept together; `random` None where there was no time to tell."""

    random: float | None = None
    grouped: float | None = None


def gap_of(
    folds: ImageFolds, trials: Sequence[tuple[Trial, float]], summary: ModelSummary, care: Care, budget: Budget
) -> GapOfSplits:
    """Try a model's recipes again on a split that tears near duplicates apart.

    Without near duplicates both scores are the same. A blend that is too slow is represented by its heaviest part.
    """
    grouped = summary.checking.value
    if len(np.unique(folds.task.groups)) == len(folds.task.groups):
        return GapOfSplits(grouped, grouped)
    learned = [(trial, weight) for trial, weight in trials if trial.recipe.family is not Family.BASELINE]
    torn = torn_apart(folds.task)
    for parts in (learned, sorted(learned, key=lambda part: -part[1])[:1]):
        if parts and CAUTION * sum(trial.seconds for trial, _ in parts) < budget.left():
            return _tried(folds, torn, parts, care, grouped if len(parts) == len(learned) else None)
    return GapOfSplits(None, grouped)


def torn_apart(task: ImageTask) -> ImageTask:
    """The same task with folds that know nothing of groups."""
    learn = task.plan.learn
    rows = SplitInput(task.target[learn], np.arange(len(learn), dtype=np.int64))
    drawn = plan_split(rows, RandomSplit(), None, task.seed, len(task.plan.folds))
    folds = tuple(type(fold)(learn[fold.train], learn[fold.check]) for fold in drawn.folds)
    return replace(task, plan=replace(task.plan, folds=folds))


def _tried(
    folds: ImageFolds, torn: ImageTask, parts: Sequence[tuple[Trial, float]], care: Care, grouped: float | None
) -> GapOfSplits:
    validation = CrossValidation(torn, ImageFolds(torn, folds.source))
    total: Answers | None = None
    for trial, weight in parts:
        again = validation.run(trial.number, trial.recipe, care, Yardsticks(), must_finish=True)
        if again.answers is None:
            return GapOfSplits(None, grouped)
        total = weight * again.answers if total is None else total + weight * again.answers
    if total is None:
        return GapOfSplits(None, grouped)
    if grouped is None and parts[0][0].checking is not None:
        grouped = parts[0][0].checking.value
    return GapOfSplits(validation.checking(total / total.sum(axis=1, keepdims=True)).value, grouped)
