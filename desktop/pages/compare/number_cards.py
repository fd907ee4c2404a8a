"""Predicted numbers: predicted against true, and how the errors lie around zero."""

from desktop.charts.data import HistogramData, ScatterData
from desktop.charts.numbers import HistogramChart, ScatterChart
from desktop.i18n import translate
from desktop.pages.compare.readings import residual_reading, scatter_reading
from desktop.pages.compare.shown import Shown
from desktop.widgets.card import Card


class ScatterCard(Card):
    """A point a row; the band is the likely range."""

    def __init__(self) -> None:
        super().__init__()
        self._chart = ScatterChart()
        self.add(self._chart, 1)

    def show_model(self, shown: Shown) -> None:
        """Show the predictions of a model."""
        points, halves = shown.evaluation.regression, shown.evaluation.interval_halfwidths
        if points is None:
            return
        target = shown.leaderboard.goal.target
        self._chart.set_reading(scatter_reading(points, halves, target))
        self._chart.set_caption(translate("compare.scatter.caption", target=target))
        self._chart.set_data(
            ScatterData(
                actual=points.actual,
                predicted=points.predicted,
                x_name=translate("compare.scatter.across", target=target),
                y_name=translate("compare.scatter.up", target=target),
                band=halves[1] if halves is not None else 0.0,
            )
        )


class ResidualCard(Card):
    """How often a prediction is how far off, to either side."""

    def __init__(self) -> None:
        super().__init__()
        self._chart = HistogramChart()
        self.add(self._chart, 1)

    def show_model(self, shown: Shown) -> None:
        """Show the errors of a model."""
        points = shown.evaluation.regression
        if points is None:
            return
        self._chart.set_reading(residual_reading(points))
        self._chart.set_caption(translate("compare.residual.caption"))
        self._chart.set_data(
            HistogramData(
                counts=points.residual_counts,
                edges=points.residual_edges,
                x_name=translate("compare.residual.across"),
                zero_line=True,
            )
        )
