"""Runs trials: tells what is being tried, keeps what finished, and lets no failing recipe end the run."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import lightgbm
import numpy as np

from automl.domain.events import TrialFinished, TrialReported, TrialStarted, TrialState
from automl.domain.issues import Refusal
from automl.domain.result import InWords
from automl.evaluation.metrics import answers as said_answers
from automl.models.base import Care, Report
from automl.search.cross_validation import CrossValidation, Trial, Yardsticks
from automl.search.recipe import Recipe
from automl.search.recipe_words import recipe_words
from automl.search.study import Study, derived_seed
from automl.training.devices import Compute
from automl.training.host import Host
from automl.training.run_record import KeptTrial, RunRecord

_logger = logging.getLogger(__name__)

# What a library may raise over one recipe. Everything else is a fault of the program and ends the run.
TRIAL_FAILURES = (
    ValueError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
    np.linalg.LinAlgError,
    lightgbm.basic.LightGBMError,
    Refusal,
)


class TrialRunner:
    """The trials of one run, numbered from 1. The baseline is not a trial.

    With `spares_newcomers` the first recipe of every family goes on however it begins: a blend lives on models that differ.
    """

    def __init__(
        self,
        validation: CrossValidation,
        study: Study,
        record: RunRecord,
        host: Host,
        compute: Compute,
        *,
        spares_newcomers: bool = False,
    ) -> None:
        self.trials: list[Trial] = []
        self.yardsticks = Yardsticks()
        self._validation = validation
        self._study = study
        self._host = host
        self._record = record
        self._compute = compute
        self._spares_newcomers = spares_newcomers
        self._next = 1

    @property
    def complete(self) -> list[Trial]:
        """Trials that were scored to the end, best first."""
        return sorted((trial for trial in self.trials if trial.complete), key=lambda trial: trial.guide_loss)

    def try_recipe(
        self,
        recipe: Recipe,
        time_left: Callable[[], float],
        words: Sequence[InWords] = (),
        reason: InWords | None = None,
    ) -> Trial:
        """Try a recipe in the time left for it; its end, good or bad, is written down before anybody hears of it."""
        number = self._next
        self._next += 1
        spoken = tuple(words) or recipe_words(recipe)
        self._host.emit(TrialStarted(number=number, family=recipe.family, words=spoken, reason=reason))
        care = Care(
            seed=derived_seed(self._validation.task.seed, number) % 2**31,
            threads=self._compute.threads,
            time_left=time_left,
            check_stop=self._host.check_stop,
            report=self._reporter(number),
            device=self._compute.network_device,
        )
        trial = self._tried(number, recipe, care)
        self._keep(trial)
        return trial

    def restore(self, kept: Sequence[KeptTrial]) -> None:
        """Take over the finished trials of an earlier run."""
        for one in kept:
            if len(one.said) == len(self._validation.task.checked):
                self._next = max(self._next, one.number + 1)
                self._keep(self._validation.restored(one.number, one.recipe, one.said, one.seconds, one.steps))

    def _tried(self, number: int, recipe: Recipe, care: Care) -> Trial:
        start = time.monotonic()
        try:
            yardsticks = Yardsticks() if self._is_spared(recipe) else self.yardsticks
            return self._validation.run(number, recipe, care, yardsticks, must_finish=not self.complete)
        except TRIAL_FAILURES as error:
            _logger.exception("trial %d failed", number)
            reason = _reason(error)
            return Trial(number, recipe, TrialState.FAILED, time.monotonic() - start, reason=reason)

    def _is_spared(self, recipe: Recipe) -> bool:
        known = {trial.recipe.family for trial in self.complete}
        return self._spares_newcomers and recipe.family not in known

    def _keep(self, trial: Trial) -> None:
        """Write a trial down, learn from it, tell about it."""
        self._record.keep_trial(trial)
        value = trial.checking.value if trial.checking else None
        self.trials.append(trial)
        self._study.learn(trial)
        if trial.complete and trial is self.complete[0]:
            self.yardsticks = replace(self.yardsticks, best=trial.guide_losses)
        self._host.emit(
            TrialFinished(
                number=trial.number,
                family=trial.recipe.family,
                state=trial.state,
                value=value,
                lower=trial.checking.lower if trial.checking else None,
                upper=trial.checking.upper if trial.checking else None,
                seconds=trial.seconds,
                parameters=dict(trial.recipe.parameters),
                words=recipe_words(trial.recipe),
                found=self._found(trial),
                reason=trial.reason,
            )
        )

    def _found(self, trial: Trial) -> float | None:
        """The share of "yes" rows that raise an alarm at the trial's own alarm line."""
        task = self._validation.task
        if not task.task.has_risk or trial.answers is None:
            return None
        yes = task.checked_target == 1
        if not yes.any():
            return None
        line = self._validation.scoring(trial.answers).alarm_line
        return float(np.mean(said_answers(trial.answers, line)[yes] == 1))

    def _reporter(self, number: int) -> Report:
        def report(step: int, steps: int, checking: float, learning: float | None) -> None:
            if np.isfinite(checking):
                self._host.emit(
                    TrialReported(number=number, step=step, steps=steps, checking=checking, learning=learning)
                )

        return report


def _reason(error: BaseException) -> InWords:
    """Why a recipe failed, in words; the details stand in the log."""
    if isinstance(error, Refusal):
        return InWords("trial.no_usable_column")
    if isinstance(error, MemoryError) or "out of memory" in str(error).lower():
        return InWords("trial.out_of_memory")
    return InWords("trial.library_failed", {"kind": type(error).__name__})
