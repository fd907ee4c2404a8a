"""What was said against what is true: four cells with their cost, or a table of classes."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from desktop.charts.chart import CENTER, RIGHT, Chart
from desktop.charts.data import ConfusionCell, ConfusionData, HeatTableData
from desktop.i18n import translator
from desktop.theme import theme
from desktop.widgets.painting import draw_box, draw_text, faded, font, text_width

TONES = {
    "accent": ("accent-soft", "accent-line", "accent"),
    "bad": ("bad-soft", "bad-line", "bad"),
    "warn": ("warn-soft", "warn-line", "warn"),
    "plain": ("surface-2", "border", "text"),
}
SIDE, HEAD, GAP = 60.0, 20.0, 4.0
WIDEST_NAME = 96.0
LOWEST_ROW, HIGHEST_ROW = 22.0, 40.0


class ConfusionChart(Chart):
    """Two by two. Count, words and cost stand in each cell."""

    def __init__(self) -> None:
        super().__init__()
        self._data: ConfusionData | None = None

    def set_data(self, data: ConfusionData | None) -> None:
        """Show these cells."""
        self._data = data
        self.refresh()

    def table(self) -> Sequence[Sequence[object]]:
        """Counts with the names of rows and columns."""
        if self._data is None:
            return []
        rows = zip(self._data.row_names, self._data.cells, strict=True)
        return [("", *self._data.column_names), *((name, *(cell.count for cell in cells)) for name, cells in rows)]

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw names and cells."""
        if self._data is None:
            return
        width, height = (area.width() - SIDE - GAP) / 2, min(84.0, (area.height() - HEAD - GAP) / 2)
        for column, name in enumerate(self._data.column_names):
            left = area.left() + SIDE + column * (width + GAP)
            draw_text(painter, QRectF(left, area.top(), width, 16), name, "text-2", font(12))
        for row, name in enumerate(self._data.row_names):
            top = area.top() + HEAD + row * (height + GAP)
            _draw_wrapped(painter, QRectF(area.left(), top, SIDE - 8, height), name)
            for column, cell in enumerate(self._data.cells[row]):
                left = area.left() + SIDE + column * (width + GAP)
                _draw_cell(painter, QRectF(left, top, width, height), cell)


def _draw_cell(painter: QPainter, box: QRectF, cell: ConfusionCell) -> None:
    fill, edge, ink = TONES[cell.tone]
    draw_box(painter, box, fill, edge, 6)
    lines = 58 if cell.cost else 42
    top = box.top() + max(4.0, (box.height() - lines) / 2)
    inner = QRectF(box.left() + 11, top, box.width() - 18, 24)
    draw_text(painter, inner, translator().number(cell.count), ink, font(20, 600))
    draw_text(painter, QRectF(inner.left(), top + 25, inner.width(), 16), cell.name, "text-2", font(12))
    draw_text(painter, QRectF(inner.left(), top + 41, inner.width(), 16), cell.cost, "text", font(12, 600))


def _draw_wrapped(painter: QPainter, box: QRectF, name: str) -> None:
    words = name.split(" ", 1) if text_width(name, font(12)) > box.width() else [name]
    top = box.center().y() - 8 * len(words)
    for place, word in enumerate(words):
        draw_text(painter, QRectF(box.left(), top + 16 * place, box.width(), 16), word, "text-2", font(12))


class HeatTable(Chart):
    """Classes by classes: right answers on the diagonal in blue, mistakes in orange, the stronger the more of its row."""

    def __init__(self) -> None:
        super().__init__()
        self._data = HeatTableData((), ())

    def set_data(self, data: HeatTableData) -> None:
        """Show these counts."""
        self._data = data
        self.refresh()

    def table(self) -> Sequence[Sequence[object]]:
        """Counts with the names of the classes."""
        rows = zip(self._data.names, self._data.counts, strict=True)
        return [("", *self._data.names), *((name, *counts) for name, counts in rows)]

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw names and cells."""
        if not self._data.names:
            return
        side = min(WIDEST_NAME, max(text_width(name, font(12)) for name in self._data.names) + 10)
        top = 36.0 if self._data.column_title else 18.0
        count = len(self._data.names)
        width = (area.width() - side) / count
        height = min(HIGHEST_ROW, max(LOWEST_ROW, (area.height() - top) / count))
        draw_text(
            painter, QRectF(side, 0, area.width() - side, 16), self._data.column_title, "text-3", font(11), align=CENTER
        )
        draw_text(painter, QRectF(0, top - 18, side - 8, 16), self._data.row_title, "text-3", font(11), align=RIGHT)
        for place, name in enumerate(self._data.names):
            head = QRectF(side + place * width + 2, top - 18, width - 4, 16)
            draw_text(painter, head, name, "text-2", font(11), align=CENTER)
            row = QRectF(0, top + place * height, side - 8, height)
            draw_text(painter, row, name, "text-2", font(12), align=RIGHT)
        for row_place, counts in enumerate(self._data.counts):
            for place, number in enumerate(counts):
                box = QRectF(side + place * width + 1, top + row_place * height + 1, width - 2, height - 2)
                _draw_heat(painter, box, number, sum(counts), right=row_place == place)


def _draw_heat(painter: QPainter, box: QRectF, number: int, row_total: int, *, right: bool) -> None:
    draw_box(painter, box, "surface-2", None, 3)
    if number and row_total:
        share = 0.12 + 0.38 * number / row_total
        painter.setBrush(faded(theme().color("s1" if right else "s5"), share))
        painter.drawRoundedRect(box, 3, 3)
    ink = "text" if number else "text-3"
    draw_text(painter, box, translator().number(number), ink, font(12, 600 if right else 400), align=CENTER)
