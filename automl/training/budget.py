"""Time: what is left, what the end of the job will need, and what may still begin."""

import math
import time
from collections.abc import Callable

from automl.domain.events import JobProgress, Phase
from automl.domain.result import InWords
from automl.evaluation.uncertainty import MOST_ROWS
from automl.search.cross_validation import Trial
from automl.search.learning_task import LearningTask
from automl.training.host import Host

# Seconds and shares kept for refitting, the final check and writing, whatever was measured so far.
LEAST_RESERVE, LEAST_SHARE, MOST_SHARE = 0.8, 0.06, 0.4
CAUTION = 1.2
# What refitting a recipe will cost, as a share of the time its trial has taken so far.
REFIT_SHARE = 0.4
MOST_SPENT_BEFORE = 0.75
MOST_SLOWDOWN = 5.0
LEAST_FOR_BEST, SHARE_FOR_BEST = 0.8, 0.03
FEWEST_SECONDS = 0.2
IMPORTANCE_PART = 0.05
MOST_IMPORTANCE_SECONDS = 5.0


class Budget:
    """The time of one job. `reserve` seconds are kept for its end and grow as real costs become known."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._fraction = 0.0
        self._spent_before = 0.0
        self._began = host.elapsed
        self._process_began = time.process_time()
        self.total = math.inf if host.deadline is None else host.deadline - time.monotonic() + host.elapsed
        self.reserve = self._bounded(0.0)

    def left(self) -> float:
        """Seconds until the job must have ended."""
        deadline = self._host.deadline
        return math.inf if deadline is None else deadline - time.monotonic() - self._spent_before

    def slowdown(self) -> float:
        """How many times longer work takes than its processor time says: other programs want the processor, too."""
        worked = time.process_time() - self._process_began
        return min(max(1.0, (self._host.elapsed - self._began) / max(worked, 1e-3)), MOST_SLOWDOWN)

    def least_for_best(self) -> float:
        """Seconds the best recipe may learn in any case, even a little beyond the end."""
        return math.inf if math.isinf(self.total) else LEAST_FOR_BEST + SHARE_FOR_BEST * self.total

    def resume(self, spent: float) -> None:
        """Take off what an earlier run has already spent; a quarter of the budget stays to go on with in any case."""
        self._spent_before = min(spent, MOST_SPENT_BEFORE * self.total) if math.isfinite(self.total) else 0.0

    def left_for_search(self) -> float:
        """Seconds until the search must have ended; nothing once a person wants to finish."""
        return 0.0 if self._host.finish_requested else self.left() - self.reserve

    def expect_end(self, needed: float, welcome: float) -> None:
        """Keep time for what the end needs, in expected seconds, with caution; and for what is welcome there."""
        self.reserve = self._bounded(CAUTION * needed + welcome)

    def importance_seconds(self) -> float:
        """What is kept for shuffling columns, which answers the first question people ask of a model."""
        return min(MOST_IMPORTANCE_SECONDS, IMPORTANCE_PART * self.total)

    def limited(self, seconds: float) -> Callable[[], float]:
        """A clock for one trial: the time left for the search, but at most so many seconds from now."""
        begun = self._host.elapsed

        def left() -> float:
            spent = self._host.elapsed - begun
            return min(self.left_for_search() - REFIT_SHARE * spent, seconds - spent)

        return left

    def first_trial(self) -> Callable[[], float]:
        """A clock for the first trial, which goes on when a person wants to finish: without it there is nothing to keep."""
        begun = self._host.elapsed
        return lambda: min(self.left() - self.reserve, self.total / 2 - (self._host.elapsed - begun))

    def affords(self, seconds: float) -> bool:
        """Whether something of that length may begin."""
        return seconds + FEWEST_SECONDS < self.left_for_search()

    def tell(self, phase: Phase, done: float, total: float | None = None, doing: InWords | None = None) -> None:
        """Report progress; the fraction of the whole job never falls."""
        eta: tuple[float, float] | None = None
        if math.isfinite(self.total):
            left = max(0.0, self.left())
            if self._host.finish_requested or phase in (Phase.BLEND, Phase.FINAL_CHECK):
                eta = (min(left, self.reserve) * 0.3, min(left, self.reserve))
            else:
                eta = (left * 0.8, left)
            self._fraction = max(self._fraction, min(0.99, 1 - left / self.total))
        fraction = self._fraction if math.isfinite(self.total) else None
        if phase is Phase.FINAL_CHECK and done == total:
            fraction, eta = 1.0, (0.0, 0.0)
        self._host.emit(
            JobProgress(phase=phase, done=done, total=total, fraction=fraction, eta_seconds=eta, doing=doing)
        )

    def _bounded(self, seconds: float) -> float:
        if math.isinf(self.total):
            return 0.0
        least = max(LEAST_RESERVE, LEAST_SHARE * self.total)
        return min(max(seconds, least), MOST_SHARE * self.total)


def checking_seconds(task: LearningTask, models: int) -> float:
    """What the final check of so many models will take on a usual computer: resampling, charts, writing."""
    judged = len(task.plan.holdout) or len(task.checked)
    return 0.3 + 0.06 * models + 0.25 * models * min(judged, MOST_ROWS) / MOST_ROWS


def refit_seconds(trial: Trial, task: LearningTask) -> float:
    """What fitting a recipe once more on all learning rows will take, judged by its folds."""
    folds = task.plan.folds
    of_folds = sum(len(fold.train) for fold in folds)
    return trial.seconds * len(task.plan.learn) / max(of_folds, 1)
