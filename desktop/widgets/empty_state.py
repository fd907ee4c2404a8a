"""The empty state: what is missing, why, the one way on, and what will appear here."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme import theme
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, line
from desktop.widgets.fitting import FitsItsWords
from desktop.widgets.icon_view import IconView
from desktop.widgets.painting import painting
from desktop.widgets.text import label

COLUMN = 720


@dataclass(frozen=True)
class Promise:
    """One thing that will appear here: icon and keys of a name and a few words."""

    icon: str
    name: str
    words: str


class GhostDrawing(QWidget):
    """A list and a curve in dashes: the shape of what will come."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(420, 150)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both ghosts."""
        del event
        with painting(self) as painter:
            pen = QPen(theme().color("border-strong"), 1.25)
            pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(0.5, 0.5, 200, 149), 8, 8)
            painter.drawRoundedRect(QRectF(219.5, 0.5, 200, 149), 8, 8)
            for row, length in enumerate((90, 68, 53, 38)):
                y = 30 + row * 30
                painter.drawLine(QLineF(16, y, 68, y))
                painter.drawLine(QLineF(84, y, 84 + length, y))
            _paint_ghost_curve(painter)


def _paint_ghost_curve(painter: QPainter) -> None:
    painter.drawLine(QLineF(241, 20, 241, 126))
    painter.drawLine(QLineF(241, 126, 398, 126))
    curve = QPainterPath(QPointF(241, 126))
    curve.cubicTo(QPointF(250, 40), QPointF(310, 32), QPointF(398, 28))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(curve)


class EmptyState(Card):
    """Fills the page; the only place where the primary button stands in the middle."""

    def __init__(
        self,
        title: str,
        reason: str,
        buttons: Sequence[Button] = (),
        promises: Sequence[Promise] = (),
        **parameters: object,
    ) -> None:
        super().__init__()
        middle = Qt.AlignmentFlag.AlignHCenter
        self.add_stretch()
        self.body.addWidget(GhostDrawing(), 0, middle)
        self.body.addSpacing(12)
        self.body.addWidget(label(title, "page-title", tone="", wrap=False, **parameters), 0, middle)
        self.reason = label(reason, "secondary", tone="", wrap=True, **parameters)
        self.reason.setAlignment(middle)
        self.body.addWidget(_as_high_as_its_words(self.reason), 0, middle)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        if promises:
            self.body.addSpacing(16)
            self.body.addWidget(_promises(promises), 0, middle)
        self.add_stretch()


def _as_high_as_its_words(words: QWidget) -> FitsItsWords:
    box = FitsItsWords()
    box.setFixedWidth(440)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(words)
    return box


def _promises(promises: Sequence[Promise]) -> QWidget:
    box = FitsItsWords()
    box.setFixedWidth(COLUMN)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(24)
    column.addWidget(line())
    row = QHBoxLayout()
    row.setSpacing(16)
    for place, promise in enumerate(promises):
        if place:
            row.addWidget(line(vertical=True))
        words = QVBoxLayout()
        words.setContentsMargins(16 if not place else 0, 0, 0, 0)
        words.setSpacing(4)
        words.addWidget(IconView(promise.icon, "accent", 18))
        words.addSpacing(2)
        words.addWidget(label(promise.name, "strong", wrap=True))
        words.addWidget(label(promise.words, "secondary", wrap=True))
        words.addStretch(1)
        row.addLayout(words, 1)
    column.addLayout(row)
    return box
