"""A category column as numbers learned for each text: how frequent it is, or what the target usually is there."""

from collections import Counter
from collections.abc import Iterator

import msgspec
import numpy as np
import numpy.typing as npt

from automl.data.table import Table
from automl.graph.builder import GraphBuilder
from automl.preprocessing.levels import emit_positions, positions
from automl.preprocessing.transformation import Floats, Texts


class LevelValues(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="level_values", tag_field="kind"):
    """Looks values up by text. `values[i]` are those of `levels[i]`, then one row for other texts and one for missing.

    `of_target` says that the values are means of the target: training rows then need `out_of_fold_means` instead.
    """

    column: str
    labels: tuple[str, ...]
    levels: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    of_target: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the features."""
        return tuple(f"{self.column}:{label}" for label in self.labels)

    @property
    def sources(self) -> tuple[str, ...]:
        """The column itself, once for every feature."""
        return (self.column,) * len(self.labels)

    def features(self, table: Table) -> Iterator[Floats]:
        """Yield every looked-up value."""
        count = len(self.levels)
        rows = np.asarray(self.values, np.float64)[positions(table.texts[self.column], self.levels, count, count + 1)]
        yield from rows.T

    def emit(self, graph: GraphBuilder) -> str:
        """Write the recipe."""
        count = len(self.levels)
        found = emit_positions(graph, self.column, self.levels, count, count + 1)
        row = graph.node("Reshape", [found, graph.constant([-1], np.int64)])
        return graph.node("Gather", [graph.constant(self.values, np.float64), row], axis=0)


def fit_frequency(column: str, counts: Counter[str]) -> LevelValues:
    """Learn the share of rows with each text; a text never seen has share 0."""
    total = max(1, counts.total())
    levels = tuple(sorted(text for text in counts if text))
    shares = [(counts[level] / total,) for level in levels]
    return LevelValues(column, ("frequency",), levels, (*shares, (0.0,), (counts[""] / total,)))


def fit_target_means(
    column: str, texts: Texts, targets: Floats, labels: tuple[str, ...], smoothing: float
) -> LevelValues:
    """Learn the mean of each target column float64[n, k] for every text, shrunk to the overall mean.

    The shrunk mean is (sum + smoothing * overall) / (count + smoothing), the m-estimate (Micci-Barreca 2001).
    """
    levels = tuple(sorted(set(texts.tolist()) - {""}))
    count = len(levels)
    found = positions(texts, levels, count, count + 1)
    overall = targets.mean(axis=0) if len(targets) else np.zeros(targets.shape[1])
    sizes = np.bincount(found, minlength=count + 2).astype(np.float64)
    values = [
        (np.bincount(found, weights=column_values, minlength=count + 2) + smoothing * mean) / (sizes + smoothing)
        for column_values, mean in zip(targets.T, overall, strict=True)
    ]
    rows = tuple(tuple(row) for row in np.stack(values, axis=1).tolist())
    return LevelValues(column, labels, levels, rows, of_target=True)


def out_of_fold_means(
    step: LevelValues, table: Table, targets: Floats, folds: npt.NDArray[np.int64], smoothing: float
) -> Floats:
    """Return the features of `step` for its own training rows, float64[n, k].

    Each is learned without the fold of its row, so that no row sees its own answer.
    """
    means = np.empty_like(targets)
    for fold in np.unique(folds):
        inside, outside = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        learned = fit_target_means(
            step.column, table.texts[step.column][outside], targets[outside], step.labels, smoothing
        )
        means[inside] = np.stack(list(learned.features(table.take(inside))), axis=1)
    return means
