"""Charts of predicted numbers: predicted against true, and histograms."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from desktop.charts.chart import CENTER, Chart, dashed, draw_columns, draw_label, draw_rows, draw_tick_text, solid
from desktop.charts.data import HistogramData, ScatterData
from desktop.charts.scale import Scale, round_range, round_ticks
from desktop.i18n import translate
from desktop.theme import theme
from desktop.widgets.painting import draw_box, faded, font, text_width

MOST_POINTS = 2000


class ScatterChart(Chart):
    """A point a row; on the diagonal a prediction is right; the band is the likely range."""

    def __init__(self) -> None:
        super().__init__()
        self._data = ScatterData((), (), "", "")

    def set_data(self, data: ScatterData) -> None:
        """Show these points; of more than 2,000 every n-th is drawn."""
        self._data = data
        self.refresh()

    def table(self) -> Sequence[Sequence[object]]:
        """True and predicted numbers."""
        return [(self._data.x_name, self._data.y_name), *zip(self._data.actual, self._data.predicted, strict=True)]

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw frame, band, diagonal and points."""
        if not self._data.actual:
            draw_tick_text(painter, area, translate("chart.nothing_yet"), CENTER, "text-3")
            return
        low, high = round_range((*self._data.actual, *self._data.predicted))
        ticks = [(tick, self._data.format(tick)) for tick in round_ticks(low, high)]
        room = max(text_width(words, font(11)) for _, words in ticks) + 10
        plot = area.adjusted(room, 8, -20, -40)
        across, up = Scale(low, high, plot.left(), plot.right()), Scale(low, high, plot.bottom(), plot.top())
        draw_rows(painter, plot, up, ticks)
        draw_columns(painter, plot, across, ticks)
        draw_tick_text(painter, QRectF(plot.left(), plot.bottom() + 22, plot.width(), 16), self._data.x_name, CENTER)
        self._draw_diagonal(painter, plot, across, up)
        step = -(-len(self._data.actual) // MOST_POINTS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(theme().color("s1"), 0.55))
        for actual, predicted in zip(self._data.actual[::step], self._data.predicted[::step], strict=True):
            painter.drawEllipse(QPointF(across.place(actual), up.place(predicted)), 2.6, 2.6)

    def _draw_diagonal(self, painter: QPainter, plot: QRectF, across: Scale, up: Scale) -> None:
        low, high, band = across.low, across.high, self._data.band
        painter.save()
        painter.setClipRect(plot)
        if band:
            corners = [(low, low - band), (high, high - band), (high, high + band), (low, low + band)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(faded(theme().color("s0"), 0.14))
            painter.drawPolygon(QPolygonF([QPointF(across.place(x), up.place(y)) for x, y in corners]))
        painter.setPen(dashed("axis"))
        painter.drawLine(QLineF(across.place(low), up.place(low), across.place(high), up.place(high)))
        painter.restore()


class HistogramChart(Chart):
    """Counts as bars; zero or a marked place as a line."""

    def __init__(self) -> None:
        super().__init__()
        self._data = HistogramData((), ())

    def set_data(self, data: HistogramData) -> None:
        """Show these counts."""
        self._data = data
        self.refresh()

    def table(self) -> Sequence[Sequence[object]]:
        """From, to, rows."""
        head = (translate("chart.from"), translate("chart.to"), translate("chart.rows"))
        return [head, *zip(self._data.edges, self._data.edges[1:], self._data.counts, strict=False)]

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw axes and bars."""
        data = self._data
        if not data.counts or len(data.edges) < 2:
            draw_tick_text(painter, area, translate("chart.nothing_yet"), CENTER, "text-3")
            return
        plot = area.adjusted(40, 8, -16, -40 if data.x_name else -22)
        across = Scale(data.edges[0], data.edges[-1], plot.left(), plot.right())
        up = Scale(0, max(data.counts), plot.bottom(), plot.top())
        draw_rows(painter, plot, up, [(tick, f"{tick:,.0f}") for tick in round_ticks(0, up.high, 4)])
        for left, right, count in zip(data.edges, data.edges[1:], data.counts, strict=False):
            if count:
                x, width = across.place(left), across.place(right) - across.place(left)
                top = min(up.place(count), plot.bottom() - 1)
                draw_box(
                    painter,
                    QRectF(x + 0.5, top, max(1.0, width - 1), plot.bottom() - top),
                    data.ink,
                    None,
                    min(2.0, width / 3),
                )
        ticks = round_ticks(data.edges[0], data.edges[-1])
        draw_columns(painter, plot, across, [(tick, data.format(tick)) for tick in ticks])
        draw_tick_text(painter, QRectF(plot.left(), plot.bottom() + 22, plot.width(), 16), data.x_name, CENTER)
        self._draw_marks(painter, plot, across)

    def _draw_marks(self, painter: QPainter, plot: QRectF, across: Scale) -> None:
        if self._data.zero_line and across.low < 0 < across.high:
            painter.setPen(solid("text", 1.5))
            painter.drawLine(QLineF(across.place(0), plot.top(), across.place(0), plot.bottom()))
        if self._data.marker is not None:
            value, words = self._data.marker
            painter.setPen(dashed("s5"))
            painter.drawLine(QLineF(across.place(value), plot.top(), across.place(value), plot.bottom()))
            draw_label(painter, QRectF(across.place(value) + 5, plot.top(), 160, 16), words, ink="bad")
