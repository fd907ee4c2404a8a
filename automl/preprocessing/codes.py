"""A category column as one whole number a row, for trees."""

from collections.abc import Iterator

import msgspec
import numpy as np

from automl.data.table import Table
from automl.graph.builder import GraphBuilder
from automl.graph.types import DOUBLE
from automl.preprocessing.levels import emit_positions, positions
from automl.preprocessing.transformation import Floats


class Codes(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="codes", tag_field="kind"):
    """Codes 0, 1, ... by frequency; then one code for rare and unseen texts together, then one for missing.

    With `fill_missing` a missing cell counts as the most frequent text.
    """

    column: str
    levels: tuple[str, ...]
    fill_missing: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Name of the feature."""
        return (self.column,)

    @property
    def sources(self) -> tuple[str, ...]:
        """The column itself."""
        return (self.column,)

    @property
    def _missing(self) -> int:
        return 0 if self.fill_missing else len(self.levels) + 1

    def features(self, table: Table) -> Iterator[Floats]:
        """Yield the codes."""
        count = len(self.levels)
        yield positions(table.texts[self.column], self.levels, count, self._missing).astype(np.float64)

    def emit(self, graph: GraphBuilder) -> str:
        """Write the recipe."""
        count = len(self.levels)
        return graph.node("Cast", [emit_positions(graph, self.column, self.levels, count, self._missing)], to=DOUBLE)
