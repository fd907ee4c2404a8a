"""The folds of a table: encoders and models fitted fold by fold, all models of a recipe cut to one number of steps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from automl.models.base import Answers, Care, FittedModel
from automl.models.registry import family_of
from automl.models.target_scale import fit_model
from automl.search.cross_validation import OutOfFold
from automl.search.encoding import encoding_of, model_parameters
from automl.search.fold_rows import FoldRows
from automl.search.learning_task import TableTask
from automl.search.recipe import Recipe


@dataclass(frozen=True)
class _FoldFit:
    """A model of one fold with its answers to the checking rows."""

    model: FittedModel
    answers: Answers


class TableFolds:
    """Where recipes for a table are fitted."""

    def __init__(self, task: TableTask, rows: FoldRows) -> None:
        self._task = task
        self._rows = rows

    def begin(self, recipe: Recipe) -> "TableFits":
        """Begin with the first fold of a recipe."""
        return TableFits(self._task, self._rows, recipe)

    def answers(self, said: Answers) -> Answers:
        """Models of tables say their answers outright."""
        return said


class TableFits:
    """The models of one recipe for a table."""

    def __init__(self, task: TableTask, rows: FoldRows, recipe: Recipe) -> None:
        self._task = task
        self._rows = rows
        self._recipe = recipe
        self._encoding = encoding_of(recipe, task)
        self._fits: list[_FoldFit] = []

    def prepare(self, time_left: Callable[[], float]) -> None:
        """Folds of a table are encoded when they are first needed."""

    def fit(self, fold: int, care: Care) -> float:
        """Learn on the learning rows of a fold; its checking rows tell when to stop."""
        encoded = self._rows.fold(self._encoding, fold)
        family = family_of(self._recipe.family)
        model = fit_model(family, encoded.learn, model_parameters(self._recipe), care, encoded.check)
        answers = model.predict(encoded.check.features)
        self._fits.append(_FoldFit(model, answers))
        return self._task.guide_loss(encoded.check.target, answers)

    def together(self) -> OutOfFold:
        """Out-of-fold answers of all checked rows, every model cut to the common steps."""
        steps = _common_steps([fit.model for fit in self._fits], [len(part.check) for part in self._task.plan.folds])
        whole = np.zeros((len(self._task.checked), *self._fits[0].answers.shape[1:]))
        for fold, fit in enumerate(self._fits):
            cut = fit.model.after(steps)
            same = cut.steps == fit.model.steps
            whole[self._task.places(fold)] = (
                fit.answers if same else cut.predict(self._rows.fold(self._encoding, fold).check.features)
            )
        return OutOfFold(whole, steps)


def _common_steps(models: Sequence[FittedModel], sizes: Sequence[int]) -> int:
    """One number of steps for all folds: where their mean curve, weighted by checking rows, is lowest.

    How long to learn is thus a setting of the recipe like any other, not tuned to each fold's own checking rows.
    """
    curves = [model.curve for model in models if model.curve]
    if len(curves) < len(models):
        return round(float(np.mean([model.steps for model in models])))
    shortest = min(len(curve) for curve in curves)
    mean = np.average([curve[:shortest] for curve in curves], axis=0, weights=sizes)
    return int(np.argmin(mean)) + 1
