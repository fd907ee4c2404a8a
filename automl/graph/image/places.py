"""What weighted maps say of every place, brought to one grid."""

import numpy as np

from automl.graph.builder import GraphBuilder
from automl.graph.image.wavelets import emit_blurred, emit_pooled

GRID = 32
_SMOOTHNESS = 1.0


def emit_weighted(graph: GraphBuilder, maps: str, weights: str, count: int, side: int) -> str:
    """Return the weighted sum [N, 1, side, side] of maps [N, count, side, side]; `weights` is [N, count] or [1, count]."""
    flat = graph.node("Reshape", [maps, graph.constant([-1, count, side * side], np.int64)])
    rows = graph.node("Unsqueeze", [weights, graph.constant([1], np.int64)])
    total = graph.node("MatMul", [rows, flat])
    return graph.node("Reshape", [total, graph.constant([-1, 1, side, side], np.int64)])


def emit_on_grid(graph: GraphBuilder, said: str, side: int) -> str:
    """Bring [N, 1, side, side] to [N, 1, GRID, GRID]; sides are powers of two."""
    if side > GRID:
        return emit_pooled(graph, "AveragePool", said, side // GRID)
    if side == GRID:
        return said
    size = graph.constant([1, 1, GRID / side, GRID / side], np.float32)
    return graph.node("Resize", [said, "", size], mode="linear", coordinate_transformation_mode="half_pixel")


def emit_place_sum(graph: GraphBuilder, said: list[str]) -> str:
    """Return the sum of maps [N, 1, GRID, GRID], a little smoothed, less its mean over the image, as [N, GRID, GRID]."""
    together = emit_blurred(graph, graph.node("Sum", said), _SMOOTHNESS)
    apart = graph.node(
        "Sub", [together, graph.node("ReduceMean", [together, graph.constant([2, 3], np.int64)], keepdims=1)]
    )
    return graph.node("Squeeze", [apart, graph.constant([1], np.int64)])
