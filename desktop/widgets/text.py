"""Labels: one place for type styles, emphasis and eliding."""

import html
import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.i18n import bind_text, follow_language, translate
from desktop.widgets.painting import draw_text, font, painting, text_width

LONGEST_NAME = 60
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*")
_UNBROKEN = re.compile(r"\S{20}(?=\S{12})")
_MAY_BREAK = "\u200b"


def label(key: str = "", style: str = "body", *, tone: str = "", wrap: bool = False, **parameters: object) -> QLabel:
    """A label in a type style of the design ("page-title", "card-title", "reading", "caption", ...), its text bound to `key`."""
    made = plain_label("", style, tone=tone, wrap=wrap)
    if key:
        bind_text(made, key, **parameters)
    return made


def plain_label(text: str, style: str = "body", *, tone: str = "", wrap: bool = False) -> QLabel:
    """The same for text that is never translated: names of columns and files, numbers."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("type", style)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def rich_label(
    key: str = "", style: str = "body", *, tone: str = "", wrap: bool = True, **parameters: object
) -> QLabel:
    """A label whose text may hold **strong** words."""
    made = plain_label("", style, tone=tone, wrap=wrap)
    made.setTextFormat(Qt.TextFormat.RichText)
    if key:
        follow_language(made, lambda: made.setText(rich(translate(key, **parameters))))
    return made


def rich(text: str, line_height: int = 18) -> str:
    """`text` with **strong** words as markup for a rich label; everything else is shown as it is."""
    strong = _EMPHASIS.sub(r'<span style="font-weight:600">\1</span>', html.escape(text, quote=False))
    return f'<div style="line-height:{line_height}px">{strong}</div>'


def shortened(value: object) -> object:
    """A parameter of a sentence: a long name keeps its beginning and its end, anything else is as it was."""
    if not isinstance(value, str) or len(value) <= LONGEST_NAME:
        return value
    return f"{value[: LONGEST_NAME // 2]}…{value[-LONGEST_NAME // 2 :]}"


def short_name(name: str, most: int = 14) -> str:
    """A name of at most so many letters, for a button."""
    return name if len(name) <= most else f"{name[: most - 1]}…"


def breakable(text: str) -> str:
    """The same text, with invisible places where a very long word may go on in the next line."""
    return _UNBROKEN.sub(lambda found: found.group() + _MAY_BREAK, text)


def set_tone(target: QLabel, tone: str) -> None:
    """Change the colour of a label: "", "accent", "ok", "warn", "bad" or "muted"."""
    target.setProperty("tone", tone)
    target.style().unpolish(target)
    target.style().polish(target)


class ElidedLabel(QWidget):
    """One line that gives way: cut with an ellipsis, whole in its tooltip."""

    def __init__(self, text: str = "", ink: str = "text", size: int = 13, weight: int = 400) -> None:
        super().__init__()
        self._ink = ink
        self._font = font(size, weight)
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def set_ink(self, ink: str) -> None:
        """Colour token of the text."""
        self._ink = ink
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        return QSize(round(text_width(self._text, self._font)) + 2, round(self._font.pixelSize() * 1.4))

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(min(32, self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, elided."""
        del event
        with painting(self) as painter:
            draw_text(painter, QRectF(self.rect()), self._text, self._ink, self._font)
