"""One recipe, two carriers: arithmetic over `Value` runs on numpy arrays and is written to a graph, alike to the last bit."""

from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt

from automl.graph.builder import GraphBuilder
from automl.graph.types import DOUBLE, INT64

Floats = npt.NDArray[np.float64]


class Value(Protocol):
    """A float64 column under elementwise arithmetic; NaN is missing and stays missing."""

    def __add__(self, other: Self | float) -> Self: ...
    def __sub__(self, other: Self | float) -> Self: ...
    def __mul__(self, other: Self | float) -> Self: ...
    def __truediv__(self, other: Self | float) -> Self: ...
    def floor(self) -> Self:
        """Round down."""

    def bounded(self, limit: float) -> Self:
        """Move into [-limit, limit]."""

    def missing(self) -> Self:
        """1 where missing, else 0."""

    def zero_as_missing(self) -> Self:
        """The same with 0 made missing."""

    def look_up(self, table: Floats) -> Self:
        """Entry of the table at each whole number; the last entry where missing."""


@dataclass(frozen=True)
class ArrayValue:
    """A float64[n] array."""

    array: Floats

    def __add__(self, other: Self | float) -> Self:
        return self._new(self.array + self._raw(other))

    def __sub__(self, other: Self | float) -> Self:
        return self._new(self.array - self._raw(other))

    def __mul__(self, other: Self | float) -> Self:
        return self._new(self.array * self._raw(other))

    def __truediv__(self, other: Self | float) -> Self:
        return self._new(self.array / self._raw(other))

    def floor(self) -> Self:
        """Round down."""
        return self._new(np.floor(self.array))

    def bounded(self, limit: float) -> Self:
        """Move into [-limit, limit]."""
        return self._new(np.where(self.array > limit, limit, np.where(self.array < -limit, -limit, self.array)))

    def missing(self) -> Self:
        """1 where missing, else 0."""
        return self._new(np.isnan(self.array).astype(np.float64))

    def zero_as_missing(self) -> Self:
        """The same with 0 made missing."""
        return self._new(np.where(self.array == 0.0, np.nan, self.array))

    def look_up(self, table: Floats) -> Self:
        """Entry of the table at each whole number; the last entry where missing."""
        return self._new(table[np.where(np.isnan(self.array), float(len(table) - 1), self.array).astype(np.int64)])

    def _new(self, array: Floats) -> Self:
        return type(self)(array)

    def _raw(self, other: Self | float) -> Floats | float:
        return other if isinstance(other, (int, float)) else other.array


@dataclass(frozen=True)
class GraphValue:
    """A float64 [N, 1] tensor of a graph."""

    graph: GraphBuilder
    name: str

    def __add__(self, other: Self | float) -> Self:
        return self._new("Add", other)

    def __sub__(self, other: Self | float) -> Self:
        return self._new("Sub", other)

    def __mul__(self, other: Self | float) -> Self:
        return self._new("Mul", other)

    def __truediv__(self, other: Self | float) -> Self:
        return self._new("Div", other)

    def floor(self) -> Self:
        """Round down."""
        return self._new("Floor")

    def bounded(self, limit: float) -> Self:
        """Move into [-limit, limit]."""
        upper, lower = self._constant(limit), self._constant(-limit)
        not_low = self.graph.node("Where", [self.graph.node("Less", [self.name, lower]), lower, self.name])
        return type(self)(
            self.graph, self.graph.node("Where", [self.graph.node("Greater", [self.name, upper]), upper, not_low])
        )

    def missing(self) -> Self:
        """1 where missing, else 0."""
        return type(self)(self.graph, self.graph.node("Cast", [self.graph.node("IsNaN", [self.name])], to=DOUBLE))

    def zero_as_missing(self) -> Self:
        """The same with 0 made missing."""
        zero = self.graph.node("Equal", [self.name, self._constant(0.0)])
        return type(self)(self.graph, self.graph.node("Where", [zero, self._constant(np.nan), self.name]))

    def look_up(self, table: Floats) -> Self:
        """Entry of the table at each whole number; the last entry where missing."""
        graph = self.graph
        filled = graph.node(
            "Where", [graph.node("IsNaN", [self.name]), self._constant(float(len(table) - 1)), self.name]
        )
        position = graph.node("Cast", [filled], to=INT64)
        return type(self)(graph, graph.node("Gather", [graph.constant(table, np.float64), position], axis=0))

    def _constant(self, number: float) -> str:
        return self.graph.constant(number, np.float64)

    def _new(self, op: str, *others: Self | float) -> Self:
        names = [self._constant(other) if isinstance(other, (int, float)) else other.name for other in others]
        return type(self)(self.graph, self.graph.node(op, [self.name, *names]))
