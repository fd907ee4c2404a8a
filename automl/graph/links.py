"""From scores to answers: probabilities that add up to 1, or a number."""

import numpy as np

from automl.graph.builder import GraphBuilder
from automl.graph.types import DOUBLE, FLOAT


def emit_binary(graph: GraphBuilder, score: str, slope: float = 1.0) -> str:
    """Write [1 - p, p] with p = sigmoid(slope * score) for a score [N, 1].

    Both columns are computed by themselves, so that each keeps its relative precision near 0.
    """
    wide = graph.node("Cast", [score], to=DOUBLE)
    both = graph.node("Mul", [wide, graph.constant([[-slope, slope]], np.float64)])
    return graph.node("Cast", [graph.node("Sigmoid", [both])], to=FLOAT)


def emit_softmax(graph: GraphBuilder, scores: str) -> str:
    """Write the softmax over classes of scores [N, K]."""
    wide = graph.node("Cast", [scores], to=DOUBLE)
    return graph.node("Cast", [graph.node("Softmax", [wide], axis=1)], to=FLOAT)


def emit_shares(graph: GraphBuilder, shares: str, classes: int) -> str:
    """Write probabilities for the share of the second of two classes [N, 1], or for the shares of all classes [N, K]."""
    if classes != 2:
        return graph.node("Cast", [shares], to=FLOAT)
    first = graph.node("Sub", [graph.constant(1.0, np.float64), shares])
    return graph.node("Cast", [graph.node("Concat", [first, shares], axis=1)], to=FLOAT)


def emit_exponential(graph: GraphBuilder, score: str) -> str:
    """Write exp(score)."""
    return graph.node("Cast", [graph.node("Exp", [graph.node("Cast", [score], to=DOUBLE)])], to=FLOAT)


def emit_number(graph: GraphBuilder, score: str) -> str:
    """Write the score itself as float32."""
    return graph.node("Cast", [score], to=FLOAT)
