"""From what every place says to each class to one map: how much a place speaks against a good part.

Where no class is good, how much it speaks for the class that is answered.
"""

import numpy as np

from automl.graph.builder import GraphBuilder
from automl.models.image.map_network import Floats

_NEVER = -1e9


def class_heat(logits: Floats, said: Floats, good: tuple[int, ...]) -> Floats:
    """Heat [n, h, w] of logits [n, K] and what places say [n, K, h, w]; likelier classes count more."""
    classes = logits.shape[1]
    weights = np.full(logits.shape, -_share(classes, good), dtype=np.float32)
    for sign, mask in _sides(classes, good):
        weights += np.float32(sign) * _softmax(logits + mask)
    return np.asarray(np.einsum("nk,nkyx->nyx", weights, said), dtype=np.float32)


def emit_class_heat(graph: GraphBuilder, logits: str, said: str, classes: int, good: tuple[int, ...]) -> str:
    """The same as nodes of a graph."""
    weights = graph.constant([-_share(classes, good)], np.float32)
    for sign, mask in _sides(classes, good):
        shares = graph.node("Softmax", [graph.node("Add", [logits, graph.constant(mask)])], axis=1)
        weights = graph.node("Add" if sign > 0 else "Sub", [weights, shares])
    wide = graph.node("Unsqueeze", [weights, graph.constant([2, 3], np.int64)])
    product = graph.node("Mul", [wide, said])
    return graph.node("ReduceSum", [product, graph.constant([1], np.int64)], keepdims=0)


def _sides(classes: int, good: tuple[int, ...]) -> tuple[tuple[int, Floats], ...]:
    """The classes that speak for heat and those that speak against it, as masks to be added to logits."""
    if not 0 < len(good) < classes:
        return ((1, np.zeros(classes, dtype=np.float32)),)
    is_good = np.isin(np.arange(classes), good)
    return tuple((sign, np.where(off, _NEVER, 0).astype(np.float32)) for sign, off in ((1, is_good), (-1, ~is_good)))


def _share(classes: int, good: tuple[int, ...]) -> float:
    """Without good classes a place is compared to what it says to all of them."""
    return 0.0 if 0 < len(good) < classes else 1 / classes


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)
