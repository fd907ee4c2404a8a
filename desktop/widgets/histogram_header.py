"""The header of a data preview: name, type sign, small histogram and a line on the values, 74 high."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.theme import theme
from desktop.widgets.cells import Bars, draw_bars
from desktop.widgets.painting import draw_text, font, text_width

HEIGHT = 74
DRAWN_BARS = 100.0


@dataclass(frozen=True)
class HeaderCell:
    """What stands over one column; `marked` for the target."""

    name: str
    caption: str = ""
    icon: str = ""
    bars: Bars | None = None
    align_right: bool = False
    marked: bool = False


class HistogramHeader(QHeaderView):
    """`read` says what stands over each column."""

    def __init__(self, read: Callable[[int], HeaderCell], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._read = read
        self.setFixedHeight(HEIGHT)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)

    def sizeHint(self) -> QSize:
        """74 high."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def sectionSizeFromContents(self, column: int) -> QSize:
        """As wide as name and caption need."""
        return QSize(header_width(self._read(column)), HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        """Draw one column head."""
        cell = self._read(column)
        area = QRectF(rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, theme().color("accent-soft" if cell.marked else "surface-2"))
        painter.setPen(QPen(theme().color("border"), 1))
        painter.drawLine(QLineF(area.left(), area.bottom() - 0.5, area.right(), area.bottom() - 0.5))
        if cell.marked:
            painter.setPen(QPen(theme().color("accent-line"), 1))
            painter.drawLine(QLineF(area.left() + 0.5, area.top(), area.left() + 0.5, area.bottom()))
        _paint_head(painter, area.adjusted(8, 0, -8, 0), cell)
        painter.restore()


def header_width(cell: HeaderCell) -> int:
    """Logical pixels a column head needs, between 72 and 200."""
    name = text_width(cell.name, font(12, 600)) + (18 if cell.icon else 0)
    return round(min(200.0, max(72.0, name + 18, text_width(cell.caption, font(11)) + 18)))


def _paint_head(painter: QPainter, area: QRectF, cell: HeaderCell) -> None:
    right = Qt.AlignmentFlag.AlignRight if cell.align_right else Qt.AlignmentFlag.AlignLeft
    face = font(12, 600)
    words = min(text_width(cell.name, face), area.width() - (18 if cell.icon else 0))
    left = area.right() - words if cell.align_right else area.left() + (18 if cell.icon else 0)
    if cell.icon:
        theme().paint_icon(painter, cell.icon, "text-3", QRectF(left - 18, area.top() + 9, 14, 14))
    draw_text(painter, QRectF(left, area.top() + 7, words + 1, 18), cell.name, "text", face)
    width = min(DRAWN_BARS, area.width())
    start = area.right() - width if cell.align_right else area.left()
    if cell.bars is not None:
        draw_bars(painter, QRectF(start, area.top() + 28, width, 20), cell.bars)
    draw_text(
        painter, QRectF(area.left(), area.top() + 52, area.width(), 16), cell.caption, "text-3", font(11), align=right
    )
