"""The sign of a class of images: a colour and a shape by its place in the list, always beside its name."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.theme import theme
from desktop.widgets.painting import painting

_INKS = ("s0", "s1", "s3", "s2", "s5", "s4", "s6")
KEYS = 9


def class_ink(place: int) -> str:
    """Return the colour token of the class at a place counted from 0."""
    return _INKS[place % len(_INKS)]


def class_key(place: int) -> str:
    """Return the key that sets the class: 1 to 9, empty for later ones."""
    return str(place + 1) if 0 <= place < KEYS else ""


def draw_class_sign(painter: QPainter, box: QRectF, place: int, *, hollow: bool = False) -> None:
    """Draw a square for the first classes, then a circle, then a diamond; hollow for what is only suggested."""
    color = theme().color(class_ink(place))
    painter.setPen(QPen(color, 1.5) if hollow else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else color)
    area = box.adjusted(0.75, 0.75, -0.75, -0.75) if hollow else box
    match place // len(_INKS) % 3:
        case 0:
            painter.drawRoundedRect(area, 2, 2)
        case 1:
            painter.drawEllipse(area)
        case _:
            middle, reach = area.center(), area.width() / 2
            turns = ((0, -reach), (reach, 0), (0, reach), (-reach, 0))
            painter.drawPolygon(QPolygonF([QPointF(middle.x() + x, middle.y() + y) for x, y in turns]))


class ClassSign(QWidget):
    """The sign as a widget; decoration, so a screen reader skips it."""

    def __init__(self, place: int, size: int = 10) -> None:
        super().__init__()
        self._place = place
        self.setFixedSize(size, size)

    def set_place(self, place: int) -> None:
        """The sign of another class."""
        self._place = place
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign."""
        del event
        with painting(self) as painter:
            draw_class_sign(painter, QRectF(self.rect()), self._place)
