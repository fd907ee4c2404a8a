"""Chosen recipes learn once more, on all learning images, and become parts of delivered models."""

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from automl.domain.issues import Parameter
from automl.domain.result import LeftOut
from automl.domain.task import Family
from automl.models.base import Care
from automl.models.image.base import FittedImageModel
from automl.search.cross_validation import Trial
from automl.search.image.folds import ImageFolds, fit_recipe
from automl.search.image.views import view_of
from automl.search.study import derived_seed
from automl.training.image.final_model import ImageMember, PlacedGate
from automl.training.image.gate import fit_gate
from automl.training.image.guessing import usual_answer
from automl.training.trial_runner import TRIAL_FAILURES

# A fit that needs this many times what its folds say is cut short.
PATIENCE = 2.5


class ImageRefits:
    """Fits of finished trials on all learning images. `time_left` are the seconds for all of them together."""

    def __init__(self, folds: ImageFolds, care: Care, time_left: Callable[[], float]) -> None:
        self._folds = folds
        self._care = care
        self._time_left = time_left
        self._fits: dict[int, FittedImageModel] = {}
        self._gates: dict[bytes, PlacedGate] = {}
        self.left_out: list[LeftOut] = []

    def has(self, number: int) -> bool:
        """Whether a trial was fitted."""
        return number in self._fits

    def fit(self, trial: Trial, seconds: float, least: float = 0.0) -> bool:
        """Fit a trial, expected to take so many seconds; a failure is said, and no end of the run.

        `least` seconds are given in any case: half a model is not the model that was checked.
        """
        task = self._folds.task
        if trial.recipe.family is Family.BASELINE:
            self._fits[trial.number] = usual_answer(task, task.plan.learn)
            return True
        begun = time.monotonic()
        patience = PATIENCE * seconds + 1.0

        def time_left() -> float:
            spent = time.monotonic() - begun
            return min(max(self._time_left(), least - spent), patience - spent)

        care = replace(self._care, seed=derived_seed(self._care.seed, 1000 * trial.number) % 2**31, time_left=time_left)
        try:
            self._fits[trial.number] = fit_recipe(task, self._folds.source, trial.recipe, task.plan.learn, care)
        except TRIAL_FAILURES as error:
            facts: dict[str, Parameter] = {"number": trial.number, "kind": type(error).__name__}
            self.left_out.append(LeftOut("left_out.refit_failed", facts))
            return False
        return True

    def member(self, trial: Trial, weight: float = 1.0) -> ImageMember:
        """A fitted trial with its scaling."""
        if trial.said is None:
            raise ValueError("a finished trial has answers")
        return ImageMember(self._fits[trial.number], self._folds.task.scaling(trial.said), weight)

    def gate(self, graph: bytes) -> PlacedGate:
        """The gate that looks through a feature graph, fitted on all learning images."""
        if graph not in self._gates:
            task = self._folds.task
            rows = task.learnable(task.plan.learn)
            parts = [
                (np.searchsorted(rows, task.learnable(fold.train)), np.searchsorted(rows, task.learnable(fold.check)))
                for fold in task.plan.folds
            ]
            features = view_of(task, self._folds.source, rows).features(graph)
            self._gates[graph] = PlacedGate(fit_gate(features, parts, task.seed), graph)
        return self._gates[graph]
