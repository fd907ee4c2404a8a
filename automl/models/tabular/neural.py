"""A small neural network after RealMLP-TD-S (Holzmüller et al. 2024): scaled inputs, three wide layers, soft activations."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from automl.domain.result import InWords
from automl.domain.task import Family, TaskKind
from automl.graph.builder import GraphBuilder
from automl.graph.dense import DenseLayer, emit_mlp
from automl.models.base import Answers, Care, Features, FittedModel, LearningRows, Parameters, Shape
from automl.models.space import Choice, Dimension, Real
from automl.models.tabular.linear import softmax
from automl.models.words import Switch, Wording, compare, describe

ROWS_AT_ONCE = 20_000
MOST_ROWS = 50_000
MOST_FEATURES = 500

WORDINGS = (
    Wording("learning_rate", "slow_learning", 0.02, "fast_learning", 0.1, "slower_learning", "faster_learning"),
    Wording("dropout", "", -1.0, "dropout", 0.05, "less_dropout", "more_dropout"),
)
SWITCHES = (Switch("width", 128, "narrow_layers"), Switch("width", 384, "wide_layers"))


@dataclass(frozen=True)
class NeuralModel:
    """Several networks of the same form whose answers are averaged. `members` hold their layers as plain arrays."""

    members: tuple[tuple[DenseLayer, ...], ...]
    shape: Shape
    bounds: tuple[float, float] = (-np.inf, np.inf)
    steps: int = 0
    curve: tuple[float, ...] = ()

    def after(self, steps: int) -> "NeuralModel":
        """The same: its schedule ends where it ends."""
        del steps
        return self

    def predict(self, features: Features) -> Answers:
        """Probabilities [n, classes] or numbers [n]."""
        blocks = [
            self._answer(features[start : start + ROWS_AT_ONCE])
            for start in range(0, max(len(features), 1), ROWS_AT_ONCE)
        ]
        return np.concatenate(blocks)

    def _answer(self, features: Features) -> Answers:
        total = np.mean([self._member_answer(layers, features) for layers in self.members], axis=0)
        return np.asarray(total, dtype=np.float64)

    def _member_answer(self, layers: tuple[DenseLayer, ...], features: Features) -> NDArray[np.float64]:
        values = features.astype(np.float64)
        for layer in layers:
            values = layer.apply(values)
        if self.shape.task is TaskKind.REGRESSION:
            return np.clip(values[:, 0], *self.bounds)
        return softmax(values)

    def emit(self, graph: GraphBuilder, features: str) -> str:
        """Add every network, and the mean of their answers."""
        answers = [self._emit_member(graph, features, layers) for layers in self.members]
        if len(answers) == 1:
            return answers[0]
        total = graph.node("Sum", answers)
        return graph.node("Mul", [total, graph.constant(np.array([1 / len(answers)], dtype=np.float32))])

    def _emit_member(self, graph: GraphBuilder, features: str, layers: tuple[DenseLayer, ...]) -> str:
        scores = emit_mlp(graph, features, layers)
        if self.shape.task is not TaskKind.REGRESSION:
            return graph.node("Softmax", [scores], axis=1)
        low, high = (graph.constant(np.float32(bound)) for bound in self.bounds)
        return graph.node("Clip", [scores, low, high])


LearnNetwork = Callable[[LearningRows, Parameters, Care, LearningRows | None], NeuralModel]


class Neural:
    """A network for tables; slow to learn and different from trees, which is what a blend needs."""

    family = Family.NEURAL
    style = "network"
    simplicity = 1

    def suits(self, shape: Shape) -> bool:
        """Fifty rows at least; above fifty thousand rows or five hundred features it does not earn its time."""
        return 50 <= shape.rows <= MOST_ROWS and shape.features <= MOST_FEATURES

    def published(self, shape: Shape) -> tuple[Parameters, ...]:
        """The tuned defaults of RealMLP without its embeddings."""
        rate = 0.04 if shape.outputs > 1 else 0.07
        return ({"learning_rate": rate, "width": 256, "dropout": 0.0, "weight_decay": 0.0},)

    def space(self, shape: Shape) -> tuple[Dimension, ...]:
        """Pace, width, and how strongly it is held back."""
        del shape
        return (
            Real("learning_rate", 0.01, 0.2, usual=0.04, logarithmic=True),
            Choice("width", (256, 128, 384)),
            Real("dropout", 0.0, 0.3, usual=0.0),
            Real("weight_decay", 0.0, 0.05, usual=0.0),
        )

    def fit(
        self, rows: LearningRows, parameters: Parameters, care: Care, checking: LearningRows | None = None
    ) -> FittedModel:
        """Learn in passes over the rows, as many as time allows."""
        # torch takes seconds to load: only a run that reaches a network pays for it.
        learn: LearnNetwork = import_module("automl.models.tabular.neural_learning").learn_network
        return learn(rows, parameters, care, checking)

    def words(self, parameters: Parameters) -> tuple[InWords, ...]:
        """For example: wide layers, dropout."""
        return describe("neural", "usual_settings", WORDINGS, SWITCHES, parameters)

    def changes(self, before: Parameters, after: Parameters) -> tuple[InWords, ...]:
        """For example: more dropout."""
        return compare("neural", WORDINGS, SWITCHES, before, after)
