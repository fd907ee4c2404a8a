"""Paints one recent project: name over size, a bar a step over its sentence, score over its meaning, the day."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from automl.domain.glance import ProjectGlance
from desktop.i18n import translate
from desktop.itemmodels.recent_projects import CAPTION_ROLE, GLANCE_ROLE, KIND_ICONS, RecentField
from desktop.itemmodels.standing import Mark, standing
from desktop.theme import theme
from desktop.widgets.cells import Cell
from desktop.widgets.painting import draw_box, draw_text, font, text_width
from desktop.widgets.table import CellDelegate

ROW_HEIGHT = 64
_FILLS = {
    Mark.DONE: "ok-mark",
    Mark.HERE: "accent",
    Mark.LOOK: "warn-mark",
    Mark.ACT: "bad-mark",
    Mark.TO_DO: "surface-3",
}
_SIGNS = {Mark.LOOK: ("alert-triangle", "warn"), Mark.ACT: ("alert-octagon", "bad"), Mark.DONE: ("check-circle", "ok")}
_SEGMENT, _GAP = 16.0, 4.0

Index = QModelIndex | QPersistentModelIndex


class RecentDelegate(CellDelegate):
    """All cells of the list of recent projects."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = QRectF(option.rect)
        self._paint_ground(painter, option, index, Cell())
        glance: ProjectGlance = index.data(GLANCE_ROLE)
        match RecentField(index.column()):
            case RecentField.NAME:
                self._paint_name(painter, cell, glance, index)
            case RecentField.STANDS:
                _paint_standing(painter, cell, glance)
            case RecentField.SCORE:
                self._paint_score(painter, cell, glance, index)
            case RecentField.OPENED:
                words = cell.adjusted(8, 0, -16, 0)
                draw_text(painter, words, index.data(), "text-2", font(13), align=Qt.AlignmentFlag.AlignRight)
        painter.restore()

    def _paint_name(self, painter: QPainter, cell: QRectF, glance: ProjectGlance, index: Index) -> None:
        icon = KIND_ICONS[glance.kind]
        theme().paint_icon(painter, icon, "text-3", QRectF(cell.left() + 16, cell.center().y() - 8, 16, 16))
        first, second = _lines(cell.adjusted(46, 0, -8, 0))
        draw_text(painter, first, glance.name, "text", font(13, 600))
        draw_text(painter, second, index.data(CAPTION_ROLE), "text-3", font(12))

    def _paint_score(self, painter: QPainter, cell: QRectF, glance: ProjectGlance, index: Index) -> None:
        align = Qt.AlignmentFlag.AlignRight
        first, second = _lines(cell.adjusted(8, 0, -8, 0))
        ink = "text" if glance.score else "text-3"
        draw_text(
            painter,
            first if glance.score else cell.adjusted(8, 0, -8, 0),
            index.data(),
            ink,
            font(13, 600),
            align=align,
        )
        if glance.score:
            draw_text(painter, second, index.data(CAPTION_ROLE), "text-3", font(12), align=align)


def _paint_standing(painter: QPainter, cell: QRectF, glance: ProjectGlance) -> None:
    stands = standing(glance)
    left, top = cell.left() + 8, cell.center().y() - 14
    for place, mark in enumerate(stands.marks):
        draw_box(painter, QRectF(left + place * (_SEGMENT + _GAP), top, _SEGMENT, 8), _FILLS[mark], None, 2)
    line = QRectF(left, cell.center().y() + 2, cell.right() - left - 8, 18)
    icon, ink = _SIGNS.get(stands.mark, ("", "text-3"))
    if icon:
        theme().paint_icon(painter, icon, ink, QRectF(line.left(), line.center().y() - 7, 14, 14))
        line.setLeft(line.left() + 20)
    if stands.step:
        step = translate(f"start.stands.{stands.step}") + "."
        draw_text(painter, line, step, ink if icon else "text-2", font(12, 600))
        line.setLeft(line.left() + text_width(step, font(12, 600)) + 4)
    draw_text(painter, line, translate(stands.line, count=stands.count), ink, font(12))


def _lines(cell: QRectF) -> tuple[QRectF, QRectF]:
    middle = cell.center().y()
    return QRectF(cell.left(), middle - 19, cell.width(), 18), QRectF(cell.left(), middle + 1, cell.width(), 18)
