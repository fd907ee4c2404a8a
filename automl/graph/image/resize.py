"""The way every graph for images begins: pixels of any size become numbers of one size."""

import numpy as np

from automl.graph.builder import GraphBuilder
from automl.graph.types import FLOAT

LUMA = (0.299, 0.587, 0.114)


def emit_resized(graph: GraphBuilder, pixels: str, resolution: int) -> str:
    """Turn uint8 [N, H, W, 3] into float32 [N, 3, resolution, resolution] of 0 to 1, smoothed before it is made smaller."""
    planes = graph.node("Transpose", [graph.node("Cast", [pixels], to=FLOAT)], perm=[0, 3, 1, 2])
    return _emit_at_size(graph, planes, resolution)


def emit_resized_grey(graph: GraphBuilder, pixels: str, resolution: int) -> str:
    """Turn uint8 [N, H, W, 3] into luma, float32 [N, 1, resolution, resolution] of 0 to 1, likewise."""
    values = graph.node("Cast", [pixels], to=FLOAT)
    luma = graph.node("MatMul", [values, graph.constant(np.reshape(LUMA, (3, 1)), np.float32)])
    return _emit_at_size(graph, graph.node("Transpose", [luma], perm=[0, 3, 1, 2]), resolution)


def _emit_at_size(graph: GraphBuilder, planes: str, resolution: int) -> str:
    resized = graph.node(
        "Resize",
        [planes, "", "", graph.constant([resolution, resolution], np.int64)],
        mode="linear",
        antialias=1,
        axes=[2, 3],
        coordinate_transformation_mode="half_pixel",
    )
    return graph.node("Mul", [resized, graph.constant(np.float32(1 / 255))])
