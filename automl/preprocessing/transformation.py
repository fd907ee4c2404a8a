"""What every transformation can do."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt

from automl.data.table import Table
from automl.graph.builder import GraphBuilder

Floats = npt.NDArray[np.float64]
Texts = npt.NDArray[np.object_]

# Larger numbers are moved to this bound, so that no feature becomes infinite as float32.
LARGEST = 3.0e38


class Transformation(Protocol):
    """A fitted, frozen step from input columns to features.

    `features` and `emit` are two writings of one float64 recipe and must agree to the last bit of the float32 result.
    """

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the features."""

    @property
    def sources(self) -> tuple[str, ...]:
        """For every feature the input column it stems from."""

    def features(self, table: Table) -> Iterator[Floats]:
        """Yield every feature as float64[n]."""

    def emit(self, graph: GraphBuilder) -> str:
        """Write the recipe and return its float64 [N, features] tensor."""


def bounded(values: Floats, limit: float = LARGEST) -> Floats:
    """Return the values moved into [-limit, limit]; NaN stays."""
    return np.where(values > limit, limit, np.where(values < -limit, -limit, values))


def emit_bounded(graph: GraphBuilder, values: str, limit: float = LARGEST) -> str:
    """Write `bounded`."""
    upper, lower = graph.constant(limit, np.float64), graph.constant(-limit, np.float64)
    not_low = graph.node("Where", [graph.node("Less", [values, lower]), lower, values])
    return graph.node("Where", [graph.node("Greater", [values, upper]), upper, not_low])


def emit_columns(graph: GraphBuilder, tensors: list[str]) -> str:
    """Return the tensors side by side."""
    return tensors[0] if len(tensors) == 1 else graph.node("Concat", tensors, axis=1)


def emit_numbers(graph: GraphBuilder, columns: tuple[str, ...]) -> str:
    """Return number columns side by side, float64 [N, columns]."""
    return emit_columns(graph, [graph.input_number(column) for column in columns])
