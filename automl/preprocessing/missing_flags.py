"""Whether a cell was missing, as 0 or 1."""

from collections.abc import Iterator

import msgspec
import numpy as np

from automl.data.table import Table
from automl.graph.builder import GraphBuilder
from automl.graph.types import DOUBLE
from automl.preprocessing.transformation import Floats, emit_numbers


class MissingFlags(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="missing_flags", tag_field="kind"):
    """One flag for every number or time column named."""

    columns: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the features."""
        return tuple(f"{column}:missing" for column in self.columns)

    @property
    def sources(self) -> tuple[str, ...]:
        """The columns themselves."""
        return self.columns

    def features(self, table: Table) -> Iterator[Floats]:
        """Yield every flag."""
        for column in self.columns:
            yield np.isnan(table.numbers[column]).astype(np.float64)

    def emit(self, graph: GraphBuilder) -> str:
        """Write the recipe."""
        missing = graph.node("IsNaN", [emit_numbers(graph, self.columns)])
        return graph.node("Cast", [missing], to=DOUBLE)
