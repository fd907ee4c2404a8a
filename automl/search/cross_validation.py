"""One trial: a recipe learns on every fold and answers the rows it has not seen. Hopeless trials end early."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from automl.domain.events import TrialState
from automl.domain.result import Interval, InWords
from automl.domain.task import TaskKind
from automl.evaluation.metrics import Scoring, score
from automl.evaluation.thresholds import best_alarm_line
from automl.evaluation.uncertainty import cv_interval
from automl.models.base import Answers, Care, Target, forever
from automl.search.learning_task import LearningTask
from automl.search.recipe import Recipe

# A trial ends after a fold when it has lost more than this share of the way from the best trial back to guessing.
HOPELESS_AFTER = {1: 0.35, 2: 0.2}
# It also ends when it would need this many times the time it has.
TOLERATED_LATENESS = 1.3


@dataclass(frozen=True, eq=False)
class Trial:
    """A recipe that was tried. `answers` [checked rows, ...] are out-of-fold; empty when it did not finish.

    `guide_loss` is the steering loss over all rows, `guide_losses` that of every finished fold, `steps` how long to learn.
    `said` is what the models themselves said out of fold, from which `answers` follow.
    """

    number: int
    recipe: Recipe
    state: TrialState
    seconds: float
    answers: Answers | None = None
    checking: Interval | None = None
    guide_loss: float = float("inf")
    guide_losses: tuple[float, ...] = ()
    steps: int = 0
    reason: InWords | None = None
    said: Answers | None = None

    @property
    def complete(self) -> bool:
        """Whether it was scored to the end."""
        return self.state is TrialState.COMPLETE


@dataclass(frozen=True)
class Yardsticks:
    """What a trial is held against after its first folds: steering losses a fold of the best trial and of guessing."""

    best: tuple[float, ...] = ()
    guessing: tuple[float, ...] = ()

    def hopeless(self, losses: Sequence[float]) -> bool:
        """Whether a trial with these first losses is clearly worse than the best one."""
        limit = HOPELESS_AFTER.get(len(losses))
        if limit is None or len(self.best) < len(losses) or len(self.guessing) < len(losses):
            return False
        best = float(np.mean(self.best[: len(losses)]))
        guessing = float(np.mean(self.guessing[: len(losses)]))
        return float(np.mean(losses)) > best + limit * max(guessing - best, 0.0)


class OutOfTimeError(Exception):
    """A recipe cannot be tried in the time there is for it."""


@dataclass(frozen=True, eq=False)
class OutOfFold:
    """What the models of all folds together say of the checked rows [checked rows, ...], and how many steps they learned."""

    said: Answers
    steps: int = 0


class RecipeFits(Protocol):
    """The models of one recipe, fold by fold."""

    def prepare(self, time_left: Callable[[], float]) -> None:
        """Do what all folds need. Raises OutOfTimeError when that takes longer than there is time."""
        ...

    def fit(self, fold: int, care: Care) -> float:
        """Learn on the learning rows of a fold; returns the steering loss on its checking rows."""
        ...

    def together(self) -> OutOfFold:
        """What the models of all folds say of the rows they have not seen."""
        ...


class Folds(Protocol):
    """The folds of one task, whatever a row is: where recipes are fitted."""

    def begin(self, recipe: Recipe) -> RecipeFits:
        """Begin with the first fold of a recipe."""
        ...

    def answers(self, said: Answers) -> Answers:
        """The answers that follow from what models said, no row's answer depending on its own truth."""
        ...


class CrossValidation:
    """Tries recipes on the folds of one learning task."""

    def __init__(self, task: LearningTask, parts: Folds) -> None:
        self.task = task
        self._parts = parts

    @property
    def folds(self) -> int:
        """How many folds there are."""
        return len(self.task.plan.folds)

    def run(
        self, number: int, recipe: Recipe, care: Care, yardsticks: Yardsticks, *, must_finish: bool = False
    ) -> Trial:
        """Try a recipe within the time `care` leaves for it; one that `must_finish` rather learns less than ends early."""
        start = time.monotonic()
        fits = self._parts.begin(recipe)
        losses: tuple[float, ...] = ()
        try:
            fits.prepare(forever if must_finish else care.time_left)
        except OutOfTimeError:
            seconds, reason = time.monotonic() - start, self._reason("trial.no_time", losses)
            return Trial(number, recipe, TrialState.PRUNED, seconds, reason=reason)
        for fold in range(self.folds):
            losses = (*losses, fits.fit(fold, _share_of_time(care, self.folds - fold)))
            time_left = math.inf if must_finish else care.time_left()
            seconds = time.monotonic() - start
            state, code = self._verdict(losses, seconds, time_left, yardsticks)
            if state is not TrialState.COMPLETE:
                return Trial(number, recipe, state, seconds, guide_losses=losses, reason=self._reason(code, losses))
            care = replace(care, report=None)
        whole = fits.together()
        return self.restored(number, recipe, whole.said, time.monotonic() - start, whole.steps)

    def restored(self, number: int, recipe: Recipe, said: Answers, seconds: float, steps: int) -> Trial:
        """The finished trial whose models said this out of fold."""
        answers = self._parts.answers(said)
        return Trial(
            number,
            recipe,
            TrialState.COMPLETE,
            seconds,
            answers,
            self.checking(answers),
            self.task.guide_loss(self.task.checked_target, answers),
            self.fold_losses(answers),
            steps,
            said=said,
        )

    def fold_losses(self, answers: Answers) -> tuple[float, ...]:
        """The steering loss of out-of-fold answers, fold by fold."""
        return tuple(
            self.task.guide_loss(self._truth(fold), answers[self.task.places(fold)]) for fold in range(self.folds)
        )

    def checking(self, answers: Answers) -> Interval:
        """The score for choosing, with its interval from the folds (Nadeau & Bengio 2003)."""
        scores = self._fold_scores(self.scoring(answers), answers)
        if not np.isfinite(scores).any():
            # No fold alone has rows of every class; all of them together may, and if not, nobody can rank by this metric.
            together = score(self.scoring(answers), self.task.checked_target, answers)
            value = together if np.isfinite(together) else 0.0
            return Interval(value, value, value)
        parts = self.task.plan.folds
        train_rows = float(np.mean([len(part.train) for part in parts]))
        check_rows = float(np.mean([len(part.check) for part in parts]))
        known = [value for value in scores if np.isfinite(value)]
        return cv_interval(known, train_rows, check_rows, self.task.scoring.metric.limits)

    def scoring(self, answers: Answers) -> Scoring:
        """How these answers are judged: a yes/no model gets its own alarm line, found on out-of-fold risks."""
        asked = self.task.scoring
        if self.task.task is not TaskKind.BINARY:
            return asked
        risk = answers[:, 1]
        # Risks that are alike for all rows of a fold set apart folds, not rows: nothing to find a line by.
        if asked.cost is not None and self._same_in_each_fold(risk):
            return replace(asked, alarm_line=asked.cost.alarm_line())
        return replace(asked, alarm_line=best_alarm_line(self._codes(), risk, asked.cost))

    def _same_in_each_fold(self, risk: Answers) -> bool:
        return all(float(np.ptp(risk[self.task.places(fold)])) == 0.0 for fold in range(self.folds))

    def _codes(self) -> NDArray[np.int64]:
        return self.task.checked_target.astype(np.int64)

    def _fold_scores(self, scoring: Scoring, answers: Answers) -> tuple[float, ...]:
        return tuple(score(scoring, self._truth(fold), answers[self.task.places(fold)]) for fold in range(self.folds))

    def _truth(self, fold: int) -> Target:
        return self.task.target[self.task.plan.folds[fold].check]

    def _verdict(
        self, losses: tuple[float, ...], seconds: float, time_left: float, yardsticks: Yardsticks
    ) -> tuple[TrialState, str]:
        """Whether a trial goes on after some folds, and if not, why."""
        done, left = len(losses), self.folds - len(losses)
        if not np.isfinite(losses[-1]):
            return TrialState.FAILED, "trial.no_number"
        if left and yardsticks.hopeless(losses):
            return TrialState.PRUNED, "trial.clearly_worse"
        if left and seconds / done * left > TOLERATED_LATENESS * time_left:
            return TrialState.PRUNED, "trial.no_time"
        return TrialState.COMPLETE, ""

    def _reason(self, code: str, losses: Sequence[float]) -> InWords:
        return InWords(code, {"folds": len(losses), "of": self.folds})


def _share_of_time(care: Care, folds_left: int) -> Care:
    """Care for one fold, which must leave time for the folds after it."""
    left = care.time_left()
    if math.isinf(left):
        return care
    for_others = left * (1 - 1 / folds_left)
    return replace(care, time_left=lambda: care.time_left() - for_others)
