"""A sparkline: the last minute of one number, without axes."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import theme
from desktop.widgets.painting import faded, painting


class Sparkline(QWidget):
    """`ink` is the token of the line; the area under it is filled at 14%."""

    def __init__(self, ink: str = "s1") -> None:
        super().__init__()
        self._ink = ink
        self._values: tuple[float, ...] = ()
        self._lowest, self._highest = 0.0, 1.0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_values(self, values: Sequence[float], lowest: float = 0.0, highest: float = 1.0) -> None:
        """Values oldest first, on the scale from `lowest` to `highest`."""
        self._values = tuple(values)
        self._lowest, self._highest = lowest, max(highest, lowest + 1e-9)
        self.setAccessibleDescription(f"{self._values[-1]:.3g}" if self._values else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Small."""
        return QSize(92, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw area and line."""
        del event
        if len(self._values) < 2:
            return
        width, height = self.width() - 2.0, self.height() - 3.0
        step, span = width / (len(self._values) - 1), self._highest - self._lowest
        path = QPainterPath()
        for place, value in enumerate(self._values):
            share = min(1.0, max(0.0, (value - self._lowest) / span))
            point = QPointF(1 + place * step, 1.5 + height * (1 - share))
            path.lineTo(point) if place else path.moveTo(point)
        area = QPainterPath(path)
        area.lineTo(1 + width, self.height())
        area.lineTo(1, self.height())
        with painting(self) as painter:
            painter.fillPath(area, faded(theme().color(self._ink), 0.14))
            painter.setPen(QPen(theme().color(self._ink), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
