"""What a table cell shows, as a plain record, and the small drawings that may stand in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop.theme import theme
from desktop.widgets.choices import draw_check
from desktop.widgets.painting import draw_box


@dataclass(frozen=True)
class Bars:
    """A small histogram: heights of any scale, the token of the bars."""

    heights: tuple[float, ...]
    ink: str = "bar"


@dataclass(frozen=True)
class Range:
    """A value with its likely range on a scale shared by the rows; `reference` is a dotted line."""

    low: float
    value: float
    high: float
    scale: tuple[float, float]
    reference: float | None = None
    ink: str = "s1"


@dataclass(frozen=True)
class Dots:
    """So many of so many."""

    filled: int
    total: int = 5


@dataclass(frozen=True)
class Steps:
    """A row of small blocks, each in the colour of a token."""

    inks: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """A check box."""

    checked: bool


@dataclass(frozen=True)
class Share:
    """A bar filled to a share of one."""

    share: float
    ink: str = "accent"


Drawing = Bars | Range | Dots | Steps | Check | Share


@dataclass(frozen=True)
class Cell:
    """Words and a drawing of one cell. `second` follows the words, or lies under them with `below`; `shape` is a series token."""

    text: str = ""
    second: str = ""
    below: bool = False
    ink: str = "text"
    weight: int = 400
    icon: str = ""
    icon_ink: str = "text-3"
    shape: str = ""
    pill: tuple[str, str] | None = None
    align_right: bool = False
    fill: str = ""
    drawing: Drawing | None = None


SHAPE_OF_SERIES = {
    "s0": "ring",
    "s1": "circle",
    "s2": "triangle",
    "s3": "square",
    "s4": "diamond",
    "s5": "cross",
    "s6": "circle",
}


def draw_shape(painter: QPainter, middle: QPointF, series: str, radius: float = 3.6, ink: str = "") -> None:
    """The point sign of a series: colour and shape always go together."""
    color = theme().color(ink or series)
    shape = SHAPE_OF_SERIES.get(series, "circle")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    x, y = middle.x(), middle.y()
    if shape == "circle":
        painter.drawEllipse(middle, radius, radius)
    elif shape == "square":
        painter.drawRect(QRectF(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8))
    elif shape == "triangle":
        height = radius * 1.25
        points = [QPointF(x, y - height), QPointF(x + height, y + radius * 0.9), QPointF(x - height, y + radius * 0.9)]
        painter.setPen(QPen(theme().color("s2-line"), 0.75))
        painter.drawPolygon(QPolygonF(points))
    elif shape == "diamond":
        reach = radius * 1.3
        painter.drawPolygon(
            QPolygonF([QPointF(x, y - reach), QPointF(x + reach, y), QPointF(x, y + reach), QPointF(x - reach, y)])
        )
    else:
        painter.setPen(QPen(color, 1.75))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if shape == "ring":
            painter.drawEllipse(middle, radius - 0.5, radius - 0.5)
        else:
            painter.drawLine(QLineF(x - radius, y - radius, x + radius, y + radius))
            painter.drawLine(QLineF(x - radius, y + radius, x + radius, y - radius))


def draw_bars(painter: QPainter, area: QRectF, bars: Bars) -> None:
    """Bars side by side with one pixel between; what is not empty is at least one pixel high."""
    if not bars.heights:
        return
    highest = max(bars.heights) or 1.0
    pitch = area.width() / len(bars.heights)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color(bars.ink))
    for place, height in enumerate(bars.heights):
        if height > 0:
            tall = max(1.0, area.height() * height / highest)
            gap = 1.0 if pitch > 2.5 else 0.0
            painter.drawRect(QRectF(area.left() + place * pitch, area.bottom() - tall, max(1.0, pitch - gap), tall))


def draw_range(painter: QPainter, area: QRectF, cell: Range) -> None:
    """A whisker from low to high with a point on the value."""
    low, high = cell.scale
    span = max(high - low, 1e-12)

    def place(value: float) -> float:
        return area.left() + 5 + (area.width() - 10) * min(1.0, max(0.0, (value - low) / span))

    middle = area.center().y()
    tokens = theme()
    if cell.reference is not None:
        pen = QPen(tokens.color("axis"), 1.25)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.drawLine(QLineF(place(cell.reference), area.top() + 5, place(cell.reference), area.bottom() - 5))
    painter.setPen(QPen(tokens.color("text-2"), 1.5))
    painter.drawLine(QLineF(place(cell.low), middle, place(cell.high), middle))
    for end in (cell.low, cell.high):
        painter.drawLine(QLineF(place(end), middle - 4, place(end), middle + 4))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.color(cell.ink))
    painter.drawEllipse(QPointF(place(cell.value), middle), 4.5, 4.5)


def draw_dots(painter: QPainter, area: QRectF, dots: Dots) -> None:
    """Filled dots, then empty ones."""
    tokens = theme()
    for place in range(dots.total):
        filled = place < dots.filled
        painter.setPen(QPen(tokens.color("text-2" if filled else "border-strong"), 1.0))
        painter.setBrush(tokens.color("text-2") if filled else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(area.left() + 4.5 + place * 12, area.center().y()), 3.8, 3.8)


def draw_steps(painter: QPainter, area: QRectF, inks: Sequence[str]) -> None:
    """Small blocks side by side, 14 by 8."""
    for place, ink in enumerate(inks):
        draw_box(painter, QRectF(area.left() + place * 17, area.center().y() - 4, 14, 8), ink, None, 2)


def draw_share(painter: QPainter, area: QRectF, cell: Share) -> None:
    """A track filled from the left."""
    track = QRectF(area.left(), area.center().y() - 3, area.width(), 6)
    draw_box(painter, track, "surface-3", None, 3)
    if cell.share > 0:
        width = max(6.0, track.width() * min(1.0, cell.share))
        draw_box(painter, QRectF(track.left(), track.top(), width, 6), cell.ink, None, 3)


def draw_drawing(painter: QPainter, area: QRectF, drawing: Drawing) -> None:
    """Whatever drawing it is."""
    match drawing:
        case Bars():
            draw_bars(painter, area.adjusted(0, 7, 0, -7), drawing)
        case Range():
            draw_range(painter, area, drawing)
        case Dots():
            draw_dots(painter, area, drawing)
        case Steps(inks):
            draw_steps(painter, area, inks)
        case Share():
            draw_share(painter, area, drawing)
        case Check(checked):
            state = Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
            draw_check(painter, QRectF(area.left(), area.center().y() - 8, 16, 16), state)
