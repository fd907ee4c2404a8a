"""A place to drop files on, with words and buttons for those who would rather choose."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import bind_accessible_name
from desktop.theme import theme
from desktop.widgets.buttons import Button
from desktop.widgets.painting import draw_box, painting
from desktop.widgets.text import label


class DropZone(QFrame):
    """Dashed edge; while files hover over it, accent. `files_dropped` carries local paths as text."""

    files_dropped = Signal(list)

    def __init__(
        self, title: str, words: str, promise: str = "", buttons: Sequence[Button] = (), *, compact: bool = False
    ) -> None:
        """`compact` is for a side panel: smaller words, everything below each other, no drawing."""
        super().__init__()
        self._is_hovered = False
        self.setAcceptDrops(True)
        bind_accessible_name(self, title)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addStretch(1)
        column.addWidget(label(title, "strong" if compact else "page-title", wrap=True))
        column.addWidget(label(words, "secondary", wrap=True))
        if promise:
            column.addSpacing(4)
            column.addWidget(label(promise, "caption", wrap=True))
        column.addStretch(1)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addStretch(1)
        for button in buttons:
            side.addWidget(button)
        side.addStretch(1)
        row = QVBoxLayout(self) if compact else QHBoxLayout(self)
        row.setContentsMargins(*((16, 12, 16, 12) if compact else (32, 24, 32, 24)))
        row.setSpacing(8 if compact else 24)
        if not compact:
            row.addWidget(_Tray(), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(column, 1)
        row.addLayout(side)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome local files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._set_hovered(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Back to rest."""
        del event
        self._set_hovered(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand over the paths."""
        self._set_hovered(False)
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw fill and dashes."""
        del event
        with painting(self) as painter:
            pen = QPen(theme().color("accent" if self._is_hovered else "border-strong"), 1)
            pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.setBrush(theme().color("accent-soft" if self._is_hovered else "surface"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _set_hovered(self, hovered: bool) -> None:
        self._is_hovered = hovered
        self.update()


class _Tray(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(96, 96)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign of putting something in."""
        del event
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), "accent-soft", None, 8)
            theme().paint_icon(painter, "upload", "accent", QRectF(30, 30, 36, 36))
