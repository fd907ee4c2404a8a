"""Heads: what turns the numbers that describe an image into belief in every class."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from automl.graph.builder import GraphBuilder
from automl.graph.dense import emit_linear
from automl.models.base import Answers, Features, FittedModel

Floats = NDArray[np.float64]

_LEAST_SHARE = 1e-6


class Head(Protocol):
    """A head that has learned."""

    def logits(self, features: Features) -> Answers:
        """Belief in every class, float64 [n, K]."""
        ...

    def emit(self, graph: GraphBuilder, features: str) -> str:
        """Add the head to a graph; returns the tensor of logits, float32 [N, K]."""
        ...


@dataclass(frozen=True)
class LinearHead:
    """`features @ weights + offsets`, weights [D, K]."""

    weights: Floats
    offsets: Floats

    def logits(self, features: Features) -> Answers:
        """One product."""
        return np.asarray(features @ self.weights + self.offsets, dtype=np.float64)

    def emit(self, graph: GraphBuilder, features: str) -> str:
        """Add one matrix product."""
        return emit_linear(graph, features, self.weights, self.offsets)


@dataclass(frozen=True)
class Scaling:
    """Brings every number to mean 0 and spread 1; one that never varied stays 0."""

    centre: NDArray[np.float32]
    spread: NDArray[np.float32]

    def apply(self, features: Features) -> Features:
        """Return scaled features, float32 [n, D]."""
        return (features - self.centre) / self.spread

    def emit(self, graph: GraphBuilder, features: str) -> str:
        """Add the same steps to a graph."""
        apart = graph.node("Sub", [features, graph.constant(self.centre, np.float32)])
        return graph.node("Div", [apart, graph.constant(self.spread, np.float32)])


@dataclass(frozen=True)
class TabularHead:
    """A model for tables that learned from scaled features. `scaling` is None where scale does not matter."""

    model: FittedModel
    scaling: Scaling | None
    columns: tuple[int, ...]
    class_count: int

    def logits(self, features: Features) -> Answers:
        """Logarithms of its probabilities."""
        scaled = features if self.scaling is None else self.scaling.apply(features)
        shares = np.full((len(features), self.class_count), _LEAST_SHARE)
        shares[:, self.columns] = self.model.predict(scaled)
        return np.asarray(np.log(np.maximum(shares, _LEAST_SHARE)), dtype=np.float64)

    def emit(self, graph: GraphBuilder, features: str) -> str:
        """Add scaling, model and logarithm."""
        scaled = features if self.scaling is None else self.scaling.emit(graph, features)
        spread = np.zeros((len(self.columns), self.class_count))
        spread[np.arange(len(self.columns)), self.columns] = 1.0
        shares = graph.node("MatMul", [self.model.emit(graph, scaled), graph.constant(spread, np.float32)])
        return graph.node("Log", [graph.node("Max", [shares, graph.constant(_LEAST_SHARE, np.float32)])])


def fit_scaling(features: Features) -> Scaling:
    """Learn mean and spread of every feature, float32 [n, D]."""
    spread = features.std(axis=0, dtype=np.float64)
    centre = features.mean(axis=0, dtype=np.float64)
    # Rounding alone gives a constant feature a tiny spread, which must not be blown up.
    still = spread <= 1e-6 * (1.0 + np.abs(centre))
    return Scaling(centre.astype(np.float32), np.where(still, 1e6, spread).astype(np.float32))
