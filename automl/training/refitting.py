"""Chosen recipes learn once more, on all learning rows; with time to spare several times, for steadier answers."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from automl.domain.issues import Parameter
from automl.domain.result import LeftOut
from automl.domain.task import Family
from automl.models.averaged import averaged
from automl.models.base import Care, FittedModel
from automl.models.registry import family_of
from automl.models.target_scale import fit_model
from automl.search.cross_validation import Trial
from automl.search.encoding import Encoding, encoding_of, model_parameters
from automl.search.fold_rows import EncodedPart, encode
from automl.search.learning_task import TableTask
from automl.search.recipe import Recipe
from automl.search.study import derived_seed
from automl.training.final_model import Member
from automl.training.finalists import refit_steps
from automl.training.trial_runner import TRIAL_FAILURES

# A fit that needs this many times what its folds say is cut short.
PATIENCE = 2.5
# Writing a graph takes this share of the time its fits took, at most.
WRITING_SHARE = 0.25
MOST_FITS = 4
MOST_ROWS_AVERAGED = 12_000
DRAWING = ("extra_trees", "bagging_fraction", "feature_fraction")


class Refits:
    """Fits of finished trials on all learning rows. `time_left` are the seconds for all of them together."""

    def __init__(self, task: TableTask, care: Care, time_left: Callable[[], float]) -> None:
        self._task = task
        self._care = care
        self._time_left = time_left
        self._encoded: dict[Encoding, EncodedPart] = {}
        self._fits: dict[int, list[FittedModel]] = {}
        self._seconds: dict[int, float] = {}
        self.left_out: list[LeftOut] = []

    def has(self, number: int) -> bool:
        """Whether a trial was fitted."""
        return number in self._fits

    def fit(self, trial: Trial, seconds: float, least: float = 0.0) -> bool:
        """Fit a trial once, expected to take so many seconds; a failure is said, and no end of the run.

        `least` seconds are given in any case: half a model is not the model that was checked.
        """
        start = time.monotonic()
        try:
            model = self._fitted(trial, PATIENCE * seconds + 0.5, least)
        except TRIAL_FAILURES as error:
            facts: dict[str, Parameter] = {"number": trial.number, "kind": type(error).__name__}
            self.left_out.append(LeftOut("left_out.refit_failed", facts))
            return False
        self._fits.setdefault(trial.number, []).append(model)
        self._seconds[trial.number] = time.monotonic() - start
        return True

    def repeat(self, trials: Sequence[Trial]) -> None:
        """Fit trials again with other draws, in turn, as long as there is time for it and for writing what stands."""
        for repeat in range(1, 1 + MOST_FITS):
            for trial in trials:
                wanted = self.has(trial.number) and repeat < fits_of(trial.recipe, len(self._task.plan.learn))
                if not wanted or self._time_left() < self._next(trial) + self.writing_seconds():
                    continue
                if not self.fit(trial, self._seconds[trial.number]):
                    return

    def writing_seconds(self) -> float:
        """What writing the graphs of all fits will take at most."""
        return WRITING_SHARE * sum(self._seconds[number] * len(fits) for number, fits in self._fits.items())

    def member(self, trial: Trial) -> Member:
        """The model of a fitted trial."""
        part = self._encoded[encoding_of(trial.recipe, self._task)]
        return Member(part.encoder, averaged(self._fits[trial.number]))

    def _next(self, trial: Trial) -> float:
        return self._seconds[trial.number] * (1 + WRITING_SHARE)

    def _fitted(self, trial: Trial, seconds: float, least: float) -> FittedModel:
        encoding = encoding_of(trial.recipe, self._task)
        if encoding not in self._encoded:
            self._encoded[encoding] = encode(self._task, encoding, self._task.plan.learn)
        begun = time.monotonic()
        count = len(self._fits.get(trial.number, ()))

        def time_left() -> float:
            spent = time.monotonic() - begun
            return min(max(self._time_left(), least - spent), seconds - spent)

        care = replace(
            self._care,
            seed=derived_seed(self._care.seed, 1000 * trial.number + count) % 2**31,
            steps=refit_steps(self._task, trial) if trial.steps else None,
            time_left=time_left,
        )
        family = family_of(trial.recipe.family)
        return fit_model(family, self._encoded[encoding].rows, model_parameters(trial.recipe), care)


def fits_of(recipe: Recipe, rows: int) -> int:
    """How many fits of a recipe are averaged at most: few rows and random draws gain most from it."""
    draws = recipe.family is Family.NEURAL or (
        recipe.family is Family.BOOSTED and any(name in recipe.parameters for name in DRAWING)
    )
    if not draws or rows > MOST_ROWS_AVERAGED:
        return 1
    return 2 if recipe.family is Family.NEURAL else MOST_FITS
