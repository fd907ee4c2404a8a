"""Toasts: what just happened, bottom right, for six seconds; errors stay."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.i18n import follow_language, translate
from desktop.widgets.buttons import IconButton, text_button
from desktop.widgets.icon_view import IconView
from desktop.widgets.text import breakable, plain_label, shortened

SECONDS_SHOWN = 6
MOST_AT_ONCE = 3
WIDEST_WORDS = 340
ICONS = {"ok": "check-circle", "info": "info", "warn": "alert-triangle", "bad": "alert-octagon"}


class Toast(QFrame):
    """One message with at most one action; goes by itself unless it is an error or the pointer rests on it."""

    def __init__(self, tone: str, key: str, parameters: dict[str, object]) -> None:
        super().__init__()
        self.setProperty("popover", True)
        self._tone = tone
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS_SHOWN * 1000)
        self._timer.timeout.connect(self.dismiss)
        words = plain_label("")
        short = {name: shortened(value) for name, value in parameters.items()}
        follow_language(words, lambda: _say(words, translate(key, **short)))
        follow_language(self, lambda: self.setAccessibleName(translate(key, **parameters)))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 8, 6)
        self._row.setSpacing(8)
        self._row.addWidget(IconView(ICONS[tone], "accent" if tone == "info" else tone))
        self._row.addWidget(words, 1)
        self._row.addSpacing(8)
        self.setMinimumHeight(36)
        self.setMaximumWidth(520)

    def add_action(self, key: str, act: Callable[[], None]) -> None:
        """A link such as Undo, which also closes the toast."""
        link = text_button(key)
        link.clicked.connect(self.dismiss)
        link.clicked.connect(lambda _checked=False: act())
        self._row.addWidget(link)

    def start(self) -> None:
        """Add the cross and count the seconds."""
        cross = IconButton("x", "widget.close", size=24)
        cross.clicked.connect(self.dismiss)
        self._row.addWidget(cross)
        if self._tone != "bad":
            self._timer.start()

    def dismiss(self) -> None:
        """Go away."""
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer is here."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Count again."""
        if self._tone != "bad":
            self._timer.start()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)


def _say(words: QLabel, text: str) -> None:
    """One line where it fits, otherwise as many as it needs."""
    words.setText(breakable(text))
    fits = words.fontMetrics().horizontalAdvance(text) <= WIDEST_WORDS
    words.setWordWrap(not fits)
    words.setFixedWidth(words.sizeHint().width() if fits else WIDEST_WORDS)
    words.setMinimumHeight(0 if fits else words.heightForWidth(WIDEST_WORDS))


class ToastStack(QWidget):
    """At most three toasts over the bottom right corner of a window."""

    def __init__(self, window: QWidget, bottom_margin: int) -> None:
        super().__init__(window)
        self._window = window
        self._bottom_margin = bottom_margin
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        window.installEventFilter(self)
        self.hide()

    def show_toast(
        self,
        key: str,
        *,
        tone: str = "ok",
        action: str = "",
        act: Callable[[], None] | None = None,
        **parameters: object,
    ) -> Toast:
        """Show a message; `action` is the key of its link and `act` what the link does."""
        toast = Toast(tone, key, parameters)
        if action and act:
            toast.add_action(action, act)
        toast.start()
        toast.destroyed.connect(self._place)
        self._column.addWidget(toast)
        toast.show()
        shown = self.toasts()
        for older in shown[: max(0, len(shown) - MOST_AT_ONCE)]:
            older.dismiss()
        self.show()
        self.raise_()
        self._place()
        return toast

    def toasts(self) -> list[Toast]:
        """Those on the screen, oldest first."""
        return [toast for toast in self.findChildren(Toast) if not toast.isHidden()]

    def dismiss_all(self) -> None:
        """Close everything (Escape)."""
        for toast in self.toasts():
            toast.dismiss()

    def event(self, event: QEvent) -> bool:
        """Make room for words of another length, as after a change of language."""
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._place()
        return handled

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        if not self.toasts():
            self.hide()
            return
        size = self._column.sizeHint()
        window = QRectF(self._window.rect())
        left, top = window.right() - size.width() - 16, window.bottom() - size.height() - self._bottom_margin
        self.setGeometry(round(left), round(top), size.width(), size.height())
