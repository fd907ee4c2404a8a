"""Numbers to predict, brought to a scale on which every family learns well, and back."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from automl.domain.task import TaskKind
from automl.graph.builder import GraphBuilder
from automl.models.base import Answers, Care, Features, FittedModel, LearningRows, ModelFamily, Parameters

LOG_TARGET = "log"
TARGET_PARAMETER = "target"
ROOM, ROOM_OF_LOGARITHMS = 1.0, 0.25


@dataclass(frozen=True)
class TargetScale:
    """`(t - middle) / spread`, with t the number itself, or log1p(number / unit) when `unit` is set.

    What a model says is moved into `bounds` (scaled): no answer lies further outside the known numbers than they are wide.
    """

    middle: float
    spread: float
    unit: float | None = None
    bounds: tuple[float, float] = (-np.inf, np.inf)

    @classmethod
    def fit(cls, target: NDArray[np.float64], logarithmic: bool) -> "TargetScale":
        """Learn the scale; logarithmic only for numbers that are never negative."""
        unit = None
        if logarithmic and float(target.min()) >= 0:
            positive = target[target > 0]
            unit = float(np.median(positive)) if len(positive) else 1.0
        values = target if unit is None else np.log1p(target / unit)
        spread = float(values.std())
        scale = cls(float(values.mean()), spread if spread > 0 else 1.0, unit)
        low, high = (values.min() - scale.middle) / scale.spread, (values.max() - scale.middle) / scale.spread
        room = (high - low) * (ROOM if unit is None else ROOM_OF_LOGARITHMS)
        return replace(scale, bounds=(float(low - room), float(high + room)))

    def forward(self, target: NDArray[np.float64]) -> NDArray[np.float64]:
        """From numbers as they are to numbers as a model learns them."""
        values = target if self.unit is None else np.log1p(np.maximum(target / self.unit, -0.999))
        return np.asarray((values - self.middle) / self.spread)

    def back(self, learned: NDArray[np.float64]) -> NDArray[np.float64]:
        """From what a model says to numbers as they are."""
        values = np.clip(learned, *self.bounds) * self.spread + self.middle
        return np.asarray(values if self.unit is None else self.unit * np.expm1(values))


@dataclass(frozen=True)
class ScaledModel:
    """A model of scaled numbers that answers in real ones."""

    model: FittedModel
    scale: TargetScale

    @property
    def steps(self) -> int:
        """Steps of the model inside."""
        return self.model.steps

    @property
    def curve(self) -> tuple[float, ...]:
        """Curve of the model inside, on its scale."""
        return self.model.curve

    def after(self, steps: int) -> "ScaledModel":
        """The same model as it was after so many steps."""
        return replace(self, model=self.model.after(steps))

    def predict(self, features: Features) -> Answers:
        """Numbers [n]."""
        return self.scale.back(self.model.predict(features))

    def emit(self, graph: GraphBuilder, features: str) -> str:
        """Add the model and the way back to real numbers."""
        learned = self.model.emit(graph, features)
        spread = graph.constant(np.array([self.scale.spread], dtype=np.float32))
        middle = graph.constant(np.array([self.scale.middle], dtype=np.float32))
        low, high = (graph.constant(np.float32(bound)) for bound in self.scale.bounds)
        inside = graph.node("Clip", [learned, low, high])
        values = graph.node("Add", [graph.node("Mul", [inside, spread]), middle])
        if self.scale.unit is None:
            return values
        one = graph.constant(np.array([1.0], dtype=np.float32))
        unit = graph.constant(np.array([self.scale.unit], dtype=np.float32))
        return graph.node("Mul", [graph.node("Sub", [graph.node("Exp", [values]), one]), unit])


def fit_model(
    family: ModelFamily, rows: LearningRows, parameters: Parameters, care: Care, checking: LearningRows | None = None
) -> FittedModel:
    """Fit a family; numbers to predict are scaled first and answers brought back."""
    own = {name: value for name, value in parameters.items() if name != TARGET_PARAMETER}
    if rows.shape.task is not TaskKind.REGRESSION:
        return family.fit(rows, own, care, checking)
    scale = TargetScale.fit(rows.target.astype(np.float64), parameters.get(TARGET_PARAMETER) == LOG_TARGET)
    scaled = replace(rows, target=scale.forward(rows.target.astype(np.float64)))
    scaled_checking = None
    if checking is not None:
        scaled_checking = replace(checking, target=scale.forward(checking.target.astype(np.float64)))
    return ScaledModel(family.fit(scaled, own, care, scaled_checking), scale)
