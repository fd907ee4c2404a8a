"""Which grey values and colours an image has, wherever they are.

Three planes: luma, red against green, blue against yellow. Of each: mean, spread, quantiles, and the extremes among small
cells, which a local stain moves.
"""

import numpy as np

from automl.graph.builder import GraphBuilder
from automl.graph.image.resize import LUMA, emit_resized
from automl.graph.image.wavelets import emit_even_exposure, emit_pooled

SIDE, CELL = 64, 8
QUANTILES = (0.02, 0.1, 0.5, 0.9, 0.98)
COLOUR_WIDTH = 3 * (2 + len(QUANTILES) + 2)
BRIGHTNESS_WIDTH = 2 + len(QUANTILES) + 2

_OPPONENTS = (LUMA, (1.0, -1.0, 0.0), (-0.5, -0.5, 1.0))


def emit_colour_summary(graph: GraphBuilder, pixels: str) -> str:
    """Return [N, COLOUR_WIDTH] of uint8 [N, H, W, 3], as if all images were equally exposed."""
    planes = emit_even_exposure(graph, emit_resized(graph, pixels, SIDE))
    mixing = graph.constant(np.reshape(_OPPONENTS, (3, 3, 1, 1)), np.float32)
    return _emit_summary(graph, graph.node("Conv", [planes, mixing]), 3)


def emit_brightness_summary(graph: GraphBuilder, pixels: str) -> str:
    """Return [N, BRIGHTNESS_WIDTH] of uint8 [N, H, W, 3]: luma as it is, so lighting counts."""
    luma = graph.constant(np.reshape(LUMA, (1, 3, 1, 1)), np.float32)
    return _emit_summary(graph, graph.node("Conv", [emit_resized(graph, pixels, SIDE), luma]), 1)


def _emit_summary(graph: GraphBuilder, planes: str, count: int) -> str:
    everywhere = graph.constant([2], np.int64)
    values = graph.node("Reshape", [planes, graph.constant([-1, count, SIDE * SIDE], np.int64)])
    mean = graph.node("ReduceMean", [values, everywhere], keepdims=1)
    apart = graph.node("Sub", [values, mean])
    variance = graph.node("ReduceMean", [graph.node("Mul", [apart, apart]), everywhere], keepdims=1)
    rising, _ = graph.nodes("TopK", [values, graph.constant([SIDE * SIDE], np.int64)], 2, axis=2, largest=0)
    places = np.round(np.array(QUANTILES) * (SIDE * SIDE - 1)).astype(np.int64)
    quantiles = graph.node("Gather", [rising, graph.constant(places)], axis=2)
    cells = emit_pooled(graph, "AveragePool", planes, CELL)
    extremes = [graph.node(op, [cells, graph.constant([3], np.int64)], keepdims=0) for op in ("ReduceMin", "ReduceMax")]
    lowest = graph.node("ReduceMin", [extremes[0], everywhere], keepdims=1)
    highest = graph.node("ReduceMax", [extremes[1], everywhere], keepdims=1)
    together = graph.node("Concat", [mean, graph.node("Sqrt", [variance]), quantiles, lowest, highest], axis=2)
    width = (2 + len(QUANTILES) + 2) * count
    return graph.node("Reshape", [together, graph.constant([-1, width], np.int64)])
