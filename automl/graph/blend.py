"""Several answers become one: their weighted mean."""

from collections.abc import Sequence

import numpy as np

from automl.graph.builder import GraphBuilder
from automl.graph.types import DOUBLE, FLOAT


def emit_blend(
    graph: GraphBuilder, answers: Sequence[str], weights: Sequence[float], *, renormalise: bool = False
) -> str:
    """Write the mean of float32 answers [N, K] with weights that are divided by their sum; all in float64, answered as float32.

    `renormalise` makes every row add up to 1.
    """
    total = sum(weights)
    if len(answers) != len(weights) or not total > 0.0:
        raise ValueError("a blend needs one weight an answer, and their sum above 0")
    weighted = [
        graph.node("Mul", [graph.node("Cast", [answer], to=DOUBLE), graph.constant(weight / total, np.float64)])
        for answer, weight in zip(answers, weights, strict=True)
    ]
    mean = weighted[0] if len(weighted) == 1 else graph.node("Sum", weighted)
    if renormalise:
        row_sum = graph.node("ReduceSum", [mean, graph.constant([1], np.int64)], keepdims=1)
        mean = graph.node("Div", [mean, row_sum])
    return graph.node("Cast", [mean], to=FLOAT)
