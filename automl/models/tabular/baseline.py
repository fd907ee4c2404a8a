"""The yardstick: always the same answer, the shares of the classes or the mean."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.domain.result import InWords
from automl.domain.task import Family, TaskKind
from automl.graph.builder import GraphBuilder
from automl.models.base import Answers, Care, Features, FittedModel, LearningRows, Parameters, Shape
from automl.models.space import Dimension


@dataclass(frozen=True)
class ConstantModel:
    """Answers `answer` to every row: one probability a class, or one number."""

    answer: NDArray[np.float64]
    task: TaskKind
    steps: int = 0
    curve: tuple[float, ...] = ()

    def after(self, steps: int) -> "ConstantModel":
        """The same: it does not learn in steps."""
        del steps
        return self

    def predict(self, features: Features) -> Answers:
        """The same answer for every row."""
        if self.task is TaskKind.REGRESSION:
            return np.full(len(features), self.answer[0])
        return np.tile(self.answer, (len(features), 1))

    def emit(self, graph: GraphBuilder, features: str) -> str:
        """Add a graph that multiplies every feature by nothing and adds the answer."""
        return emit_constant(graph, features, self.answer)


def emit_constant(graph: GraphBuilder, features: str, answer: NDArray[np.float64]) -> str:
    """A [N, len(answer)] float32 tensor with the same row for every row of `features`."""
    rows = graph.node("Shape", [features], start=0, end=1)
    width = graph.constant(np.array([1], dtype=np.int64))
    size = graph.node("Concat", [rows, width], axis=0)
    return graph.node("Tile", [graph.constant(answer.astype(np.float32).reshape(1, -1)), size])


class Baseline:
    """Always the usual answer. Every other model has to beat it."""

    family = Family.BASELINE
    style = "tree"
    simplicity = 5

    def suits(self, shape: Shape) -> bool:
        """Always."""
        del shape
        return True

    def published(self, shape: Shape) -> tuple[Parameters, ...]:
        """There is nothing to set."""
        del shape
        return ({},)

    def space(self, shape: Shape) -> tuple[Dimension, ...]:
        """There is nothing to set."""
        del shape
        return ()

    def fit(
        self, rows: LearningRows, parameters: Parameters, care: Care, checking: LearningRows | None = None
    ) -> FittedModel:
        """Count the classes (one imaginary row shared by all of them), or take the mean."""
        del parameters, care, checking
        if rows.shape.task is TaskKind.REGRESSION:
            middle = np.median(rows.target) if rows.shape.absolute_error else np.mean(rows.target)
            return ConstantModel(np.array([middle], dtype=np.float64), rows.shape.task)
        classes = rows.shape.class_count
        counts = np.bincount(rows.target.astype(np.int64), minlength=classes) + 1.0 / classes
        return ConstantModel(counts / counts.sum(), rows.shape.task)

    def words(self, parameters: Parameters) -> tuple[InWords, ...]:
        """Always the usual answer."""
        del parameters
        return (InWords("baseline.usual_answer"),)

    def changes(self, before: Parameters, after: Parameters) -> tuple[InWords, ...]:
        """Nothing ever changes."""
        del before, after
        return ()
