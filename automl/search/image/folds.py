"""The folds of a task on images. Models of a few recipes stay at hand, to say where they looked."""

from collections.abc import Callable, Collection

import numpy as np

from automl.models.base import Answers, Care, Index
from automl.models.image.base import FittedImageModel
from automl.search.cross_validation import OutOfFold
from automl.search.image.task import ImageTask
from automl.search.image.views import ImageSource, view_of
from automl.search.recipe import Recipe

FoldModels = tuple[FittedImageModel, ...]


def fit_recipe(task: ImageTask, source: ImageSource, recipe: Recipe, rows: Index, care: Care) -> FittedImageModel:
    """Learn a recipe, with what the goal gives to all of them, on those of these rows that may be learned from."""
    view = view_of(task, source, task.learnable(rows))
    return task.families.of(recipe.family).fit(view, {**recipe.parameters, **task.given}, care)


class ImageFolds:
    """Where recipes for images are fitted."""

    def __init__(self, task: ImageTask, source: ImageSource) -> None:
        self.task = task
        self.source = source
        self._models: list[tuple[Recipe, FoldModels]] = []

    def begin(self, recipe: Recipe) -> "ImageFits":
        """Begin with the first fold of a recipe."""
        return ImageFits(self, recipe)

    def answers(self, said: Answers) -> Answers:
        """Logits become probabilities by a scaling found on other folds."""
        return self.task.honest_answers(said)

    def remember(self, recipe: Recipe, models: FoldModels) -> None:
        """Keep the models of all folds of a recipe."""
        self._models.append((recipe, models))

    def forget_all_but(self, recipes: Collection[Recipe]) -> None:
        """Let go of models that will not be asked again."""
        self._models = [(recipe, models) for recipe, models in self._models if recipe in recipes]

    def models(self, recipe: Recipe) -> FoldModels:
        """The models of all folds of a recipe; empty when they are not at hand."""
        return next((models for known, models in self._models if known == recipe), ())


class ImageFits:
    """The models of one recipe for images."""

    def __init__(self, folds: ImageFolds, recipe: Recipe) -> None:
        self._folds = folds
        self._recipe = recipe
        self._models: list[FittedImageModel] = []
        self._said: list[Answers] = []

    def prepare(self, time_left: Callable[[], float]) -> None:
        """Let every graph the recipe looks through describe all images."""
        family = self._folds.task.families.of(self._recipe.family)
        for graph in family.feature_graphs(self._recipe.parameters):
            self._folds.source.prepare(graph, time_left)

    def fit(self, fold: int, care: Care) -> float:
        """Learn on the learning rows of a fold."""
        task, source = self._folds.task, self._folds.source
        part = task.plan.folds[fold]
        model = fit_recipe(task, source, self._recipe, part.train, care)
        said = model.logits(view_of(task, source, part.check))
        self._models.append(model)
        self._said.append(said)
        return task.loss_said(part.check, said)

    def together(self) -> OutOfFold:
        """The logits of all checked rows."""
        whole = np.zeros((len(self._folds.task.checked), self._said[0].shape[1]))
        for fold, said in enumerate(self._said):
            whole[self._folds.task.places(fold)] = said
        self._folds.remember(self._recipe, tuple(self._models))
        return OutOfFold(whole)
