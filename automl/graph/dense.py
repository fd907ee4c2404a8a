"""Straight lines and small networks from plain arrays."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import erf, expit

from automl.graph.builder import GraphBuilder
from automl.graph.types import DOUBLE, FLOAT

Floats = npt.NDArray[np.float64]

SELU_ALPHA, SELU_SCALE = 1.6732632423543772, 1.0507009873554805
ACTIVATIONS = ("", "relu", "selu", "mish", "gelu", "silu")


@dataclass(frozen=True)
class DenseLayer:
    """`activation(x @ weights + offsets)`, weights [inputs, outputs].

    With `bend` [outputs] the activation is parametric: x + bend * (activation(x) - x), as in RealMLP (Holzmüller et al. 2024).
    An empty activation leaves x as it is.
    """

    weights: Floats
    offsets: Floats
    activation: str = ""
    bend: Floats | None = None

    def apply(self, values: Floats) -> Floats:
        """Return the layer's answer for float64 [n, inputs]."""
        straight: Floats = values @ self.weights + self.offsets
        curved = activate(self.activation, straight)
        return curved if self.bend is None else straight + self.bend * (curved - straight)


def activate(name: str, values: Floats) -> Floats:
    """Return an activation by name, elementwise; ValueError for a name not in ACTIVATIONS."""
    match name:
        case "":
            result = values
        case "relu":
            result = np.maximum(values, 0.0)
        case "selu":
            negative = SELU_ALPHA * np.expm1(np.minimum(values, 0.0))
            result = SELU_SCALE * np.where(values > 0.0, values, negative)
        case "mish":
            result = values * np.tanh(np.logaddexp(0.0, values))
        case "gelu":
            result = values * 0.5 * (1.0 + erf(values / math.sqrt(2.0)))
        case "silu":
            result = values * expit(values)
        case _:
            raise ValueError(f"there is no activation {name!r}")
    return np.asarray(result, np.float64)


def emit_linear(graph: GraphBuilder, features: str, weights: Floats, offsets: Floats) -> str:
    """Write features @ weights + offsets in float64 and return the scores, float32 [N, outputs]."""
    wide = graph.node("Cast", [features], to=DOUBLE)
    product = graph.node("MatMul", [wide, graph.constant(weights, np.float64)])
    return graph.node("Cast", [graph.node("Add", [product, graph.constant(offsets, np.float64)])], to=FLOAT)


def emit_mlp(graph: GraphBuilder, features: str, layers: Sequence[DenseLayer]) -> str:
    """Write the layers one after another in float32 and return the last one's answer, [N, outputs]."""
    values = features
    for layer in layers:
        weights, offsets = graph.constant(layer.weights, np.float32), graph.constant(layer.offsets, np.float32)
        straight = graph.node("Gemm", [values, weights, offsets])
        values = _emit_activation(graph, layer.activation, straight)
        if layer.bend is not None:
            step = graph.node("Mul", [graph.node("Sub", [values, straight]), graph.constant(layer.bend, np.float32)])
            values = graph.node("Add", [straight, step])
    return values


def _emit_activation(graph: GraphBuilder, name: str, values: str) -> str:
    match name:
        case "":
            return values
        case "relu":
            return graph.node("Relu", [values])
        case "selu":
            return graph.node("Selu", [values], alpha=SELU_ALPHA, gamma=SELU_SCALE)
        case "mish":
            return graph.node("Mul", [values, graph.node("Tanh", [graph.node("Softplus", [values])])])
        case "gelu":
            return graph.node("Gelu", [values])
        case "silu":
            return graph.node("Mul", [values, graph.node("Sigmoid", [values])])
        case _:
            raise ValueError(f"there is no activation {name!r}")
