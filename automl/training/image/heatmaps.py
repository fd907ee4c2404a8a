"""Where models looked: on images they had not learned from, on one scale a model."""

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from automl.models.base import Index
from automl.models.image.base import FittedImageModel, Maps
from automl.search.cross_validation import Trial
from automl.search.image.folds import FoldModels, ImageFolds
from automl.search.image.views import view_of
from automl.training.budget import Budget
from automl.training.image.final_model import FinalImageModel
from automl.training.image.heat import HeatScale, find_scale

# The scale of a model is found on so many good images and so many flawed ones, spread over the folds.
SCALED_BY = 60
MOST_SHOWN = 400
AT_ONCE = 16
# Seconds of the budget that heatmaps leave for writing everything else.
LEFT_FOR_WRITING = 2.0

Weighed = Sequence[tuple[Trial, float]]


class HeatReader:
    """Asks the models of folds about images they had not seen, as long as they are at hand; else the final model."""

    def __init__(self, folds: ImageFolds) -> None:
        self._folds = folds
        self._task = folds.task
        good = self._task.good
        # Where no class means a good part, all parts are usual ones.
        self._usual = np.isin(self._task.target, good) if good else np.ones(len(self._task.target), dtype=bool)

    def scale_of(self, trials: Weighed, models: Sequence[FittedImageModel]) -> tuple[int | None, HeatScale | None]:
        """Which member shows where it looked, the heaviest first, and its scale; (None, None) when none can."""
        for place in sorted(range(len(models)), key=lambda number: -trials[number][1]):
            of_folds = self._folds.models(trials[place][0].recipe)
            maps = self._maps_of(self._usual, of_folds, models[place])
            if maps:
                return place, find_scale(maps, self._maps_of(~self._usual, of_folds, models[place]))
        return None, None

    def maps(
        self, model: FinalImageModel, trials: Weighed, rows: Index, *, on_holdout: bool, budget: Budget
    ) -> dict[int, Maps]:
        """Heatmaps [h, w] between 0 and 1 by image number, for as many of these rows, in order, as there is time for."""
        if model.heat_of is None or model.heat_scale is None:
            return {}
        final = model.members[model.heat_of].model
        of_folds = () if on_holdout else self._folds.models(trials[model.heat_of][0].recipe)
        found: dict[int, Maps] = {}
        for start in range(0, min(len(rows), MOST_SHOWN), AT_ONCE):
            if budget.left() < LEFT_FOR_WRITING:
                break
            for some, fitted in self._by_model(rows[start : start + AT_ONCE], of_folds, final):
                maps = fitted.heatmap(view_of(self._task, self._folds.source, some))
                if maps is not None:
                    shown = model.heat_scale.apply(maps)
                    numbers = [self._task.images[row].number for row in some.tolist()]
                    found.update(zip(numbers, shown, strict=True))
        return found

    def _maps_of(self, wanted: NDArray[np.bool_], of_folds: FoldModels, final: FittedImageModel) -> list[Maps]:
        """Maps of some of these images by models that had not seen them, or by the final one where none are at hand."""
        task = self._task
        parts = [fold.check for fold in task.plan.folds] if of_folds else [task.plan.learn]
        models = of_folds or (final,)
        found = []
        for rows, model in zip(parts, models, strict=True):
            some = rows[wanted[rows]][: -(-SCALED_BY // len(models))]
            maps = model.heatmap(view_of(task, self._folds.source, some)) if len(some) else None
            if maps is not None:
                found.append(maps)
        return found

    def _by_model(
        self, rows: Index, of_folds: FoldModels, final: FittedImageModel
    ) -> list[tuple[Index, FittedImageModel]]:
        """The rows by the model that had not seen them."""
        if not of_folds:
            return [(rows, final)]
        parts = [
            (rows[np.isin(rows, fold.check)], model)
            for fold, model in zip(self._task.plan.folds, of_folds, strict=True)
        ]
        return [(some, model) for some, model in parts if len(some)]


def as_png(heat: Maps) -> bytes:
    """A heatmap [h, w] between 0 and 1 as an 8-bit grey PNG."""
    file = io.BytesIO()
    Image.fromarray(np.rint(heat * 255.0).astype(np.uint8)).save(file, format="PNG", optimize=False)
    return file.getvalue()
