"""A note: one or two sentences that matter, in a soft colour, with an icon and at most one action."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import follow_language, translate
from desktop.widgets.fitting import FitsItsWords
from desktop.widgets.icon_view import IconView
from desktop.widgets.painting import draw_box, painting
from desktop.widgets.text import rich, rich_label

ICONS = {"plain": "info", "info": "info", "ok": "check-circle", "warn": "alert-triangle", "bad": "alert-octagon"}
TOKENS = {
    "plain": ("surface-2", "border", "text-2"),
    "info": ("accent-soft", "accent-line", "accent"),
    "ok": ("ok-soft", "ok-line", "ok"),
    "warn": ("warn-soft", "warn-line", "warn"),
    "bad": ("bad-soft", "bad-line", "bad"),
}


class Note(FitsItsWords):
    """Tones: plain, info, ok, warn, bad. The text may hold **strong** words; a second, quieter sentence is optional."""

    def __init__(self, tone: str, key: str = "", *, icon: str = "", second: str = "", **parameters: object) -> None:
        super().__init__()
        self._tone = tone
        self._icon = icon
        self._key, self._second, self._parameters = key, second, parameters
        self._sign = IconView(icon or ICONS[tone], TOKENS[tone][2])
        self._words = rich_label()
        self._quiet = rich_label("", "secondary")
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._words)
        column.addWidget(self._quiet)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 12, 8)
        self._row.setSpacing(10)
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(column, 1)
        follow_language(self, self._show)

    def set(self, tone: str, key: str, *, icon: str = "", second: str = "", **parameters: object) -> None:
        """Say something else."""
        self._tone, self._icon = tone, icon
        self._key, self._second, self._parameters = key, second, parameters
        self._show()

    def set_words(self, tone: str, text: str, second: str = "", *, icon: str = "") -> None:
        """Say something composed by the caller, who says it again after a change of language."""
        self._tone, self._icon, self._key, self._second = tone, icon, "", ""
        self._say(text, second)

    def add_action(self, widget: QWidget) -> None:
        """Put a link or button at the right end."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw fill and line."""
        del event
        fill, edge, _ = TOKENS[self._tone]
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), fill, edge, 6)

    def _show(self) -> None:
        if self._key:
            second = translate(self._second, **self._parameters) if self._second else ""
            self._say(translate(self._key, **self._parameters), second)

    def _say(self, text: str, second: str) -> None:
        self._sign.set(self._icon or ICONS[self._tone], TOKENS[self._tone][2])
        self._words.setText(rich(text))
        self._quiet.setText(rich(second))
        self._quiet.setVisible(bool(second))
        self.setAccessibleName(f"{text} {second}".replace("**", "").strip())
        self.update()
