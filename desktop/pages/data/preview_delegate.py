"""Paints one cell of the preview: missing values stand out, the pinned target has its own ground."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from automl.domain.schema import ColumnType
from desktop.itemmodels.rows import MISSING_ROLE, NUMBER_COLUMN, RowsModel
from desktop.theme import theme
from desktop.widgets.cells import Cell
from desktop.widgets.painting import draw_text, font
from desktop.widgets.table import PADDING, CellDelegate, TableView

Index = QModelIndex | QPersistentModelIndex


class PreviewDelegate(CellDelegate):
    """Cells of the scrolling part, or of the pinned target; `strong` is the target's value set in bold."""

    def __init__(self, view: TableView, model: RowsModel, *, pinned: bool = False) -> None:
        super().__init__(view)
        self._rows = model
        self._pinned = pinned
        self.strong = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = QRectF(option.rect)
        missing = bool(index.data(MISSING_ROLE)) and index.column() != NUMBER_COLUMN
        column = self._rows.column(index.column())
        stands_out = missing and column is not None and column.type is not ColumnType.TEXT
        fill = "warn-soft" if stands_out else "accent-soft" if self._pinned else ""
        self._paint_ground(painter, option, index, Cell(fill=fill))
        if self._pinned:
            painter.fillRect(QRectF(cell.left(), cell.top(), 1, cell.height()), theme().color("accent-line"))
        ink = "warn" if stands_out else "text-3" if missing or index.column() == NUMBER_COLUMN else "text"
        text: str = index.data()
        bold = self._pinned and bool(self.strong) and text.strip() == self.strong
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)) & Qt.AlignmentFlag.AlignHorizontal_Mask
        words = cell.adjusted(PADDING, 0, -PADDING, 0)
        draw_text(painter, words, " ".join(text.split()), ink, font(13, 600 if bold else 400), align=align)
        painter.restore()
