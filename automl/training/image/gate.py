"""The gate: how far an image lies from everything that was learned, by its features."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.evaluation.logit_scaling import score_line
from automl.graph.builder import GraphBuilder
from automl.graph.types import DOUBLE, FLOAT
from automl.models.base import Features, Index

MOST_DIRECTIONS = 64
IMAGES_A_DIRECTION = 4
MOST_IMAGES = 4_000
# The share of images like the learned ones that may be called unlike them, and how far beyond them the gate stands.
TURNED_AWAY = 0.005
MARGIN = 1.15
# The fewer images, the less is known of how far they reach: so many of them widen the gate by a factor of two.
IMAGES_OF_DOUBLE_WIDTH = 6
_LEAST_SPREAD = 1e-6

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Gate:
    """Distance of features [n, D] from the learned ones, 1 at the edge.

    Directions of large variation count by their own variance, all others by a common one (probabilistic principal components,
    Tipping & Bishop 1999): a covariance shrunk to what so few images can tell.
    """

    middle: Floats
    spread: Floats
    directions: Floats
    variances: Floats
    rest: float
    edge: float = 1.0

    def distance(self, features: Features) -> Floats:
        """Return the distances [n]."""
        centred = (features.astype(np.float64) - self.middle) / self.spread
        along = centred @ self.directions
        squared = (np.square(along) * self._weights).sum(axis=1) + np.square(centred).sum(axis=1) / self.rest
        return np.asarray(np.sqrt(np.maximum(squared, 0.0)) / self.edge)

    def emit(self, graph: GraphBuilder, features: str) -> str:
        """Write it for float32 [N, D]; returns float32 [N]."""
        wide = graph.node("Cast", [features], to=DOUBLE)
        centred = graph.node("Sub", [wide, graph.constant([self.middle], np.float64)])
        centred = graph.node("Div", [centred, graph.constant([self.spread], np.float64)])
        along = graph.node("MatMul", [centred, graph.constant(self.directions, np.float64)])
        own = graph.node(
            "MatMul",
            [graph.node("Mul", [along, along]), graph.constant(self._weights.reshape(-1, 1), np.float64)],
        )
        axis = graph.constant([1], np.int64)
        everywhere = graph.node("ReduceSumSquare", [centred, axis], keepdims=1)
        common = graph.node("Div", [everywhere, graph.constant(self.rest, np.float64)])
        squared = graph.node("Max", [graph.node("Add", [own, common]), graph.constant(0.0, np.float64)])
        scaled = graph.node("Div", [graph.node("Sqrt", [squared]), graph.constant(self.edge, np.float64)])
        return graph.node("Cast", [graph.node("Squeeze", [scaled, axis])], to=FLOAT)

    @property
    def _weights(self) -> Floats:
        return np.asarray(1.0 / self.variances - 1.0 / self.rest)


def fit_gate(features: Features, parts: Sequence[tuple[Index, Index]], seed: int) -> Gate:
    """Fit the gate on features [n, D]; its edge is where images of other folds end. `parts` are (learn, check) rows."""
    unseen = [_fitted(features[learn], seed).distance(features[check]) for learn, check in parts]
    whole = _fitted(features, seed)
    margin = MARGIN * (1 + IMAGES_OF_DOUBLE_WIDTH / len(features))
    edge = margin * score_line(np.concatenate(unseen), TURNED_AWAY)
    return Gate(whole.middle, whole.spread, whole.directions, whole.variances, whole.rest, max(edge, _LEAST_SPREAD))


def _fitted(features: Features, seed: int) -> Gate:
    if len(features) > MOST_IMAGES:
        features = features[np.random.default_rng(seed).choice(len(features), MOST_IMAGES, replace=False)]
    wide = features.astype(np.float64)
    middle, spread = wide.mean(axis=0), wide.std(axis=0)
    spread = np.where(spread > _LEAST_SPREAD * (1.0 + np.abs(middle)), spread, np.maximum(np.abs(middle), 1.0))
    centred = (wide - middle) / spread
    count = max(1, min(MOST_DIRECTIONS, len(centred) // IMAGES_A_DIRECTION, centred.shape[1]))
    variances, directions = _principal(centred, count)
    total = float(np.square(centred).sum()) / len(centred)
    rest = max((total - float(variances.sum())) / max(centred.shape[1] - count, 1), _LEAST_SPREAD)
    return Gate(middle, spread, directions, np.maximum(variances, rest), rest)


def _principal(centred: Floats, count: int) -> tuple[Floats, Floats]:
    """Variances and directions [D, count] of the largest principal components, by the smaller of both square matrices."""
    rows, columns = centred.shape
    if columns <= rows:
        values, vectors = np.linalg.eigh(centred.T @ centred / rows)
        return values[::-1][:count], vectors[:, ::-1][:, :count]
    values, vectors = np.linalg.eigh(centred @ centred.T / rows)
    kept = np.maximum(values[::-1][:count], 1e-12)
    directions = centred.T @ vectors[:, ::-1][:, :count] / np.sqrt(kept * rows)
    return kept, directions
