"""How good the suggestions get with more labels: a line with its likely range."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from desktop.charts.chart import CENTER, Chart, draw_columns, draw_rows, draw_tick_text, solid
from desktop.charts.data import LabelCurveData, whole_percent
from desktop.charts.scale import Scale, round_ticks
from desktop.i18n import translate
from desktop.theme import theme
from desktop.widgets.cells import draw_shape
from desktop.widgets.painting import faded

_LEFT, _RIGHT, _BOTTOM = 36, 14, 40
_LEAST_SPAN = 0.1


class LabelCurveChart(Chart):
    """Labels across, score up; the band is the likely range."""

    def __init__(self) -> None:
        super().__init__()
        self._data = LabelCurveData(())

    def set_data(self, data: LabelCurveData) -> None:
        """Show this curve."""
        self._data = data
        self.refresh()

    def table(self) -> Sequence[Sequence[object]]:
        """Labels, score and its range."""
        head = (self._data.x_name, self._caption.text(), translate("chart.low"), translate("chart.high"))
        return [head, *self._data.points]

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw band, line and points."""
        points = self._data.points
        if not points:
            draw_tick_text(painter, area, translate("chart.nothing_yet"), CENTER, "text-3")
            return
        plot = area.adjusted(_LEFT, 8, -_RIGHT, -_BOTTOM)
        low = min(lower for _, _, lower, _ in points)
        high = max(upper for _, _, _, upper in points)
        low, high = max(0.0, min(low, high - _LEAST_SPAN)), min(1.0, max(high, low + _LEAST_SPAN))
        across = Scale(0, max(labels for labels, _, _, _ in points), plot.left(), plot.right())
        up = Scale(low, high, plot.bottom(), plot.top())
        draw_rows(painter, plot, up, [(tick, whole_percent(tick)) for tick in round_ticks(low, high)])
        draw_columns(painter, plot, across, [(tick, f"{tick:,.0f}") for tick in round_ticks(0, across.high)])
        draw_tick_text(painter, QRectF(plot.left(), plot.bottom() + 22, plot.width(), 16), self._data.x_name, CENTER)
        upper = [QPointF(across.place(labels), up.place(end)) for labels, _, _, end in points]
        lower = [QPointF(across.place(labels), up.place(end)) for labels, _, end, _ in points]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(theme().color("s1"), 0.14))
        painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
        line = [QPointF(across.place(labels), up.place(score)) for labels, score, _, _ in points]
        painter.setPen(solid("s1", 2))
        painter.drawPolyline(QPolygonF(line))
        for at in line:
            draw_shape(painter, at, "s1")
