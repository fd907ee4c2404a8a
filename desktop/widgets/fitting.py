"""Boxes that are exactly as high as their wrapped words, at any width."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame


class FitsItsWords(QFrame):
    """Base of notes, tiles and rows: its height follows from its width."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew at another width."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fit anew with other words."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def _fit(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        wraps = layout.hasHeightForWidth()
        height = layout.totalHeightForWidth(self.width()) if wraps else layout.totalSizeHint().height()
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)
        # A layout told of two heights within one event keeps the first.
        layout.setGeometry(self.rect())
