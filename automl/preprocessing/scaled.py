"""Numbers on a common scale, missing ones filled with the median, for models that add up weighted features."""

from collections.abc import Iterator

import msgspec
import numpy as np

from automl.data.table import Table
from automl.graph.builder import GraphBuilder
from automl.preprocessing.transformation import Floats, bounded, emit_bounded, emit_numbers

_FARTHEST = 1e6
_BEND = 3.0
_TINIEST = 1e-37


class ScaledNumbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="scaled", tag_field="kind"):
    """Number columns as (filled - centre) / scale.

    `smooth` bends large values towards ±3 by x / sqrt(1 + (x/3)²), as RealMLP does (Holzmüller et al. 2024); otherwise values
    stop at ±1e6.
    """

    columns: tuple[str, ...]
    fills: tuple[float, ...]
    centres: tuple[float, ...]
    scales: tuple[float, ...]
    smooth: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the features."""
        return self.columns

    @property
    def sources(self) -> tuple[str, ...]:
        """The columns themselves."""
        return self.columns

    def features(self, table: Table) -> Iterator[Floats]:
        """Yield every column, scaled."""
        for column, fill, centre, scale in zip(self.columns, self.fills, self.centres, self.scales, strict=True):
            values = table.numbers[column]
            scaled = bounded((np.where(np.isnan(values), fill, values) - centre) / scale, _FARTHEST)
            if self.smooth:
                bent = scaled / _BEND
                scaled = scaled / np.sqrt(1.0 + bent * bent)
            yield scaled

    def emit(self, graph: GraphBuilder) -> str:
        """Write the recipe."""
        values = emit_numbers(graph, self.columns)
        fills, centres, scales = (graph.constant([row], np.float64) for row in (self.fills, self.centres, self.scales))
        filled = graph.node("Where", [graph.node("IsNaN", [values]), fills, values])
        scaled = graph.node("Div", [graph.node("Sub", [filled, centres]), scales])
        scaled = emit_bounded(graph, scaled, _FARTHEST)
        if not self.smooth:
            return scaled
        bent = graph.node("Div", [scaled, graph.constant(_BEND, np.float64)])
        square = graph.node("Mul", [bent, bent])
        return graph.node(
            "Div", [scaled, graph.node("Sqrt", [graph.node("Add", [graph.constant(1.0, np.float64), square])])]
        )


def fit_standard(columns: tuple[str, ...], table: Table) -> ScaledNumbers:
    """Centre on the mean and divide by the standard deviation; missing cells take the median."""
    fills, centres, scales = [], [], []
    for column in columns:
        known = _known(table, column)
        fill = float(np.median(known))
        filled = np.append(known, np.full(len(table) - len(known), fill))
        fills.append(fill)
        centres.append(_centre(float(np.mean(filled))))
        scales.append(_usable(float(np.std(filled))))
    return ScaledNumbers(columns, tuple(fills), tuple(centres), tuple(scales), smooth=False)


def fit_robust(columns: tuple[str, ...], table: Table) -> ScaledNumbers:
    """Centre on the median and divide by the interquartile range (by half the range where that is zero)."""
    fills, scales = [], []
    for column in columns:
        known = _known(table, column)
        lower, median, upper = np.quantile(known, (0.25, 0.5, 0.75))
        spread = float(upper - lower) or float(known.max() - known.min()) / 2.0
        fills.append(_centre(float(median)))
        scales.append(_usable(spread))
    return ScaledNumbers(columns, tuple(fills), tuple(fills), tuple(scales), smooth=True)


def _known(table: Table, column: str) -> Floats:
    values = bounded(table.numbers[column])
    return values[~np.isnan(values)]


def _usable(scale: float) -> float:
    return scale if np.isfinite(scale) and scale > _TINIEST else 1.0


def _centre(value: float) -> float:
    """onnxruntime drops the subtraction of a number that is 0 as float32, so it must be 0."""
    return value if abs(value) > _TINIEST else 0.0
