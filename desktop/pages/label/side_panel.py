"""A tool beside the grid, in the place of the image to look at: a title, a way to close it, and what it does."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop.widgets.buttons import IconButton
from desktop.widgets.card import Card


class SidePanel(Card):
    """`closed` gives the place back."""

    closed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.close_button = IconButton("x", "label.panel.close")
        self.close_button.clicked.connect(lambda _checked=False: self.closed.emit())
        self.add_action(self.close_button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes, Enter presses a button; letters and digits typed here are not meant for the images."""
        focused = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focused, QAbstractButton):
            focused.click()
        event.accept()
