"""Tables: a view with the settings of the design, and a delegate that draws `Cell` records."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QLineF,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.i18n import bind_accessible_name
from desktop.theme import theme
from desktop.widgets.cell_words import cell_width, draw_cell_words
from desktop.widgets.cells import Cell, draw_drawing
from desktop.widgets.painting import draw_box

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 32
DENSE_ROW_HEIGHT = 28
HEADER_HEIGHT = 32
PADDING = 8
EDGE_PADDING = 16


def cell_of_roles(index: Index) -> Cell:
    """The cell of a model that gives text and alignment only."""
    text = index.data(Qt.ItemDataRole.DisplayRole)
    align = index.data(Qt.ItemDataRole.TextAlignmentRole)
    at_right = align is not None and bool(Qt.AlignmentFlag(align) & Qt.AlignmentFlag.AlignRight)
    return Cell("" if text is None else str(text), align_right=at_right)


class TableView(QTableView):
    """Whole rows are hovered and selected; one tab stop; Enter and double click open a row, Space tells `row_toggled`."""

    row_opened = Signal(int)
    row_toggled = Signal(int)

    def __init__(self, name: str = "", *, row_height: int = ROW_HEIGHT) -> None:
        super().__init__()
        self._hovered_row = -1
        self._keyboard_leads = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setDefaultSectionSize(row_height)
        header = self.horizontalHeader()
        header.setFixedHeight(HEADER_HEIGHT)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setItemDelegate(CellDelegate(self))
        self.doubleClicked.connect(lambda index: self.row_opened.emit(index.row()))
        if name:
            bind_accessible_name(self, name)

    def show_model(self, model: QAbstractItemModel, read: Callable[[Index], Cell] = cell_of_roles) -> None:
        """Show a model; `read` says what each cell looks like."""
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self, read))

    def set_widths(self, *widths: int, stretch: int = -1) -> None:
        """Width of each column; the column at place `stretch` takes what is left."""
        header = self.horizontalHeader()
        for place, width in enumerate(widths):
            fixed = QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch if place == stretch else fixed)
            if width:
                self.setColumnWidth(place, width)

    def keyboard_leads(self) -> bool:
        """Whether the current cell gets a ring: after keyboard use only."""
        return self._keyboard_leads and self.hasFocus()

    def hovered_row(self) -> int:
        """The row under the pointer, -1 if there is none."""
        return self._hovered_row

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pointer leads now."""
        self._keyboard_leads = False
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard leads when it brought the focus."""
        self._keyboard_leads = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        super().focusInEvent(event)
        if self._keyboard_leads and not self.currentIndex().isValid() and self.model() is not None:
            self.selectionModel().setCurrentIndex(self.model().index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Note the row under the pointer."""
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No row."""
        self._hover(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space toggles."""
        self._keyboard_leads = True
        row = self.currentIndex().row()
        if row >= 0 and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.row_opened.emit(row)
        elif row >= 0 and event.key() == Qt.Key.Key_Space:
            self.row_toggled.emit(row)
        else:
            super().keyPressEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._hovered_row:
            self._hovered_row = row
            self.viewport().update()


class CellDelegate(QStyledItemDelegate):
    """Draws what `read` says about a cell, with hover, selection, row line and the inner focus ring."""

    def __init__(self, view: TableView, read: Callable[[Index], Cell] = cell_of_roles) -> None:
        super().__init__(view)
        self._view = view
        self._read = read

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        cell, area = self._read(index), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, index, cell)
        inner = area.adjusted(EDGE_PADDING if index.column() == 0 else PADDING, 0, -PADDING, 0)
        if cell.drawing is not None:
            draw_drawing(painter, inner, cell.drawing)
        draw_cell_words(painter, inner, cell)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as its words need."""
        del option
        return QSize(
            round(cell_width(self._read(index))) + 2 * PADDING + 1, self._view.verticalHeader().defaultSectionSize()
        )

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, cell: Cell) -> None:
        area = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = index.row() == self._view.hovered_row()
        fill = "accent-soft" if selected else cell.fill or ("surface-2" if hovered else "")
        if fill:
            painter.fillRect(area, theme().color(fill))
        painter.setPen(QPen(theme().color("border"), 1))
        bottom = area.bottom() - 0.5
        painter.drawLine(QLineF(area.left(), bottom, area.right(), bottom))
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.keyboard_leads():
            draw_box(painter, area.adjusted(0, 0, 0, -1), None, "accent", 2, width=2)
