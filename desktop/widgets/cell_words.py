"""The words of a table cell: sign, text, quieter text, pill; in one line or in two."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from desktop.theme import theme
from desktop.widgets.cells import Cell, draw_shape
from desktop.widgets.painting import draw_box, draw_text, font, text_width
from desktop.widgets.pill import FILL_AND_INK

GAP = 8.0
SIGN = 14.0


def cell_width(cell: Cell) -> float:
    """Logical pixels the words need."""
    sign = SIGN + 6 if cell.icon or cell.shape else 0.0
    words = text_width(cell.text, font(13, cell.weight))
    second = text_width(cell.second, font(12 if cell.below else 13))
    pill = text_width(cell.pill[0], font(12, 500)) + 16 + GAP if cell.pill else 0.0
    if cell.below:
        return sign + max(words + pill, second)
    return sign + words + (second + GAP if cell.second else 0.0) + pill


def draw_cell_words(painter: QPainter, area: QRectF, cell: Cell) -> None:
    """Draw the words into `area`."""
    left = area.left()
    middle = area.center().y()
    if cell.icon:
        theme().paint_icon(painter, cell.icon, cell.icon_ink, QRectF(left, middle - SIGN / 2, SIGN, SIGN))
        left += SIGN + 6
    elif cell.shape:
        draw_shape(painter, QPointF(left + 5, middle), cell.shape, 4.2)
        left += SIGN + 6
    words = QRectF(left, area.top(), area.right() - left, area.height())
    if cell.below and cell.second:
        _draw_two_lines(painter, words, cell)
    elif cell.align_right:
        draw_text(painter, words, cell.text, cell.ink, font(13, cell.weight), align=Qt.AlignmentFlag.AlignRight)
    else:
        _draw_one_line(painter, words, cell)


def _draw_two_lines(painter: QPainter, area: QRectF, cell: Cell) -> None:
    align = Qt.AlignmentFlag.AlignRight if cell.align_right else Qt.AlignmentFlag.AlignLeft
    middle = area.center().y()
    top = QRectF(area.left(), middle - 18, area.width(), 18)
    draw_text(painter, top, cell.text, cell.ink, font(13, cell.weight), align=align)
    draw_text(painter, top.translated(0, 18), cell.second, "text-3", font(12), align=align)
    if cell.pill and not cell.align_right:
        _draw_pill(
            painter, top.left() + text_width(cell.text, font(13, cell.weight)) + GAP, top.center().y(), cell.pill
        )


def _draw_one_line(painter: QPainter, area: QRectF, cell: Cell) -> None:
    pill = text_width(cell.pill[0], font(12, 500)) + 16 if cell.pill else 0.0
    room = area.width() - (pill + GAP if pill else 0.0)
    face = font(13, cell.weight)
    taken = min(room, text_width(cell.text, face))
    draw_text(painter, QRectF(area.left(), area.top(), taken + 1, area.height()), cell.text, cell.ink, face)
    left = area.left() + taken
    if cell.second and room - taken > 24:
        second = min(room - taken - GAP, text_width(cell.second, font(13)))
        draw_text(painter, QRectF(left + GAP, area.top(), second + 1, area.height()), cell.second, "text-2", font(13))
        left += GAP + second
    if cell.pill:
        _draw_pill(painter, left + GAP, area.center().y(), cell.pill)


def _draw_pill(painter: QPainter, left: float, middle: float, pill: tuple[str, str]) -> None:
    words, tone = pill
    fill, ink = FILL_AND_INK[tone]
    box = QRectF(left, middle - 10, text_width(words, font(12, 500)) + 16, 20)
    draw_box(painter, box, fill, None, 4)
    draw_text(painter, box, words, ink, font(12, 500), align=Qt.AlignmentFlag.AlignHCenter)
