"""Numbers as they are, for trees: missing stays missing unless a person asked to fill it."""

from collections.abc import Iterator

import msgspec
import numpy as np

from automl.data.table import Table
from automl.graph.builder import GraphBuilder
from automl.preprocessing.transformation import Floats, bounded, emit_bounded, emit_numbers


class Numbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="numbers", tag_field="kind"):
    """Number columns; `fills` gives the value for missing cells of a column, None keeps them missing."""

    columns: tuple[str, ...]
    fills: tuple[float | None, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the features."""
        return self.columns

    @property
    def sources(self) -> tuple[str, ...]:
        """The columns themselves."""
        return self.columns

    def features(self, table: Table) -> Iterator[Floats]:
        """Yield every column."""
        for column, fill in zip(self.columns, self.fills, strict=True):
            values = table.numbers[column]
            yield bounded(values if fill is None else np.where(np.isnan(values), fill, values))

    def emit(self, graph: GraphBuilder) -> str:
        """Write the recipe."""
        values = emit_numbers(graph, self.columns)
        if any(fill is not None for fill in self.fills):
            fills = graph.constant([[np.nan if fill is None else fill for fill in self.fills]], np.float64)
            values = graph.node("Where", [graph.node("IsNaN", [values]), fills, values])
        return emit_bounded(graph, values)
