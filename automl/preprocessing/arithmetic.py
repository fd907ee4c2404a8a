"""Sums, differences, products and ratios of two number columns, which trees can only approximate in steps."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

import msgspec

from automl.data.table import Table
from automl.graph.builder import GraphBuilder
from automl.graph.value import ArrayValue, GraphValue, Value
from automl.preprocessing.transformation import LARGEST, Floats, emit_columns


class Operation(StrEnum):
    """What is done with two numbers; a ratio by zero is missing."""

    SUM = "sum"
    DIFFERENCE = "difference"
    PRODUCT = "product"
    RATIO = "ratio"


_SIGNS = {Operation.SUM: "+", Operation.DIFFERENCE: "−", Operation.PRODUCT: "×", Operation.RATIO: "÷"}


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One operation on two number or time columns."""

    operation: Operation
    first: str
    second: str


class Arithmetic(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="arithmetic", tag_field="kind"):
    """One feature a term; missing where one of the two is missing."""

    terms: tuple[Term, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the features."""
        return tuple(f"{term.first} {_SIGNS[term.operation]} {term.second}" for term in self.terms)

    @property
    def sources(self) -> tuple[str, ...]:
        """The first column of every term."""
        return tuple(term.first for term in self.terms)

    def features(self, table: Table) -> Iterator[Floats]:
        """Yield the result of every term."""
        for term in self.terms:
            first, second = (ArrayValue(table.numbers[column]) for column in (term.first, term.second))
            yield _result(term.operation, first, second).array

    def emit(self, graph: GraphBuilder) -> str:
        """Write the recipe."""
        results = []
        for term in self.terms:
            first, second = (GraphValue(graph, graph.input_number(column)) for column in (term.first, term.second))
            results.append(_result(term.operation, first, second).name)
        return emit_columns(graph, results)


V = TypeVar("V", bound=Value)


def _result(operation: Operation, first: V, second: V) -> V:
    first, second = first.bounded(LARGEST), second.bounded(LARGEST)
    match operation:
        case Operation.SUM:
            result = first + second
        case Operation.DIFFERENCE:
            result = first - second
        case Operation.PRODUCT:
            result = first * second
        case Operation.RATIO:
            result = first / second.zero_as_missing()
    return result.bounded(LARGEST)
