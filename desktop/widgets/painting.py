"""Small strokes shared by painted widgets."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPaintDevice, QPainter, QPen
from PySide6.QtWidgets import QStyle, QWidget

from desktop.theme import text_font, theme


@contextmanager
def painting(device: QPaintDevice) -> Iterator[QPainter]:
    """A smooth painter on the device, ended whatever happens."""
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    try:
        yield painter
    finally:
        painter.end()


def draw_box(
    painter: QPainter, rect: QRectF, fill: str | None, border: str | None, radius: float, *, width: float = 1
) -> None:
    """A rounded box whose border lies inside `rect`; `fill` and `border` are tokens."""
    painter.setBrush(theme().color(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme().color(border), width) if border else Qt.PenStyle.NoPen)
    inset = width / 2 if border else 0.0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)


def elided(text: str, font: QFont, width: float) -> str:
    """Return the text, cut with an ellipsis where it is wider than `width` logical pixels."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    ink: str,
    font: QFont,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line in the middle of the height of `rect`, elided at its end; `ink` is a token."""
    painter.setFont(font)
    painter.setPen(theme().color(ink))
    shown = elided(text, font, rect.width() + 0.5)
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def text_width(text: str, font: QFont) -> float:
    """Logical pixels the text needs on one line."""
    return QFontMetricsF(font).horizontalAdvance(text)


def draw_mark(painter: QPainter, rect: QRectF, ink: str) -> None:
    """The mark of Lathe: turned bars, as wide as `rect`."""
    heights = (0.26, 0.52, 1.0, 0.72, 0.40, 0.62, 0.2)
    pitch = rect.width() / len(heights)
    pen = QPen(theme().color(ink), pitch * 0.62)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    middle = rect.center().y()
    for place, share in enumerate(heights):
        x, half = rect.left() + (place + 0.5) * pitch, max(0.1, share * rect.height() / 2 - pitch * 0.31)
        painter.drawLine(QPointF(x, middle - half), QPointF(x, middle + half))


def draw_spinner(painter: QPainter, rect: QRectF, ink: str, turn: float) -> None:
    """Three quarters of a ring; `turn` from 0 to 1 is how far it has gone round."""
    pen = QPen(theme().color(ink), 1.75)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(rect.adjusted(2, 2, -2, -2), round(-turn * 360 * 16) + 90 * 16, 250 * 16)


def faded(color: QColor, share: float) -> QColor:
    """The colour with an opacity of `share`."""
    result = QColor(color)
    result.setAlphaF(share)
    return result


def moves(widget: QWidget) -> bool:
    """Whether the system allows animation."""
    return widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget) > 0


BODY = 13
CAPTION = 12


def font(pixel_size: int = BODY, weight: int = 400) -> QFont:
    """The text font in one of the sizes of the design."""
    return text_font(pixel_size, weight)
