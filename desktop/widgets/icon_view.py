"""An icon that stands beside words and follows the theme."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.theme import theme
from desktop.widgets.painting import painting


class IconView(QWidget):
    """A line icon in the colour of a token; decoration, so a screen reader skips it."""

    def __init__(self, icon: str, ink: str = "text-2", size: int = 16) -> None:
        super().__init__()
        self._icon = icon
        self._ink = ink
        self._size = size
        self.setFixedSize(size, size)

    def set(self, icon: str, ink: str) -> None:
        """Another icon."""
        self._icon, self._ink = icon, ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        del event
        with painting(self) as painter:
            theme().paint_icon(painter, self._icon, self._ink, QRectF(0, 0, self._size, self._size))
