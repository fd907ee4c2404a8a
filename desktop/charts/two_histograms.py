"""Two kinds of things on one scale, and the line between them that can be dragged."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from desktop.charts.chart import CENTER, Chart, draw_columns, draw_rows, draw_tick_text, solid
from desktop.charts.data import TwoHistogramsData
from desktop.charts.scale import Scale, round_ticks
from desktop.i18n import translate
from desktop.widgets.painting import draw_box, draw_text, font, text_width

LEGEND, GRIP = 22.0, 20.0
STEP, LEAP = 0.01, 0.1


class TwoHistogramsChart(Chart):
    """Stacked bars and a line over all of them; `moved` tells the place a person gave the line."""

    moved = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._data = TwoHistogramsData()
        self._line: float | None = None
        self._across = Scale(0, 1, 0, 1)
        self._dragging = False
        self._plot.installEventFilter(self)
        self._plot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._plot.setCursor(Qt.CursorShape.SplitHCursor)

    def set_data(self, data: TwoHistogramsData) -> None:
        """Show these counts."""
        self._data = data
        self.refresh()

    def set_line(self, line: float | None) -> None:
        """Put the line somewhere, without telling."""
        self._line = line
        self._plot.setAccessibleName(translate("chart.line", line=self._data.format(line)) if line is not None else "")
        self._plot.update()

    def table(self) -> Sequence[Sequence[object]]:
        """From, to and both counts."""
        data = self._data
        head = (translate("chart.from"), translate("chart.to"), *data.names)
        return [head, *zip(data.edges, data.edges[1:], data.first, data.second, strict=False)]

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw legend, axes, bars and line."""
        data = self._data
        if len(data.edges) < 2:
            draw_tick_text(painter, area, translate("chart.nothing_yet"), CENTER, "text-3")
            return
        self._draw_legend(painter, QRectF(area.left(), area.top(), area.width(), LEGEND))
        plot = area.adjusted(34, LEGEND + GRIP + 4, -16, -40)
        self._across = across = Scale(data.edges[0], data.edges[-1], plot.left(), plot.right())
        highest = max((a + b for a, b in zip(data.first, data.second, strict=True)), default=0)
        up = Scale(0, max(1, highest), plot.bottom(), plot.top())
        ticks = [tick for tick in round_ticks(0, up.high, 4) if tick == round(tick)]
        draw_rows(painter, plot, up, [(tick, f"{tick:,.0f}") for tick in ticks])
        for place, (first, second) in enumerate(zip(data.first, data.second, strict=True)):
            left, right = across.place(data.edges[place]), across.place(data.edges[place + 1])
            for low, high, ink in ((0, first, "s1"), (first, first + second, "s2")):
                if high > low:
                    top, bottom = up.place(high), up.place(low)
                    draw_box(painter, QRectF(left + 0.5, top, max(1.0, right - left - 1), bottom - top), ink, None, 0.5)
        draw_columns(painter, plot, across, [(tick, data.format(tick)) for tick in round_ticks(0, 1)])
        draw_tick_text(painter, QRectF(plot.left(), plot.bottom() + 22, plot.width(), 16), data.x_name, CENTER)
        if self._line is not None:
            self._draw_line(painter, plot, self._line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let pointer and keys move the line."""
        if self._line is not None:
            match event:
                case QMouseEvent():
                    return self._take_mouse(event)
                case QKeyEvent() if event.type() is QEvent.Type.KeyPress:
                    return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_mouse(self, event: QMouseEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.MouseButtonPress and event.button() is Qt.MouseButton.LeftButton:
            self._dragging = True
            self._plot.setFocus(Qt.FocusReason.MouseFocusReason)
        elif kind is QEvent.Type.MouseButtonRelease:
            self._dragging = False
        elif kind is not QEvent.Type.MouseMove or not self._dragging:
            return False
        if self._dragging:
            self._move_to(self._value_at(event.position().x()))
        return True

    def _take_key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Left: -STEP,
            Qt.Key.Key_Right: STEP,
            Qt.Key.Key_PageDown: -LEAP,
            Qt.Key.Key_PageUp: LEAP,
            Qt.Key.Key_Home: -1.0,
            Qt.Key.Key_End: 1.0,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or self._line is None:
            return False
        self._move_to(self._line + step)
        return True

    def _move_to(self, value: float) -> None:
        value = round(min(1.0, max(0.0, value)), 3)
        if value != self._line:
            self.set_line(value)
            self.moved.emit(value)

    def _value_at(self, x: float) -> float:
        span = self._across.end - self._across.start
        return self._across.low + (self._across.high - self._across.low) * (x - self._across.start) / (span or 1.0)

    def _draw_legend(self, painter: QPainter, area: QRectF) -> None:
        left, middle = area.left(), area.center().y()
        for name, ink in zip(self._data.names, ("s1", "s2"), strict=True):
            draw_box(painter, QRectF(left, middle - 5, 10, 10), ink, None, 2)
            width = text_width(name, font(12)) + 4
            draw_text(painter, QRectF(left + 16, area.top(), width, area.height()), name, "text-2", font(12))
            left += width + 34

    def _draw_line(self, painter: QPainter, plot: QRectF, line: float) -> None:
        x = self._across.place(line)
        painter.setPen(solid("text", 1.5))
        painter.drawLine(QLineF(x, plot.top() - 4, x, plot.bottom()))
        words = self._data.format(line)
        width = text_width(words, font(12, 600)) + 20
        left = min(max(plot.left() - 8, x - width / 2), plot.right() + 8 - width)
        box = QRectF(QPointF(left, plot.top() - GRIP - 4), QPointF(left + width, plot.top() - 4))
        edge = "accent" if self._plot.hasFocus() else None
        draw_box(painter, box, "text", edge, 4, width=2)
        draw_text(painter, box, words, "surface", font(12, 600), align=CENTER)
