"""Makes features blind to how an image is shown: mirrored, or turned by quarters too.

A mirrored image has the same features in another order, so the mean over all orders is what the image and its copies share.
It costs nothing, teaches a head what augmentation would, and leaves fewer numbers.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.graph.builder import GraphBuilder
from automl.models.base import Features
from automl.models.image.descriptors import DescriptorSettings, Move, moved_features

MIRROR, ANY, UPRIGHT = "mirror", "any", ""
_QUARTERS = 4


@dataclass(frozen=True, eq=False)
class Folding:
    """The mean of features in several orders; `orders` [k, d] are columns to take."""

    orders: NDArray[np.int64]

    def apply(self, features: Features) -> Features:
        """Return float32 [n, d] of features [n, D]."""
        total = np.zeros((len(features), self.orders.shape[1]), np.float32)
        for order in self.orders:
            total += features[:, order]
        return total * np.float32(1 / len(self.orders))

    def unfold(self, weights: NDArray[np.float64], width: int) -> NDArray[np.float64]:
        """Return the weights [k, width] of features that say the same as weights [k, d] of folded ones."""
        unfolded = np.zeros((width, len(weights)))
        for order in self.orders:
            np.add.at(unfolded, order, weights.T / len(self.orders))
        return unfolded.T

    def emit(self, graph: GraphBuilder, features: str) -> str:
        """Add the same to a graph."""
        if len(self.orders) == 1:
            return features
        parts = [graph.node("Gather", [features, graph.constant(order)], axis=1) for order in self.orders]
        return graph.node("Mul", [graph.node("Sum", parts), graph.constant(np.float32(1 / len(self.orders)))])


def folding(settings: DescriptorSettings, orientations: str) -> Folding:
    """How features of these settings are folded for images in MIRROR, ANY or UPRIGHT orientation."""
    mirrored, turned = (moved_features(settings, move) for move in Move)
    upright = np.arange(len(mirrored))
    orders = [upright]
    if orientations == ANY:
        for _ in range(_QUARTERS - 1):
            orders.append(orders[-1][turned])
    if orientations in (MIRROR, ANY):
        orders += [order[mirrored] for order in orders]
    different = np.unique(np.stack(orders), axis=0)
    # One of the columns that are the same after folding is enough.
    return Folding(different[:, different.min(axis=0) == upright])
