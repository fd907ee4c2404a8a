"""What an image looks like in a grid, as a plain record, and how it is drawn."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap

from desktop.theme import theme
from desktop.widgets.choices import draw_check
from desktop.widgets.class_sign import draw_class_sign
from desktop.widgets.painting import draw_box, draw_text, font, text_width

CAPTION_HEIGHT, SECOND_LINE = 30.0, 18.0
_RADIUS = 6.0
_SIGN, _ICON, _EDGE = 10.0, 12.0, 6.0
_AFTER_SIGN, _AFTER_ICON, _BEFORE_NOTE = 5.0, 3.0, 5.0
_BADGE = 22.0
# A flaw may lie at the edge, so no more than this is cut off to fill the card.
_MOST_CUT = 1.08


@dataclass(frozen=True)
class ImageCell:
    """One image: `words` name its class with the sign of `place` (-1: no class), `note` says who said so.

    `faint` is a class that is only suggested; `badge` is an icon over the image ("eye-off" for hidden ones). `below` is a
    second line in the ink of a token, for grids whose cards have two. Without `ticks` a card that is selected has no check
    box: it is the one image that is shown.
    """

    number: int
    words: str
    place: int = -1
    note: str = ""
    note_icon: str = ""
    faint: bool = False
    selected: bool = False
    badge: str = ""
    spoken: str = ""
    below: str = ""
    below_ink: str = "text-3"
    ticks: bool = True


def card_width(words: str, note: str) -> float:
    """Logical pixels a card must be wide to show a class and who said so."""
    said = _ICON + _AFTER_ICON + text_width(note, font(12)) + _BEFORE_NOTE
    return 2 * _EDGE + 2 + _SIGN + _AFTER_SIGN + text_width(words, font(12, 500)) + said + 1


def draw_image(painter: QPainter, area: QRectF, pixmap: QPixmap | None) -> None:
    """Draw a whole image into `area`; a grey field while it is on its way, a sign when it cannot be shown."""
    if pixmap is None or pixmap.isNull():
        painter.fillRect(area, theme().color("surface-3"))
        if pixmap is not None:
            middle = area.center()
            theme().paint_icon(painter, "alert-triangle", "text-3", QRectF(middle.x() - 8, middle.y() - 8, 16, 16))
        return
    widths, heights = area.width() / pixmap.width(), area.height() / pixmap.height()
    if max(widths, heights) <= min(widths, heights) * _MOST_CUT:
        painter.drawPixmap(area, pixmap, _middle(pixmap, area))
        return
    painter.fillRect(area, theme().color("surface-3"))
    scale = min(widths, heights)
    shown = QRectF(0, 0, pixmap.width() * scale, pixmap.height() * scale)
    shown.moveCenter(area.center())
    painter.drawPixmap(shown, pixmap, QRectF(pixmap.rect()))


def draw_image_cell(
    painter: QPainter, area: QRectF, cell: ImageCell, pixmap: QPixmap | None, *, hovered: bool, ring: bool
) -> None:
    """Draw the card of one image: image above, caption below, a check box when it is selected or under the pointer."""
    painter.save()
    draw_box(painter, area, "surface", "border", _RADIUS)
    inner = area.adjusted(1, 1, -1, -1)
    clip = QPainterPath()
    clip.addRoundedRect(inner, _RADIUS - 1, _RADIUS - 1)
    caption = caption_height(cell.below)
    image = QRectF(inner.left(), inner.top(), inner.width(), inner.height() - caption)
    painter.setClipPath(clip)
    draw_image(painter, image, pixmap)
    painter.setClipping(False)
    _draw_caption(painter, QRectF(inner.left(), image.bottom(), inner.width(), CAPTION_HEIGHT), cell)
    if cell.below:
        second = QRectF(inner.left() + _EDGE, image.bottom() + 24, inner.width() - 2 * _EDGE, SECOND_LINE)
        draw_text(painter, second, cell.below, cell.below_ink, font(12))
    if cell.badge:
        box = QRectF(image.right() - _BADGE - 4, image.top() + 4, _BADGE, _BADGE)
        draw_box(painter, box, "surface", None, 4)
        theme().paint_icon(painter, cell.badge, "text-2", box.adjusted(4, 4, -4, -4))
    if cell.ticks and (cell.selected or hovered):
        state = Qt.CheckState.Checked if cell.selected else Qt.CheckState.Unchecked
        draw_check(painter, check_box(area), state, hovered=hovered)
    if cell.selected or hovered:
        draw_box(
            painter,
            area,
            None,
            "accent" if cell.selected else "border-strong",
            _RADIUS,
            width=2 if cell.selected else 1,
        )
    if ring:
        draw_box(painter, area.adjusted(-3, -3, 3, 3), None, "accent", _RADIUS + 3, width=2)
    painter.restore()


def caption_height(below: object) -> float:
    """How high the words under an image are, with or without a second line."""
    return CAPTION_HEIGHT + (SECOND_LINE if below else 0.0)


def check_box(area: QRectF) -> QRectF:
    """Where the check box of a card stands."""
    return QRectF(area.left() + 8, area.top() + 8, 16, 16)


def _draw_caption(painter: QPainter, area: QRectF, cell: ImageCell) -> None:
    middle = area.center().y()
    left, right = area.left() + _EDGE, area.right() - _EDGE
    note_width = text_width(cell.note, font(12)) + (_ICON + _AFTER_ICON if cell.note_icon else 0) if cell.note else 0.0
    if cell.place >= 0:
        sign = QRectF(left, middle - _SIGN / 2, _SIGN, _SIGN)
        draw_class_sign(painter, sign, cell.place, hollow=cell.faint)
        left += _SIGN + _AFTER_SIGN
    ink = "text-3" if cell.faint or cell.place < 0 else "text"
    room = max(0.0, right - left - (note_width + _BEFORE_NOTE if note_width else 0))
    draw_text(painter, QRectF(left, area.top(), room, area.height()), cell.words, ink, font(12, 500))
    if not note_width:
        return
    start = QPointF(right - note_width, middle)
    if cell.note_icon:
        theme().paint_icon(painter, cell.note_icon, "text-3", QRectF(start.x(), middle - _ICON / 2, _ICON, _ICON))
        start.setX(start.x() + _ICON + _AFTER_ICON)
    draw_text(
        painter, QRectF(start.x(), area.top(), right - start.x() + 1, area.height()), cell.note, "text-3", font(12)
    )


def _middle(pixmap: QPixmap, area: QRectF) -> QRectF:
    """The largest part of an image that has the shape of `area`."""
    scale = min(pixmap.width() / area.width(), pixmap.height() / area.height())
    width, height = area.width() * scale, area.height() * scale
    return QRectF((pixmap.width() - width) / 2, (pixmap.height() - height) / 2, width, height)
