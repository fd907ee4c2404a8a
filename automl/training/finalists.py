"""Which recipes become models: the best of every family and what the blend is made of; each learns once more on all rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.domain.task import Family
from automl.models.base import Answers
from automl.search.cross_validation import Trial
from automl.search.learning_task import LearningTask
from automl.training.blend import Loss, blended, greedy_weights, honest_blend

MOST_BLENDED = 6
MOST_CANDIDATES = 16
ROWS_TO_WEIGH = 20_000


@dataclass(frozen=True)
class BlendPlan:
    """Trials with their weights in the blend, and the weight of always guessing. `answers` are honest out-of-fold ones."""

    trials: tuple[Trial, ...]
    weights: tuple[float, ...]
    guessing: Trial
    guessing_weight: float
    answers: Answers


def best_of_families(trials: Sequence[Trial]) -> list[Trial]:
    """The best finished trial of every family, best first."""
    best: dict[Family, Trial] = {}
    for trial in sorted(trials, key=lambda one: one.guide_loss):
        best.setdefault(trial.recipe.family, trial)
    return list(best.values())


def plan_blend(
    task: LearningTask, trials: Sequence[Trial], guessing: Trial, affordable: Callable[[Sequence[Trial]], bool]
) -> BlendPlan | None:
    """Weigh finished trials, always guessing among them, on out-of-fold answers; None when one model alone does best.

    `affordable` says whether these trials can be fitted again in the time left.
    """
    ranked = sorted(trials, key=lambda one: one.guide_loss)
    candidates = list(dict.fromkeys([*best_of_families(ranked), *ranked]))[:MOST_CANDIDATES]
    candidates = _within_means(candidates, affordable)
    if not candidates:
        return None
    answers = [_known(guessing.answers), *(_known(trial.answers) for trial in candidates)]
    loss = _loss(task)
    rows = _sample(len(task.checked), task.seed)
    weights = greedy_weights(answers, loss, rows, MOST_BLENDED)
    chosen = [index for index in range(1, len(answers)) if weights[index] > 0]
    if len(chosen) < 2 and weights[0] == 0:
        return None
    parts = [task.places(fold) for fold in range(len(task.plan.folds))]
    if rows is not None:
        parts = [np.intersect1d(part, rows) for part in parts]
    honest = honest_blend(answers, loss, parts, MOST_BLENDED) if rows is None and len(parts) > 1 else None
    if honest is None:
        honest = blended(answers, weights)
    return BlendPlan(
        tuple(candidates[index - 1] for index in chosen),
        tuple(float(weights[index]) for index in chosen),
        guessing,
        float(weights[0]),
        honest,
    )


def refit_steps(task: LearningTask, trial: Trial) -> int:
    """Boosting rounds grow with the square root of the rows; trees of a forest and passes of a network stay."""
    if trial.recipe.family is not Family.BOOSTED:
        return trial.steps
    of_folds = float(np.mean([len(fold.train) for fold in task.plan.folds]))
    return max(1, round(trial.steps * float(np.sqrt(len(task.plan.learn) / of_folds))))


def _within_means(candidates: list[Trial], affordable: Callable[[Sequence[Trial]], bool]) -> list[Trial]:
    """Drop the slowest candidates until every choice of the most that are blended can be afforded."""
    kept = list(candidates)
    while kept and not affordable(sorted(kept, key=lambda one: -one.seconds)[:MOST_BLENDED]):
        kept.remove(max(kept, key=lambda one: one.seconds))
    return kept


def _loss(task: LearningTask) -> Loss:
    target = task.checked_target

    def loss(answers: Answers, rows: NDArray[np.int64] | None) -> float:
        return task.guide_loss(target if rows is None else target[rows], answers)

    return loss


def _sample(count: int, seed: int) -> NDArray[np.int64] | None:
    if count <= ROWS_TO_WEIGH:
        return None
    return np.sort(np.random.default_rng(seed).choice(count, ROWS_TO_WEIGH, replace=False)).astype(np.int64)


def _known(answers: Answers | None) -> Answers:
    if answers is None:
        raise ValueError("a finished trial has answers")
    return answers
