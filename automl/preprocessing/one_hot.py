"""A category column as one 0/1 feature a text, for models that add up weighted features."""

from collections.abc import Iterator

import msgspec
import numpy as np

from automl.data.table import Table
from automl.graph.builder import GraphBuilder
from automl.graph.types import DOUBLE
from automl.preprocessing.levels import emit_positions, positions
from automl.preprocessing.transformation import Floats


class OneHot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="one_hot", tag_field="kind"):
    """One feature for every level; with `rare` one for all other texts, with `missing` one for missing.

    A text that has no feature leaves all of them 0. With `fill_missing` a missing cell counts as the first level.
    """

    column: str
    levels: tuple[str, ...]
    rare: bool
    missing: bool
    fill_missing: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the features."""
        extra = (*(("other",) if self.rare else ()), *(("missing",) if self.missing else ()))
        return (*(f"{self.column}={level}" for level in self.levels), *(f"{self.column}:{name}" for name in extra))

    @property
    def sources(self) -> tuple[str, ...]:
        """The column itself, once for every feature."""
        return (self.column,) * len(self._hot)

    @property
    def _hot(self) -> tuple[int, ...]:
        count = len(self.levels)
        return (*range(count), *((count,) if self.rare else ()), *((count + 1,) if self.missing else ()))

    @property
    def _missing(self) -> int:
        return 0 if self.fill_missing else len(self.levels) + 1

    def features(self, table: Table) -> Iterator[Floats]:
        """Yield every indicator."""
        count = len(self.levels)
        found = positions(table.texts[self.column], self.levels, count, self._missing)
        for position in self._hot:
            yield (found == position).astype(np.float64)

    def emit(self, graph: GraphBuilder) -> str:
        """Write the recipe."""
        count = len(self.levels)
        found = emit_positions(graph, self.column, self.levels, count, self._missing)
        return graph.node("Cast", [graph.node("Equal", [found, graph.constant([self._hot], np.int64)])], to=DOUBLE)
