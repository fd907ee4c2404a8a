"""The frame of every chart: reading, caption, plot; spoken to a screen reader; copied as picture or as table."""

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.charts.scale import Scale
from desktop.i18n import follow_language, translate
from desktop.theme import theme
from desktop.widgets.painting import draw_text, font, painting
from desktop.widgets.text import plain_label, rich

TICK = 11
LEFT, RIGHT, BOTTOM = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, 22.0
CENTER = Qt.AlignmentFlag.AlignHCenter


class Chart(QWidget):
    """Base of the charts. The reading is a sentence computed from the data; without one the line stays empty."""

    def __init__(self) -> None:
        super().__init__()
        self._spoken = ""
        self._reading = plain_label("", "reading", wrap=True)
        self._reading.setTextFormat(Qt.TextFormat.RichText)
        self._caption = plain_label("", "caption", wrap=True)
        self._plot = _Plot(self)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._reading)
        column.addWidget(self._caption)
        column.addSpacing(4)
        column.addWidget(self._plot, 1)
        self._reading.hide()
        self._caption.hide()
        theme().changed.connect(self._plot.update)
        follow_language(self, self._announce)

    def set_reading(self, text: str) -> None:
        """The sentence above the chart; **strong** words allowed."""
        self._reading.setText(rich(text))
        self._reading.setVisible(bool(text))
        self._spoken = text.replace("**", "")
        self._announce()

    def set_caption(self, text: str) -> None:
        """What is drawn and which way is better."""
        self._caption.setText(text)
        self._caption.setVisible(bool(text))
        self._announce()

    def set_plot_height(self, height: int) -> None:
        """A fixed height of the plot."""
        self._plot.setFixedHeight(height)
        self._column.setStretchFactor(self._plot, 0)
        self._column.addStretch(1)

    def set_lowest_plot(self, height: int) -> None:
        """The plot takes what room there is, but never less than this."""
        self._plot.setMinimumHeight(height)

    def refresh(self) -> None:
        """Draw anew."""
        self._plot.update()
        self._announce()

    @abstractmethod
    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw the plot into `area`."""

    @abstractmethod
    def table(self) -> Sequence[Sequence[object]]:
        """The data as rows, the first one with names, for "Copy data" and for those who cannot see the plot."""

    def copy_data(self) -> None:
        """Put the table on the clipboard, ready for a spreadsheet."""
        text = "\n".join("\t".join(str(value) for value in row) for row in self.table())
        QGuiApplication.clipboard().setText(text)

    def copy_picture(self) -> None:
        """Put the chart as a picture on the clipboard."""
        QGuiApplication.clipboard().setPixmap(self.grab())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer both copies."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(theme().icon("image"), translate("chart.copy_picture")).triggered.connect(self.copy_picture)
        menu.addAction(theme().icon("copy"), translate("chart.copy_data")).triggered.connect(self.copy_data)
        menu.popup(event.globalPos())

    def _announce(self) -> None:
        self.setAccessibleName(self._spoken or translate("chart.without_reading"))
        self.setAccessibleDescription(self._caption.text())


class _Plot(QWidget):
    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._chart = chart
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """A usual size, unless a lowest one was asked for."""
        return QSize(240, self.minimumHeight() or 180)

    def minimumSizeHint(self) -> QSize:
        """Small, but readable."""
        return QSize(120, 60)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the chart draw."""
        del event
        with painting(self) as painter:
            self._chart.draw(painter, QRectF(self.rect()))


def draw_tick_text(painter: QPainter, box: QRectF, text: str, align: Qt.AlignmentFlag, ink: str = "text-2") -> None:
    """Axis words, 11 px, never cut."""
    painter.setFont(font(TICK))
    painter.setPen(theme().color(ink))
    painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)


def draw_label(
    painter: QPainter, box: QRectF, text: str, *, ink: str = "text", weight: int = 600, align: Qt.AlignmentFlag = LEFT
) -> None:
    """A direct label in the plot."""
    draw_text(painter, box, text, ink, font(TICK, weight), align=align)


def solid(token: str, width: float) -> QPen:
    """A pen for lines."""
    pen = QPen(theme().color(token), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def dashed(token: str, width: float = 1.25, pattern: Sequence[float] = (3, 3)) -> QPen:
    """A pen for thresholds and references."""
    pen = solid(token, width)
    pen.setDashPattern(list(pattern))
    return pen


def draw_rows(painter: QPainter, area: QRectF, scale: Scale, ticks: Sequence[tuple[float, str]]) -> None:
    """Horizontal grid lines with their words at the left of `area`."""
    for value, words in ticks:
        y = scale.place(value)
        painter.setPen(solid("grid", 1))
        painter.drawLine(QLineF(area.left(), y, area.right(), y))
        draw_tick_text(painter, QRectF(area.left() - 64, y - 8, 58, 16), words, RIGHT)


def draw_columns(painter: QPainter, area: QRectF, scale: Scale, ticks: Sequence[tuple[float, str]]) -> None:
    """The axis at the bottom with its words; the outer ones stay inside the plot."""
    painter.setPen(solid("axis", 1.25))
    painter.drawLine(QLineF(area.left(), area.bottom(), area.right(), area.bottom()))
    for value, words in ticks:
        draw_tick_text(painter, QRectF(scale.place(value) - 40, area.bottom() + 4, 80, 14), words, CENTER)
