"""Search over whatever the window is given: pages, columns, models."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from desktop.i18n import bind_placeholder, follow_language, translate
from desktop.theme import theme
from desktop.widgets.painting import draw_box, draw_text, font, painting

MOST_SHOWN = 8


@dataclass(frozen=True)
class SearchItem:
    """One thing that can be found; `kind` is the key of the word beside it ("search.kind.page")."""

    label: str
    kind: str
    open: Callable[[], None]
    icon: str = "file"


class SearchBox(QLineEdit):
    """A field with a list of hits below; Up, Down and Enter choose, Escape closes."""

    def __init__(self) -> None:
        super().__init__()
        self._find_items: Callable[[], Sequence[SearchItem]] = tuple
        self._hits: list[SearchItem] = []
        self._popup = QFrame(self, Qt.WindowType.ToolTip)
        self._popup.setProperty("popover", True)
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.itemClicked.connect(self._open_item)
        inner = QVBoxLayout(self._popup)
        inner.setContentsMargins(4, 4, 4, 4)
        inner.addWidget(self._list)
        self.setTextMargins(24, 0, 44, 0)
        self.textEdited.connect(self._show_hits)
        self.returnPressed.connect(self._open_current)
        self.set_narrow(False)
        follow_language(self._list, lambda: self._list.setAccessibleName(translate("search.hits")))

    def set_source(self, find_items: Callable[[], Sequence[SearchItem]]) -> None:
        """Where the items come from; asked anew with each search."""
        self._find_items = find_items

    def set_narrow(self, narrow: bool) -> None:
        """A shorter field with a shorter hint."""
        self.setFixedWidth(188 if narrow else 292)
        bind_placeholder(self, "search.hint_short" if narrow else "search.hint")

    def hits(self) -> list[str]:
        """Labels found for the words in the field."""
        return [item.label for item in self._hits]

    def event(self, event: QEvent) -> bool:
        """Close the list when the field loses the focus or goes away."""
        if event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide}:
            self._popup.hide()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move through the hits; Escape closes the list and keeps the words."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self._popup.isVisible():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((self._list.currentRow() + step) % max(1, self._list.count()))
        elif event.key() == Qt.Key.Key_Escape and self._popup.isVisible():
            self._popup.hide()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the glass and the shortcut to the field."""
        super().paintEvent(event)
        with painting(self) as painter:
            theme().paint_icon(painter, "search", "text-3", QRectF(10, 8, 16, 16))
            if not self.text():
                box = QRectF(self.width() - 50, 7, 42, 18)
                draw_box(painter, box, "surface-2", "border", 4)
                draw_text(painter, box, "Ctrl K", "text-2", font(11), align=Qt.AlignmentFlag.AlignHCenter)

    def _show_hits(self, words: str) -> None:
        self._hits = _matching(self._find_items(), words)
        self._list.clear()
        for item in self._hits:
            row = QListWidgetItem(theme().icon(item.icon), f"{item.label}    {translate(item.kind)}")
            self._list.addItem(row)
        if not self._hits:
            nothing = QListWidgetItem(translate("search.nothing", words=words))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(nothing)
        else:
            self._list.setCurrentRow(0)
        self._popup.setVisible(bool(words.strip()))
        self._place_popup()

    def _place_popup(self) -> None:
        row_height = max(28, self._list.sizeHintForRow(0))
        self._popup.resize(max(self.width(), 292), row_height * self._list.count() + 14)
        corner = self.mapToGlobal(QPoint(self.width() - self._popup.width(), self.height() + 4))
        self._popup.move(corner)

    def _open_item(self, row: QListWidgetItem) -> None:
        place = self._list.row(row)
        if 0 <= place < len(self._hits):
            chosen = self._hits[place]
            self._popup.hide()
            self.clear()
            chosen.open()

    def _open_current(self) -> None:
        row = self._list.currentItem()
        if self._popup.isVisible() and row is not None:
            self._open_item(row)


def _matching(items: Sequence[SearchItem], words: str) -> list[SearchItem]:
    """Items that hold all words; those that begin with them first."""
    wanted = words.casefold().split()
    if not wanted:
        return []
    found = [item for item in items if all(word in item.label.casefold() for word in wanted)]
    found.sort(key=lambda item: not item.label.casefold().startswith(wanted[0]))
    return found[:MOST_SHOWN]
