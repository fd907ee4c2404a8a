"""The yardstick of a run on images: always the usual answer, whatever an image shows."""

from dataclasses import dataclass

import numpy as np

from automl.domain.task import TaskKind
from automl.graph.builder import GraphBuilder
from automl.models.base import Answers, Index
from automl.models.image.base import EmittedImageModel, Maps, TrainingView
from automl.search.image.task import ImageTask


@dataclass(frozen=True)
class UsualAnswer:
    """A model that has only counted classes; for good parts alone every image is as usual as any other."""

    constant: tuple[float, ...]

    def logits(self, view: TrainingView) -> Answers:
        """The same for every image, [n, K] or [n, 1]."""
        return np.tile(np.asarray(self.constant, np.float64), (len(view), 1))

    def heatmap(self, view: TrainingView) -> Maps | None:
        """It has not looked at all."""
        return None

    def emit(self, graph: GraphBuilder, pixels: str) -> EmittedImageModel:
        """Write the constant, once an image."""
        count = graph.node("Shape", [pixels], start=0, end=1)
        wide = graph.node("Concat", [count, graph.constant([len(self.constant)], np.int64)], axis=0)
        return EmittedImageModel(graph.node("Expand", [graph.constant([self.constant], np.float32), wide]))


def usual_answer(task: ImageTask, rows: Index) -> UsualAnswer:
    """Count the classes of these rows, each once more than seen (Laplace)."""
    if task.task is TaskKind.ANOMALY:
        return UsualAnswer((0.0,))
    counts = np.bincount(task.target[rows].astype(np.int64), minlength=len(task.classes)) + 1
    return UsualAnswer(tuple(np.log(counts / counts.sum()).tolist()))


def guessed_logits(task: ImageTask) -> Answers:
    """Out-of-fold logits of always guessing, for the checked rows."""
    parts = task.plan.folds
    width = len(usual_answer(task, parts[0].train).constant)
    said = np.zeros((len(task.checked), width))
    for fold, part in enumerate(parts):
        said[task.places(fold)] = usual_answer(task, part.train).constant
    return said
