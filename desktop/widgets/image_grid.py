"""A grid of images that scrolls tens of thousands as easily as ten: only what is in view is asked for and drawn."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.i18n import bind_accessible_name
from desktop.widgets.image_cell import ImageCell, caption_height, check_box, draw_image_cell

Index = QModelIndex | QPersistentModelIndex
GAP = 9
_CELL_WIDTH = 112
_FLATTEST, _TALLEST = 1.8, 0.8
_BY_KEYBOARD = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}


class Pick(StrEnum):
    """How a gesture changes what is selected."""

    ONLY = "only"
    TOGGLE = "toggle"
    RANGE = "range"
    ALL = "all"
    NONE = "none"


class ImageGrid(QTableView):
    """Cards of images in lines; `picked` tells what a gesture means for the selection, which the owner of the model keeps.

    One tab stop. Arrows move the current card, Shift takes a range, Space toggles, a double click opens. Other keys are
    left to the page.
    """

    picked = Signal(int, str)
    opened = Signal(int)
    current_moved = Signal(int)
    columns_changed = Signal(int)

    def __init__(self, name: str, *, two_lines: bool = False, card_width: int = _CELL_WIDTH) -> None:
        super().__init__()
        self._caption = caption_height(two_lines)
        self._card_width = card_width
        self._aspect = 1.5
        self._count: Callable[[], int] = lambda: 0
        self._hovered = QPersistentModelIndex()
        self._keyboard_leads = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # The bar keeps its room, so that cards never change their width; its handle shows only when there is a way to go.
        bar = self.verticalScrollBar()
        bar.setEnabled(False)
        bar.rangeChanged.connect(lambda lowest, highest: bar.setEnabled(highest > lowest))
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(20)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        bind_accessible_name(self, name)

    def show_model(
        self,
        model: QAbstractItemModel,
        read: Callable[[Index], ImageCell | None],
        pixmap: Callable[[int], QPixmap | None],
        count: Callable[[], int],
    ) -> None:
        """Show a model: `read` says what a card looks like, `pixmap` gives its image, `count` how many there are."""
        self._count = count
        self.setModel(model)
        self.setItemDelegate(_CardDelegate(self, read, pixmap))
        self.selectionModel().currentChanged.connect(
            lambda index, _former: self.current_moved.emit(self.position(index))
        )

    def set_aspect(self, aspect: float) -> None:
        """Shape the cards for images that are `aspect` times as wide as high."""
        self._aspect = min(_FLATTEST, max(_TALLEST, aspect))
        self._lay_out()

    def set_card_width(self, width: int) -> None:
        """Make cards at least so wide."""
        self._card_width = width
        self._lay_out()

    def position(self, index: Index) -> int:
        """Return which card an index is, counted from 0; -1 for none."""
        return index.row() * self.model().columnCount() + index.column() if index.isValid() else -1

    def current(self) -> int:
        """Return the position of the current card, -1 before there is one."""
        return self.position(self.currentIndex())

    def move_to(self, position: int) -> None:
        """Make a card the current one and bring it into view."""
        if 0 <= position < self._count():
            self.setCurrentIndex(self.model().index(*divmod(position, max(1, self.model().columnCount()))))
            self.scrollTo(self.currentIndex())

    def keyboard_leads(self) -> bool:
        """Whether the current card gets a ring: after keyboard use only."""
        return self._keyboard_leads and self.hasFocus()

    def hovered(self, index: Index) -> bool:
        """Whether the pointer is over a card."""
        return self._hovered.isValid() and self._hovered == index

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many cards into a line as there is room for."""
        super().resizeEvent(event)
        self._lay_out()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say what the gesture means."""
        self._keyboard_leads = False
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        index = self.indexAt(event.position().toPoint())
        position = self.position(index)
        if event.button() is not Qt.MouseButton.LeftButton or not 0 <= position < self._count():
            return
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            pick = Pick.RANGE
        elif modifiers & Qt.KeyboardModifier.ControlModifier or self._on_check_box(index, event.position().toPoint()):
            pick = Pick.TOGGLE
        else:
            pick = Pick.ONLY
        self.setCurrentIndex(index)
        self.picked.emit(position, pick.value)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a card."""
        position = self.position(self.indexAt(event.position().toPoint()))
        if event.button() is Qt.MouseButton.LeftButton and 0 <= position < self._count():
            self.opened.emit(position)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Note the card under the pointer."""
        self._hover(QPersistentModelIndex(self.indexAt(event.position().toPoint())))

    def leaveEvent(self, event: QEvent) -> None:
        """No card."""
        self._hover(QPersistentModelIndex())
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard leads when it brought the focus."""
        self._keyboard_leads = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)
        if self._keyboard_leads and self.current() < 0:
            self.move_to(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, select, or leave the key to the page."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        steps = self._steps()
        if key in steps and self._count():
            self._keyboard_leads = True
            target = min(self._count() - 1, max(0, self.current() + steps[key])) if self.current() >= 0 else 0
            self.move_to(target)
            if modifiers & Qt.KeyboardModifier.ShiftModifier:
                self.picked.emit(target, Pick.RANGE.value)
        elif key is Qt.Key.Key_Space and self.current() >= 0:
            self._keyboard_leads = True
            shifted = modifiers & Qt.KeyboardModifier.ShiftModifier
            self.picked.emit(self.current(), (Pick.RANGE if shifted else Pick.TOGGLE).value)
        elif key is Qt.Key.Key_A and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.picked.emit(-1, Pick.ALL.value)
        elif key is Qt.Key.Key_Escape:
            self.picked.emit(-1, Pick.NONE.value)
        else:
            event.ignore()

    def _steps(self) -> dict[Qt.Key, int]:
        columns = max(1, self.model().columnCount())
        lines = max(1, self.viewport().height() // max(1, self.verticalHeader().defaultSectionSize()))
        return {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns if self.current() >= columns else 0,
            Qt.Key.Key_Down: columns if self.current() + columns < self._count() else 0,
            Qt.Key.Key_PageUp: -columns * lines,
            Qt.Key.Key_PageDown: columns * lines,
            Qt.Key.Key_Home: -self._count(),
            Qt.Key.Key_End: self._count(),
        }

    def _lay_out(self) -> None:
        width = self.viewport().width()
        columns = max(1, width // (self._card_width + GAP))
        height = round((width / columns - GAP) / self._aspect + self._caption) + GAP
        if height != self.verticalHeader().defaultSectionSize():
            self.verticalHeader().setDefaultSectionSize(height)
        if self.model() is not None and columns != self.model().columnCount():
            # Not within a resize: the model lays the view out anew.
            self.columns_changed.emit(columns)

    def _on_check_box(self, index: QModelIndex, point: QPoint) -> bool:
        return check_box(card_area(QRectF(self.visualRect(index)))).adjusted(-6, -6, 6, 6).contains(point)

    def _hover(self, index: QPersistentModelIndex) -> None:
        if index != self._hovered:
            self._hovered = index
            self.viewport().update()


def card_area(cell: QRectF) -> QRectF:
    """Where the card stands in its cell; a pixel is left for the ring."""
    return cell.adjusted(GAP // 2, GAP // 2, -(GAP - GAP // 2), -(GAP - GAP // 2))


class _CardDelegate(QStyledItemDelegate):
    def __init__(
        self,
        grid: ImageGrid,
        read: Callable[[Index], ImageCell | None],
        pixmap: Callable[[int], QPixmap | None],
    ) -> None:
        super().__init__(grid)
        self._grid, self._read, self._pixmap = grid, read, pixmap

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one card; nothing behind the last image."""
        cell = self._read(index)
        if cell is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ring = self._grid.keyboard_leads() and self._grid.currentIndex() == index
        hovered = self._grid.hovered(index)
        area = card_area(QRectF(option.rect))
        draw_image_cell(painter, area, cell, self._pixmap(cell.number), hovered=hovered, ring=ring)
