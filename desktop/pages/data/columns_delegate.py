"""Paints the table of columns: type sign and name, the role as a list to choose from, the spread, the finding."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from automl.domain.issues import Severity
from automl.domain.schema import Role
from desktop.itemmodels.column_words import ROLE_ICONS, TYPE_ICONS, role_word
from desktop.itemmodels.columns import ENTRY_ROLE, ColumnEntry, Field
from desktop.pages.data.spread import spread_bars
from desktop.theme import theme
from desktop.widgets.cells import Cell, draw_bars
from desktop.widgets.painting import draw_box, draw_text, font
from desktop.widgets.table import CellDelegate, TableView

SEVERITY_SIGNS = {
    Severity.ACT: ("alert-octagon", "bad"),
    Severity.LOOK: ("alert-triangle", "warn"),
    Severity.INFO: ("info", "text-3"),
}
_ROLE_WIDTH, _ROLE_HEIGHT = 100.0, 24.0
_PADDING = 8.0
_SPREAD_WIDTH = 92.0

Index = QModelIndex | QPersistentModelIndex


class ColumnsDelegate(CellDelegate):
    """All cells of the table of columns."""

    def __init__(self, view: TableView) -> None:
        super().__init__(view)
        self._table = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        entry: ColumnEntry = index.data(ENTRY_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = QRectF(option.rect)
        self._paint_ground(painter, option, index, Cell())
        hovered = index.row() == self._table.hovered_row()
        match Field(index.column()):
            case Field.NAME:
                _paint_name(painter, cell, entry)
            case Field.TYPE:
                _paint_type(painter, cell, index.data(), hovered=hovered)
            case Field.ROLE:
                _paint_role(painter, cell, entry.column.role, hovered=hovered)
            case Field.MISSING:
                words = cell.adjusted(_PADDING, 0, -_PADDING, 0)
                draw_text(painter, words, index.data(), "text", font(13), align=Qt.AlignmentFlag.AlignRight)
            case Field.VALUES:
                draw_text(painter, cell.adjusted(_PADDING, 0, -_PADDING, 0), index.data(), "text", font(13))
            case Field.SPREAD:
                _paint_spread(painter, cell, entry)
            case Field.FINDING:
                if entry.severity is not None:
                    sign, ink = SEVERITY_SIGNS[entry.severity]
                    theme().paint_icon(painter, sign, ink, _sign_box(cell))
        painter.restore()


def _paint_name(painter: QPainter, cell: QRectF, entry: ColumnEntry) -> None:
    sign = TYPE_ICONS[entry.column.type]
    theme().paint_icon(painter, sign, "text-3", QRectF(cell.left() + 16, cell.center().y() - 7, 14, 14))
    ink = "text-3" if entry.column.role is Role.IGNORE else "text"
    draw_text(painter, cell.adjusted(36, 0, -_PADDING, 0), entry.column.name, ink, font(13))


def _paint_type(painter: QPainter, cell: QRectF, words: str, *, hovered: bool) -> None:
    draw_text(painter, cell.adjusted(_PADDING, 0, -22 if hovered else 0, 0), words, "text-2", font(13))
    if hovered:
        theme().paint_icon(painter, "chevron-down", "text-3", QRectF(cell.right() - 20, cell.center().y() - 7, 14, 14))


def _paint_role(painter: QPainter, cell: QRectF, role: Role, *, hovered: bool) -> None:
    width = min(_ROLE_WIDTH, cell.width() - 2 * _PADDING)
    box = QRectF(cell.left() + _PADDING, cell.center().y() - _ROLE_HEIGHT / 2, width, _ROLE_HEIGHT)
    draw_box(painter, box, "surface", "text-2" if hovered else "border-strong", 4)
    is_target = role is Role.TARGET
    ink = "accent" if is_target else "text-3" if role is Role.IGNORE else "text"
    theme().paint_icon(
        painter, ROLE_ICONS[role], "accent" if is_target else "text-3", QRectF(box.left() + 7, box.top() + 5, 14, 14)
    )
    draw_text(painter, box.adjusted(26, 0, -22, 0), role_word(role), ink, font(12, 600 if is_target else 400))
    theme().paint_icon(painter, "chevron-down", "text-3", QRectF(box.right() - 20, box.top() + 5, 14, 14))


def _paint_spread(painter: QPainter, cell: QRectF, entry: ColumnEntry) -> None:
    bars = spread_bars(entry)
    if bars is not None:
        width = min(_SPREAD_WIDTH, cell.width() - 2 * _PADDING)
        draw_bars(painter, QRectF(cell.left() + _PADDING, cell.top() + 8, width, cell.height() - 16), bars)


def _sign_box(cell: QRectF) -> QRectF:
    return QRectF(cell.center().x() - 7, cell.center().y() - 7, 14, 14)
