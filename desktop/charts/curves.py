"""Found against stopped (ROC), real alarms against found, and calibration: shares of one both ways."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF

from desktop.charts.chart import CENTER, Chart, dashed, draw_columns, draw_label, draw_rows, draw_tick_text, solid
from desktop.charts.data import CalibrationData, CurveData, whole_percent
from desktop.charts.scale import Scale, thinned
from desktop.i18n import translate
from desktop.widgets.cells import draw_shape
from desktop.widgets.painting import font, text_width

QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
HALVES = (0.0, 0.5, 1.0)


def _frame(painter: QPainter, area: QRectF, x_name: str) -> tuple[Scale, Scale]:
    plot = area.adjusted(36, 8, -20, -40)
    across, up = Scale(0, 1, plot.left(), plot.right()), Scale(0, 1, plot.bottom(), plot.top())
    draw_rows(painter, plot, up, [(tick, whole_percent(tick)) for tick in QUARTERS])
    draw_columns(painter, plot, across, [(tick, whole_percent(tick)) for tick in HALVES])
    draw_tick_text(painter, QRectF(plot.left(), plot.bottom() + 22, plot.width(), 16), x_name, CENTER)
    return across, up


class CurveChart(Chart):
    """The curve in the colour of the chosen model, your setting in red, guessing dashed."""

    def __init__(self) -> None:
        super().__init__()
        self._data = CurveData((), "")

    def set_data(self, data: CurveData) -> None:
        """Show this curve."""
        self._data = data
        self.refresh()

    def table(self) -> Sequence[Sequence[object]]:
        """The points of the curve."""
        return [(self._data.x_name, self._caption.text()), *self._data.points]

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw frame, guessing, curve and setting."""
        across, up = _frame(painter, area, self._data.x_name)
        if self._data.guessing is not None:
            self._draw_guessing(painter, across, up)
        points = thinned(self._data.points, int(area.width()) * 2)
        painter.setPen(solid("s1", 2))
        painter.drawPolyline(QPolygonF([QPointF(across.place(x), up.place(y)) for x, y in points]))
        if self._data.setting is not None:
            self._draw_setting(painter, across, up)

    def _draw_guessing(self, painter: QPainter, across: Scale, up: Scale) -> None:
        if self._data.guessing is None:
            return
        ends = [QPointF(across.place(x), up.place(y)) for x, y in self._data.guessing]
        painter.setPen(dashed("axis"))
        painter.drawLine(QLineF(*ends))
        if self._data.guessing_name:
            at = ends[0] + (ends[1] - ends[0]) * 0.55
            box = QRectF(at.x() + 2, at.y() + 16 if ends[0].y() != ends[1].y() else at.y() - 18, 120, 16)
            draw_label(painter, box, self._data.guessing_name, ink="text-2", weight=400)

    def _draw_setting(self, painter: QPainter, across: Scale, up: Scale) -> None:
        if self._data.setting is None:
            return
        at = QPointF(across.place(self._data.setting[0]), up.place(self._data.setting[1]))
        draw_shape(painter, at, "s1", 5.5, ink="s5")
        words = self._data.setting_name
        width = text_width(words, font(11, 600)) + 4
        left = at.x() + 10 if at.x() + 10 + width < across.end + 16 else at.x() - width - 10
        draw_label(painter, QRectF(left, at.y() + 4, width, 16), words)


class CalibrationChart(Chart):
    """What it says against what is true, with the likely range of each point; on the diagonal risks can be trusted."""

    def __init__(self) -> None:
        super().__init__()
        self._data = CalibrationData((), "")

    def set_data(self, data: CalibrationData) -> None:
        """Show these points."""
        self._data = data
        self.refresh()

    def table(self) -> Sequence[Sequence[object]]:
        """Risk said, share really so, its range, rows."""
        head = (
            self._data.x_name,
            self._caption.text(),
            translate("chart.low"),
            translate("chart.high"),
            translate("chart.rows"),
        )
        return [head, *((p.predicted, p.observed, p.low, p.high, p.count) for p in self._data.points)]

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw frame, diagonal, whiskers and points."""
        across, up = _frame(painter, area, self._data.x_name)
        painter.setPen(dashed("axis"))
        painter.drawLine(QLineF(across.place(0), up.place(0), across.place(1), up.place(1)))
        width = text_width(self._data.honest_name, font(11)) + 4
        box = QRectF(across.place(1) - width + 12, up.place(0.25) + 4, width, 16)
        draw_label(painter, box, self._data.honest_name, ink="text-2", weight=400)
        for point in self._data.points:
            x = across.place(point.predicted)
            painter.setPen(solid("s1", 1.5))
            painter.drawLine(QLineF(x, up.place(point.low), x, up.place(point.high)))
            draw_shape(painter, QPointF(x, up.place(point.observed)), "s1", 4.5)
