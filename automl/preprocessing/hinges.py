"""Bends at learned points of a number, so that a sum of weighted features follows a curve: a linear spline (Friedman 1991)."""

from collections.abc import Iterator

import msgspec
import numpy as np

from automl.data.table import Table
from automl.graph.builder import GraphBuilder
from automl.preprocessing.scaled import ScaledNumbers
from automl.preprocessing.transformation import Floats


class Hinges(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="hinges", tag_field="kind"):
    """Features max(0, scaled - knot). `places` gives for every knot its column among those of `scaled`, in rising order."""

    scaled: ScaledNumbers
    places: tuple[int, ...]
    knots: tuple[float, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the features: the column and the knot as it stands in the table, for people."""
        return tuple(
            f"{self.scaled.columns[place]}>{knot:.3g}" for place, knot in zip(self.places, self.knots, strict=True)
        )

    @property
    def sources(self) -> tuple[str, ...]:
        """The column of every knot."""
        return tuple(self.scaled.columns[place] for place in self.places)

    def features(self, table: Table) -> Iterator[Floats]:
        """Yield the part of every value beyond each knot."""
        first = 0
        for place, values in enumerate(self.scaled.features(table)):
            after = first + self.places.count(place)
            for knot in self.knots[first:after]:
                yield np.maximum(values - knot, 0.0)
            first = after

    def emit(self, graph: GraphBuilder) -> str:
        """Write the recipe."""
        values = graph.node("Gather", [self.scaled.emit(graph), graph.constant(self.places, np.int64)], axis=1)
        beyond = graph.node("Sub", [values, graph.constant([self.knots], np.float64)])
        return graph.node("Max", [beyond, graph.constant(0.0, np.float64)])


def fit_hinges(scaled: ScaledNumbers, table: Table, most: int) -> Hinges | None:
    """Put at most `most` knots into every column of more than two values, at evenly spread quantiles; None when there are none."""
    shares = (np.arange(most) + 0.5) / most
    places: list[int] = []
    knots: list[float] = []
    for place, values in enumerate(scaled.features(table)):
        least, largest = values.min(), values.max()
        if np.all((values == least) | (values == largest)):
            continue
        quantiles = np.unique(np.quantile(values, shares))
        # A knot at the least value would repeat the column, one at the largest would always be 0.
        inside = quantiles[(quantiles > least) & (quantiles < largest)].tolist()
        places.extend([place] * len(inside))
        knots.extend(inside)
    return Hinges(scaled, tuple(places), tuple(knots)) if knots else None
