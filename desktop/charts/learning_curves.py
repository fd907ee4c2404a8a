"""Error while learning: dashed on the rows learned from, solid on the rows checked."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop.charts.chart import CENTER, RIGHT, Chart, dashed, draw_label, draw_tick_text, solid
from desktop.charts.data import LearningCurvesData
from desktop.charts.scale import Scale, kept_range, thinned
from desktop.i18n import translate

SIDE_ROOM, BOTTOM_ROOM = 68.0, 20.0


class LearningCurvesChart(Chart):
    """Small and live; lines are named at their end."""

    def __init__(self) -> None:
        super().__init__()
        self._data = LearningCurvesData(())
        self._range: tuple[float, float] | None = None

    def set_data(self, data: LearningCurvesData) -> None:
        """Show these curves."""
        values = [value for _, value in (*data.checking, *data.learning)]
        self._range = kept_range(self._range, values) if len(data.checking) > 1 else None
        self._data = data
        self.refresh()

    def table(self) -> Sequence[Sequence[object]]:
        """Step, error on checking rows, error on learning rows."""
        learning = dict(self._data.learning)
        head = (translate("chart.step"), translate("chart.checking"), translate("chart.learning"))
        return [head, *((step, value, learning.get(step, "")) for step, value in self._data.checking)]

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw both curves."""
        plot = area.adjusted(4, 4, -SIDE_ROOM, -BOTTOM_ROOM)
        steps = [step for step, _ in self._data.checking]
        if not steps or self._range is None:
            draw_tick_text(painter, area, translate("chart.nothing_yet"), CENTER, "text-3")
            return
        end = max(self._data.total, steps[-1])
        across = Scale(steps[0], end, plot.left(), plot.right())
        up = Scale(*self._range, plot.bottom(), plot.top())
        painter.setPen(solid("axis", 1.25))
        painter.drawLine(QLineF(plot.left(), plot.bottom(), area.right(), plot.bottom()))
        here = across.place(steps[-1])
        painter.setPen(solid("grid", 1))
        painter.drawLine(QLineF(here, plot.top(), here, plot.bottom()))
        checking = _line(self._data.checking, across, up, plot.width())
        learning = _line(self._data.learning, across, up, plot.width())
        painter.setPen(dashed("s2-line", 1.75, (3, 2)))
        painter.drawPolyline(learning)
        painter.setPen(solid("s1", 2))
        painter.drawPolyline(checking)
        self._name_ends(painter, here, checking, learning)
        words = f"{end:.0f} {self._data.unit}".strip()
        draw_tick_text(painter, QRectF(plot.left(), plot.bottom() + 3, 40, 14), f"{steps[0]:.0f}", CENTER & RIGHT)
        draw_tick_text(painter, QRectF(area.right() - 80, plot.bottom() + 3, 80, 14), words, RIGHT)

    def _name_ends(self, painter: QPainter, here: float, checking: list[QPointF], learning: list[QPointF]) -> None:
        tops = [checking[-1].y() - 8]
        names = [translate("chart.checking")]
        if learning:
            tops.append(learning[-1].y() - 8)
            names.append(translate("chart.learning"))
        if len(tops) == 2 and abs(tops[0] - tops[1]) < 14:
            shift = (14 - abs(tops[0] - tops[1])) / 2
            upper = 0 if tops[0] <= tops[1] else 1
            tops[upper] -= shift
            tops[1 - upper] += shift
        for top, name in zip(tops, names, strict=True):
            draw_label(painter, QRectF(here + 6, top, SIDE_ROOM, 16), name, ink="text-2", weight=400)


def _line(points: Sequence[tuple[float, float]], across: Scale, up: Scale, width: float) -> list[QPointF]:
    shown = thinned(points, int(width) * 2)
    return [QPointF(across.place(step), up.place(value)) for step, value in shown]
