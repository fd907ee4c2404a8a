"""What a bundle of images judges by: the images learned from, and what a model itself says of some of them."""

from collections.abc import Iterable

import numpy as np

from automl.bundle.learned_images import MOST_GOLDEN_IMAGES, GoldenImages, LearnedImages
from automl.domain.image_result import WeightsUsed
from automl.domain.weights import WeightsSource
from automl.models.base import Index
from automl.runtime.image.verdicts import unusual
from automl.search.image.task import ImageTask
from automl.search.image.views import ImageSource, view_of
from automl.search.recipe import Recipe
from automl.training.image.final_model import FinalImageModel

NEAR_THE_LINES = 20


def learned_images(task: ImageTask) -> LearnedImages:
    """The learning images of a task, in numbers: flaws that only judge are none of them."""
    rows = np.setdiff1d(task.learnable(task.plan.learn), task.drawn)
    images = [task.images[row] for row in rows.tolist()]
    counts = np.bincount(task.target[rows].astype(np.int64), minlength=len(task.classes))
    widths, heights = [image.width for image in images], [image.height for image in images]
    return LearnedImages(
        image_count=len(images),
        class_counts=tuple(int(count) for count in counts),
        group_count=len({image.group for image in images}),
        smallest=(min(widths), min(heights)),
        largest=(max(widths), max(heights)),
    )


def weights_used(task: ImageTask, recipes: Iterable[Recipe]) -> tuple[WeightsUsed, ...]:
    """The weights from elsewhere that recipes stand on, each once."""
    records = (task.families.weights_of(recipe.parameters) for recipe in recipes)
    used = {record.sha256: record for record in records if record is not None}
    return tuple(
        WeightsUsed(record.name, record.licence, record.non_commercial)
        for record in used.values()
        if record.source is not WeightsSource.BUILT_IN
    )


def golden_images(
    task: ImageTask,
    source: ImageSource,
    model: FinalImageModel,
    lines: tuple[float, float],
    weights: tuple[WeightsUsed, ...] = (),
) -> GoldenImages:
    """Answers of the model's own form to up to fifty images: near the lines first, then of all classes in turn."""
    rows = np.setdiff1d(np.arange(len(task.images)), task.drawn).astype(np.int64)
    view = view_of(task, source, rows)
    answers = model.predict(view)
    risks = unusual(answers, task.good)
    away = np.min([np.abs(risks - line) for line in lines], axis=0)
    near = np.argsort(away, kind="stable")[:NEAR_THE_LINES]
    chosen = list(dict.fromkeys([*near.tolist(), *_in_turn(view.target, task.seed)]))[:MOST_GOLDEN_IMAGES]
    places = np.sort(np.array(chosen, dtype=np.int64))
    outside = model.outside(view)
    return GoldenImages(
        numbers=tuple(view.images[place].number for place in places.tolist()),
        probabilities=tuple(tuple(float(one) for one in answers[place]) for place in places.tolist()),
        outside=tuple(float(outside[place]) for place in places.tolist()),
        weights=weights,
    )


def _in_turn(codes: Index, seed: int) -> list[int]:
    """Places of all images so that classes take turns."""
    order = np.random.default_rng(seed).permutation(len(codes))
    seen: dict[int, int] = {}
    turns = []
    for place in order.tolist():
        code = int(codes[place])
        turns.append((seen.get(code, 0), code, place))
        seen[code] = seen.get(code, 0) + 1
    return [place for _, _, place in sorted(turns)]
