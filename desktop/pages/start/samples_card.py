"""Samples to learn with: generated tables, each opened as a project of its own."""

from pathlib import Path

import msgspec
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

import resources
from desktop.theme import theme
from desktop.widgets.buttons import text_button
from desktop.widgets.card import Card, line, scrolling
from desktop.widgets.cells import Bars, draw_bars
from desktop.widgets.fitting import FitsItsWords
from desktop.widgets.painting import draw_box, painting
from desktop.widgets.text import label

_FOLDER = "samples"
_LIST = "samples/samples.json"
_DRAWING = QSize(112, 72)
_NARROW_DRAWING = QSize(72, 64)


class Sample(msgspec.Struct, frozen=True):
    """Generated data; `task` is the kind of answer it is for, or "images" for a zip of images."""

    file: str
    task: str
    target: str = ""

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return resources.path(f"{_FOLDER}/{self.file}")

    @property
    def key(self) -> str:
        """The beginning of the keys of its words."""
        return f"sample.{Path(self.file).stem}"


def samples() -> tuple[Sample, ...]:
    """Return the samples of this installation; none when they were left out."""
    try:
        content = resources.path(_LIST).read_bytes()
    except FileNotFoundError:
        return ()
    return msgspec.json.decode(content, type=tuple[Sample, ...])


class SamplesCard(Card):
    """`opened` carries the sample a person wants."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__("start.samples.title", flush=True)
        self.add_action(label("start.samples.caption", "caption"))
        self._drawings: list[SampleDrawing] = []
        self._is_narrow = False
        rows = QWidget()
        self._column = QVBoxLayout(rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for place, sample in enumerate(samples()):
            if place:
                self._column.addWidget(line())
            self._column.addWidget(self._row(sample))
        self._area = scrolling(rows)
        self.add(self._area)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_narrow(self, narrow: bool) -> None:
        """Make the drawings smaller and let the list scroll."""
        self._is_narrow = narrow
        for drawing in self._drawings:
            drawing.setFixedSize(_NARROW_DRAWING if narrow else _DRAWING)

    def event(self, event: QEvent) -> bool:
        """Show all samples at once where there is room for them."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._area.setMinimumHeight(0 if self._is_narrow else self._column.minimumSize().height())
        return handled

    def _row(self, sample: Sample) -> QWidget:
        drawing = SampleDrawing(sample.task)
        self._drawings.append(drawing)
        go = text_button("start.samples.open", small=True)
        go.setAccessibleDescription(sample.file)
        go.clicked.connect(lambda: self.opened.emit(sample))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(f"{sample.key}.title", "strong", wrap=True))
        words.addWidget(label(f"{sample.key}.words", "caption-2", wrap=True))
        link = QHBoxLayout()
        link.setContentsMargins(0, 0, 0, 0)
        link.addWidget(go)
        link.addStretch(1)
        words.addLayout(link)
        made = FitsItsWords()
        row = QHBoxLayout(made)
        row.setContentsMargins(16, 12, 16, 10)
        row.setSpacing(16)
        row.addWidget(drawing, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return made


class SampleDrawing(QWidget):
    """A sign for the kind of answer: bars with a few odd ones, points along a line, groups, images with a flaw."""

    def __init__(self, task: str) -> None:
        super().__init__()
        self._task = task
        self.setFixedSize(_DRAWING)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign."""
        del event
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), "surface-2", None, 4)
            area = QRectF(self.rect()).adjusted(12, 12, -12, -10)
            if self._task == "binary":
                _draw_bad_parts(painter, area)
            elif self._task == "regression":
                _draw_line_of_points(painter, area)
            elif self._task == "images":
                _draw_images(painter, QRectF(self.rect()))
            else:
                _draw_groups(painter, area)


def _draw_bad_parts(painter: QPainter, area: QRectF) -> None:
    usual = (2.0, 4, 7, 12, 17, 20, 17, 12, 7, 0, 0, 0)
    odd = (0.0,) * 9 + (4, 3, 2)
    draw_bars(painter, area, Bars(usual, "s1"))
    draw_bars(
        painter,
        QRectF(area.left(), area.bottom() - area.height() / 5, area.width(), area.height() / 5),
        Bars(odd, "s5"),
    )


def _draw_line_of_points(painter: QPainter, area: QRectF) -> None:
    painter.setPen(QPen(theme().color("s0"), 1.25, Qt.PenStyle.DashLine))
    painter.drawLine(QLineF(area.bottomLeft(), area.topRight()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color("s1"))
    offsets = (0.06, -0.09, 0.04, 0.11, -0.05, 0.02, -0.1, 0.08, -0.03, 0.05)
    for place, offset in enumerate(offsets):
        share = (place + 0.5) / len(offsets)
        point = QPointF(area.left() + share * area.width(), area.bottom() - (share + offset) * area.height())
        painter.drawEllipse(point, 2.6, 2.6)


def _draw_groups(painter: QPainter, area: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    centres = (("s1", 0.2, 0.3), ("s2", 0.75, 0.25), ("s3", 0.5, 0.8))
    around = ((0.0, 0.0), (0.09, -0.13), (-0.1, 0.1), (0.12, 0.12), (-0.08, -0.16), (0.02, 0.2))
    for ink, left, top in centres:
        painter.setBrush(theme().color(ink))
        for across, down in around:
            point = QPointF(area.left() + (left + across) * area.width(), area.top() + (top + down) * area.height())
            painter.drawEllipse(point, 2.6, 2.6)


def _draw_images(painter: QPainter, area: QRectF) -> None:
    """Six parts; a scratch on one, a pit on another."""
    gap, across, down = 4.0, 3, 2
    width = (area.width() - gap * (across + 1)) / across
    height = (area.height() - gap * (down + 1)) / down
    for place in range(across * down):
        left = area.left() + gap + (place % across) * (width + gap)
        top = area.top() + gap + (place // across) * (height + gap)
        tile = QRectF(left, top, width, height)
        draw_box(painter, tile, "bar", None, 2)
        painter.setPen(QPen(theme().color("surface"), 1.5))
        if place == 1:
            painter.drawLine(QLineF(tile.topRight() + QPointF(-6, 6), tile.bottomLeft() + QPointF(8, -5)))
        elif place == 5:
            painter.drawEllipse(tile.center(), 3, 3)
