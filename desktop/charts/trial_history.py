"""The search as it goes: a point for each recipe, a step line for the best so far, a grey area for what is still to try."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF

from desktop.charts.chart import CENTER, Chart, dashed, draw_columns, draw_label, draw_rows, draw_tick_text, solid
from desktop.charts.data import TrialHistoryData
from desktop.charts.scale import Scale, kept_range, round_ticks
from desktop.i18n import translate
from desktop.theme import theme
from desktop.widgets.cells import draw_shape
from desktop.widgets.painting import draw_text, faded, font, text_width

LEFT_ROOM, TOP_ROOM, BOTTOM_ROOM = 52.0, 30.0, 22.0
FEWEST_ON_AXIS = 10


class TrialHistoryChart(Chart):
    """Live: its axis stays until a value leaves it."""

    def __init__(self) -> None:
        super().__init__()
        self._data = TrialHistoryData((), ())
        self._range: tuple[float, float] | None = None

    def set_data(self, data: TrialHistoryData) -> None:
        """Show these recipes."""
        if not data.points:
            self._range = None
        else:
            self._range = kept_range(self._range, [point.value for point in data.points])
        self._data = data
        self.refresh()

    def table(self) -> Sequence[Sequence[object]]:
        """Number, score and best so far of each recipe."""
        head = (translate("chart.recipe"), translate("chart.score"), translate("chart.best_so_far"))
        pairs = zip(self._data.points, self._data.best, strict=True)
        return [head, *((point.number, point.value, best) for point, best in pairs)]

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw legend, axes, points and step line."""
        plot = area.adjusted(LEFT_ROOM, TOP_ROOM, -8, -BOTTOM_ROOM)
        self._draw_legend(painter, area.left() + LEFT_ROOM)
        low, high = self._range or (0.0, 1.0)
        last = self._data.points[-1].number if self._data.points else 0
        end = max(self._data.expected, last, FEWEST_ON_AXIS)
        across, up = Scale(0, end, plot.left(), plot.right()), Scale(low, high, plot.bottom(), plot.top())
        self._draw_rest(painter, plot, across.place(last))
        if self._data.points:
            draw_rows(painter, plot, up, [(tick, self._data.format(tick)) for tick in round_ticks(low, high)])
        whole = [tick for tick in round_ticks(0, end, 7) if tick.is_integer()]
        draw_columns(painter, plot, across, [(tick, f"{tick:.0f}") for tick in whole])
        if self._data.points:
            self._draw_points(painter, across, up)
            self._draw_best(painter, across, up, plot)

    def _draw_legend(self, painter: QPainter, left: float) -> None:
        for series, name in self._data.legend:
            draw_shape(painter, QPointF(left + 5, 9), series)
            draw_text(painter, QRectF(left + 15, 0, 200, 18), name, "text-2", font(12))
            left += 15 + text_width(name, font(12)) + 14
        painter.setPen(solid("text", 2))
        painter.drawLine(QLineF(left, 9, left + 14, 9))
        draw_text(painter, QRectF(left + 20, 0, 200, 18), translate("chart.best_so_far"), "text-2", font(12))

    def _draw_rest(self, painter: QPainter, plot: QRectF, left: float) -> None:
        if self._data.expected and left < plot.right() - 1:
            rest = QRectF(left, plot.top(), plot.right() - left, plot.height())
            painter.fillRect(rest, theme().color("surface-2"))
            if rest.width() > 72:
                draw_tick_text(
                    painter,
                    QRectF(rest.left(), rest.top() + 2, rest.width(), 16),
                    translate("chart.still_to_try"),
                    CENTER,
                )

    def _draw_points(self, painter: QPainter, across: Scale, up: Scale) -> None:
        for point in self._data.points:
            draw_shape(painter, QPointF(across.place(point.number), up.place(point.value)), point.series)

    def _draw_best(self, painter: QPainter, across: Scale, up: Scale, plot: QRectF) -> None:
        corners: list[QPointF] = []
        for point, best in zip(self._data.points, self._data.best, strict=True):
            here = QPointF(across.place(point.number), up.place(best))
            if corners:
                corners.append(QPointF(here.x(), corners[-1].y()))
            corners.append(here)
        painter.setPen(solid("text", 2))
        painter.drawPolyline(QPolygonF(corners))
        best = self._data.best[-1]
        if corners[-1].x() < plot.right() - 2 and self._data.expected:
            painter.setPen(dashed("text-2"))
            painter.drawLine(QLineF(corners[-1], QPointF(plot.right(), corners[-1].y())))
        winner = next(point for point in self._data.points if point.value == best)
        middle = QPointF(across.place(winner.number), up.place(best))
        draw_shape(painter, middle, winner.series, 6)
        words = translate("chart.best", value=self._data.format(best))
        width = text_width(words, font(11, 600)) + 4
        left = min(max(plot.left() + 4, middle.x() - width / 2), plot.right() - width)
        above = middle.y() - 24 if middle.y() - 24 > plot.top() else middle.y() + 8
        box = QRectF(left, above, width, 16)
        painter.fillRect(box.adjusted(-3, 0, 1, 0), faded(theme().color("surface"), 0.85))
        draw_label(painter, box, words)
