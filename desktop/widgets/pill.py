"""A pill: one or two words on the state of a thing."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from desktop.i18n import bind_text
from desktop.theme import theme
from desktop.widgets.painting import draw_box, draw_text, font, painting, text_width

FILL_AND_INK = {
    "plain": ("surface-3", "text-2"),
    "ok": ("ok-soft", "ok"),
    "warn": ("warn-soft", "warn"),
    "bad": ("bad-soft", "bad"),
    "accent": ("accent-soft", "accent"),
}


class Pill(QLabel):
    """20 high, in a tone: plain, ok, warn, bad or accent; at most two in a row."""

    def __init__(self, key: str = "", tone: str = "plain", *, icon: str = "", **parameters: object) -> None:
        super().__init__()
        self._tone = tone
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if key:
            bind_text(self, key, **parameters)

    def set(self, key: str, tone: str, *, icon: str = "", **parameters: object) -> None:
        """Another state."""
        self._tone = tone
        self._icon = icon
        bind_text(self, key, **parameters)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return QSize(round(text_width(self.text(), font(12, 500))) + 17 + (18 if self._icon else 0), 20)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw fill, icon and words."""
        del event
        fill, ink = FILL_AND_INK[self._tone]
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), fill, None, 4)
            x = 8.0
            if self._icon:
                theme().paint_icon(painter, self._icon, ink, QRectF(x, 3, 14, 14))
                x += 18
            draw_text(painter, QRectF(x, 0, self.width() - x - 7, self.height()), self.text(), ink, font(12, 500))
