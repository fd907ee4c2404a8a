"""Keys as they stand beside what they do: a small box with the name of the key."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import follow_language, translate
from desktop.theme import theme
from desktop.widgets.painting import draw_box, draw_text, font, painting, text_width

HEIGHT = 18.0
_FACE_SIZE = 11
_GAP, _DASH, _BETWEEN, _ICON = 6.0, 14.0, 18.0, 34.0


def key_width(key: str) -> float:
    """Logical pixels the box of a key takes."""
    return max(HEIGHT, text_width(key, font(_FACE_SIZE)) + 10)


def draw_key(painter: QPainter, left: float, middle: float, key: str, *, ink: str = "text-2") -> float:
    """Draw the box of a key around the height `middle` and return its width."""
    width = key_width(key)
    box = QRectF(left, middle - HEIGHT / 2, width, HEIGHT)
    draw_box(painter, box, "surface", "border", 4)
    draw_text(painter, box, key, ink, font(_FACE_SIZE), align=Qt.AlignmentFlag.AlignHCenter)
    return width


class KeyHints(QWidget):
    """One line that tells which key does what. Hints that have no room are left out from the end."""

    def __init__(self, hints: Sequence[tuple[str, str]]) -> None:
        """`hints` are pairs of a key ("Enter", or "1" and the last one as "1-6") and the key of its words."""
        super().__init__()
        self._hints = tuple(hints)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        follow_language(self, self._announce)

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Other hints."""
        self._hints = tuple(hints)
        self._announce()

    def sizeHint(self) -> QSize:
        """24 high."""
        return QSize(200, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the keyboard, then the hints."""
        del event
        with painting(self) as painter:
            middle = self.height() / 2
            theme().paint_icon(painter, "keyboard", "text-3", QRectF(0, middle - 8, 16, 16))
            left = _ICON
            for key, words in self._hints:
                ends, text = key.split("-"), translate(words)
                keys = sum(key_width(end) for end in ends) + _DASH * (len(ends) - 1) + _GAP
                width = keys + text_width(text, font(12))
                if left + width > self.width():
                    return
                for place, end in enumerate(ends):
                    if place:
                        dash = QRectF(left, 0, _DASH, self.height())
                        draw_text(painter, dash, "–", "text-3", font(12), align=Qt.AlignmentFlag.AlignHCenter)
                        left += _DASH
                    left += draw_key(painter, left, middle, end)
                left += _GAP
                draw_text(painter, QRectF(left, 0, self.width() - left, self.height()), text, "text-3", font(12))
                left += text_width(text, font(12)) + _BETWEEN

    def _announce(self) -> None:
        self.setAccessibleName(", ".join(f"{key}: {translate(words)}" for key, words in self._hints))
        self.update()
