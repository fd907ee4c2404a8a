"""Bars that lie, with their likely range; one interval on a scale; the difference between two models."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop.charts.chart import CENTER, LEFT, RIGHT, TICK, Chart, dashed, draw_label, draw_tick_text, solid
from desktop.charts.data import BarItem, BarsData, DifferenceData, IntervalData
from desktop.charts.scale import Scale, round_ticks
from desktop.i18n import translate
from desktop.widgets.cells import draw_shape
from desktop.widgets.painting import draw_box, draw_text, font, text_width

PITCH, THICK = 27.0, 14.0
WIDEST_NAME = 0.42
TICK_GAP = 8.0


class BarsChart(Chart):
    """Names at the left, the number behind each bar; a whisker is its likely range."""

    def __init__(self) -> None:
        super().__init__()
        self._data = BarsData(())

    def set_data(self, data: BarsData) -> None:
        """Show these bars."""
        self._data = data
        self._plot.setMinimumHeight(round(PITCH * min(len(data.items), 12)) + 2)
        self.refresh()

    def table(self) -> Sequence[Sequence[object]]:
        """Name, value and range of each bar."""
        head = (translate("chart.name"), translate("chart.value"), translate("chart.low"), translate("chart.high"))
        return [head, *((item.name, item.value, item.low, item.high) for item in self._data.items)]

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw the bars that have room."""
        items = self._data.items[: max(1, int(area.height() // 18))]
        if not items:
            return
        names = max(text_width(item.name, font(12, 600 if item.strong else 400)) for item in items)
        left = min(names, area.width() * WIDEST_NAME) + 12
        words = max(text_width(self._data.format(item.value), font(12)) for item in items)
        ends = [value for item in items for value in (item.value, item.high or 0.0, item.low or 0.0)]
        across = Scale(min(0.0, *ends), max(0.0, *ends) or 1.0, left, area.right() - words - 12)
        pitch = min(PITCH, area.height() / len(items))
        for place, item in enumerate(items):
            self._draw_item(painter, QRectF(0, area.top() + place * pitch, left, pitch), item, across)
        if across.low < 0:
            painter.setPen(solid("axis", 1.25))
            painter.drawLine(QLineF(across.place(0), area.top(), across.place(0), area.top() + pitch * len(items)))

    def _draw_item(self, painter: QPainter, row: QRectF, item: BarItem, across: Scale) -> None:
        face = font(12, 600 if item.strong else 400)
        draw_text(painter, row.adjusted(0, 0, -12, 0), item.name, "text" if item.strong else "text-2", face)
        start, end = sorted((across.place(0), across.place(item.value)))
        middle = row.center().y()
        box = QRectF(start, middle - THICK / 2, max(1.0, end - start), THICK)
        draw_box(painter, box, "s1" if item.strong else "bar", None, min(2.0, box.width() / 2))
        furthest = end
        if item.low is not None and item.high is not None:
            painter.setPen(solid("text-2", 1.5))
            painter.drawLine(QLineF(across.place(item.low), middle, across.place(item.high), middle))
            furthest = max(end, across.place(item.high))
        words = QRectF(furthest + 6, row.top(), 120, row.height())
        draw_text(painter, words, self._data.format(item.value), "text-2", font(12))


class IntervalChart(Chart):
    """One value with its likely range on a track, with named places."""

    def __init__(self) -> None:
        super().__init__()
        self._data: IntervalData | None = None
        self.set_plot_height(58)

    def set_data(self, data: IntervalData | None) -> None:
        """Show this value."""
        self._data = data
        self.refresh()

    def table(self) -> Sequence[Sequence[object]]:
        """Value and range."""
        return _value_and_range(self._data)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw track, range, marks and value."""
        if self._data is None:
            return
        across = Scale(*self._data.scale, area.left() + 8, area.right() - 8)
        middle = 26.0
        draw_box(painter, QRectF(area.left(), middle - 3, area.width(), 6), "surface-3", None, 3)
        low, high = across.place(self._data.low), across.place(self._data.high)
        draw_box(painter, QRectF(low, middle - 3, max(2.0, high - low), 6), "accent-line", None, 1)
        for value, words in self._data.marks:
            x = across.place(value)
            painter.setPen(solid("text", 1.5))
            painter.drawLine(QLineF(x, middle - 9, x, middle + 9))
            width = text_width(words, font(11)) + 4
            left = min(max(area.left(), x - width / 2), area.right() - width)
            draw_label(painter, QRectF(left, 0, width, 15), words, ink="text-2", weight=400, align=CENTER)
        draw_shape(painter, QPointF(across.place(self._data.value), middle), "s1", 6)
        ends = ((self._data.low, LEFT), (self._data.high, RIGHT))
        for value, align in ends:
            draw_tick_text(painter, QRectF(area.left(), 40, area.width(), 16), self._data.format(value), align)


class DifferenceChart(Chart):
    """How far two models are apart on the same rows; when the whisker crosses zero it is not larger than chance."""

    def __init__(self) -> None:
        super().__init__()
        self._data: DifferenceData | None = None
        self.set_plot_height(84)

    def set_data(self, data: DifferenceData | None) -> None:
        """Show this difference."""
        self._data = data
        self.refresh()

    def table(self) -> Sequence[Sequence[object]]:
        """Difference and range."""
        return _value_and_range(self._data)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw zero line, whisker, axis and names."""
        if self._data is None:
            return
        reach = max(abs(self._data.low), abs(self._data.high), 1e-12) * 1.25
        across = Scale(-reach, reach, area.left() + 24, area.right() - 24)
        painter.setPen(solid("axis", 1.25))
        painter.drawLine(QLineF(area.left() + 8, 46, area.right() - 8, 46))
        painter.setPen(dashed("text-2"))
        painter.drawLine(QLineF(across.place(0), 4, across.place(0), 46))
        for tick in self._ticks(across):
            draw_tick_text(painter, QRectF(across.place(tick) - 40, 49, 80, 14), self._tick_words(tick), CENTER)
        low, high = across.place(self._data.low), across.place(self._data.high)
        painter.setPen(solid("s1", 2.5))
        painter.drawLine(QLineF(low, 24, high, 24))
        painter.setPen(solid("s1", 2))
        for end in (low, high):
            painter.drawLine(QLineF(end, 18, end, 30))
        draw_shape(painter, QPointF(across.place(self._data.value), 24), "s1", 5)
        draw_text(painter, QRectF(area.left(), 66, area.width() / 2, 16), self._data.left_name, "text-2", font(12))
        names = QRectF(area.center().x(), 66, area.width() / 2, 16)
        draw_text(painter, names, self._data.right_name, "text-2", font(12), align=RIGHT)

    def _ticks(self, across: Scale) -> Sequence[float]:
        """As many round places as have room for their words."""
        for most in (5, 3):
            ticks = round_ticks(across.low, across.high, most)
            widest = max(text_width(self._tick_words(tick), font(TICK)) for tick in ticks)
            room = across.place(ticks[1]) - across.place(ticks[0]) if len(ticks) > 1 else widest + TICK_GAP
            if widest + TICK_GAP <= room:
                return ticks
        return (0.0,)

    def _tick_words(self, tick: float) -> str:
        if not tick or self._data is None:
            return "0"
        return f"{'+' if tick > 0 else ''}{self._data.format(tick)}"


def _value_and_range(data: IntervalData | DifferenceData | None) -> Sequence[Sequence[object]]:
    head = (translate("chart.value"), translate("chart.low"), translate("chart.high"))
    return [head, (data.value, data.low, data.high)] if data else [head]
