"""A kernel machine: images count by how alike they are to known ones (least-squares SVM, Suykens & Vandewalle 1999).

With many images only some of each class serve as examples (Nyström, Williams & Seeger 2001), so the model stays small.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh, solve

from automl.graph.builder import GraphBuilder
from automl.models.base import Answers, Features, Index
from automl.models.image.heads import Floats, Scaling, fit_scaling

MOST_EXAMPLES = 1500
MOST_DIRECTIONS = 192


@dataclass(frozen=True)
class KernelHead:
    """Logits are `exp(-sharpness |x - example|^2) @ weights + offsets`, x the scaled features turned into a few directions."""

    scaling: Scaling
    directions: NDArray[np.float32]
    examples: NDArray[np.float32]
    sharpness: float
    weights: Floats
    offsets: Floats

    def logits(self, features: Features) -> Answers:
        """Compare every image with every example."""
        turned = self.scaling.apply(features) @ self.directions
        alike = _alike(turned.astype(np.float64), self.examples.astype(np.float64), self.sharpness)
        return np.asarray(alike @ self.weights + self.offsets)

    def emit(self, graph: GraphBuilder, features: str) -> str:
        """Add scaling, two products and the kernel between them."""
        turned = graph.node("MatMul", [self.scaling.emit(graph, features), graph.constant(self.directions, np.float32)])
        inner = graph.node("MatMul", [turned, graph.constant(self.examples.T * np.float32(2 * self.sharpness))])
        own = graph.node("ReduceSumSquare", [turned, graph.constant([1], np.int64)], keepdims=1)
        lengths = np.square(self.examples.astype(np.float64)).sum(axis=1) * self.sharpness
        far = graph.node("Mul", [own, graph.constant(self.sharpness, np.float32)])
        near = graph.node("Sub", [graph.node("Sub", [inner, far]), graph.constant(lengths, np.float32)])
        alike = graph.node("Exp", [near])
        weights, offsets = graph.constant(self.weights, np.float32), graph.constant(self.offsets, np.float32)
        return graph.node("Gemm", [alike, weights, offsets])


def fit_kernel(
    features: Features, target: Index, class_count: int, *, softness: float, width: float, seed: int
) -> KernelHead:
    """Learn to answer 1 for the class of an image and -1 for others, every class counting the same.

    `softness` says how much of a single image may be explained away; `width` how far an example reaches, in units of the
    usual distance between images.
    """
    scaling = fit_scaling(features)
    scaled = scaling.apply(features)
    directions = _main_directions(scaled)
    turned = (scaled @ directions).astype(np.float64)
    chosen = _examples(target, seed)
    usual = 2 * float(np.square(turned - turned.mean(axis=0)).sum(axis=1).mean())
    sharpness = 1.0 / (width * max(usual, 1e-6))
    examples = turned[chosen].astype(np.float32)
    counts = np.maximum(np.bincount(target, minlength=class_count), 1)
    importance = (len(target) / (np.count_nonzero(np.bincount(target)) * counts))[target]
    wanted = np.where(np.arange(class_count) == target[:, None], 1.0, -1.0)
    offsets = (importance[:, None] * wanted).sum(axis=0) / importance.sum()
    alike = _alike(turned, examples.astype(np.float64), sharpness)
    weights = _weights(alike, chosen, wanted - offsets, importance, softness)
    return KernelHead(scaling, directions, examples, sharpness, weights, offsets)


def _alike(turned: Floats, examples: Floats, sharpness: float) -> Floats:
    lengths = np.square(turned).sum(axis=1)[:, None] + np.square(examples).sum(axis=1)[None, :]
    return np.asarray(np.exp(-sharpness * np.maximum(lengths - 2 * turned @ examples.T, 0.0)))


def _weights(alike: Floats, chosen: Index, wanted: Floats, importance: Floats, softness: float) -> Floats:
    """Ridge regression in the space of the examples; with every image an example this is the plain machine."""
    if alike.shape[0] == alike.shape[1]:
        return np.asarray(solve(alike + softness * np.diag(1 / importance), wanted, assume_a="pos"))
    among = alike[chosen] + 1e-6 * np.eye(len(chosen))
    weighted = alike * importance[:, None]
    return np.asarray(solve(alike.T @ weighted + softness * among, weighted.T @ wanted, assume_a="pos"))


def _main_directions(scaled: Features) -> NDArray[np.float32]:
    """Principal directions [D, d] by the smaller side of the table; d is at most MOST_DIRECTIONS."""
    count, width = scaled.shape
    kept = min(MOST_DIRECTIONS, count, width)
    table = scaled.astype(np.float64)
    if count <= width:
        sizes, turns = eigh(table @ table.T, subset_by_index=(count - kept, count - 1))
        return np.asarray(table.T @ (turns / np.sqrt(np.maximum(sizes, 1e-9))), dtype=np.float32)
    return np.asarray(eigh(table.T @ table, subset_by_index=(width - kept, width - 1))[1], dtype=np.float32)


def _examples(target: Index, seed: int) -> Index:
    """All rows, or as many of each class as keep the number small."""
    if len(target) <= MOST_EXAMPLES:
        return np.arange(len(target))
    order = np.random.default_rng(seed).permutation(len(target))
    rank = np.zeros(len(target), dtype=np.int64)
    for code in np.unique(target):
        rows = order[target[order] == code]
        rank[rows] = np.arange(len(rows))
    return np.sort(order[np.argsort(rank[order], kind="stable")][:MOST_EXAMPLES])
