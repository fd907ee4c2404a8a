"""What is found against what is stopped for it, and how many alarms are real."""

from automl.domain.result import AlarmPoint
from desktop.charts.curves import CurveChart
from desktop.charts.data import CurveData
from desktop.i18n import translate
from desktop.pages.compare.alarm_line import (
    found_against_stopped,
    found_and_real,
    negatives,
    positives,
    real_against_found,
    stopped_and_found,
)
from desktop.pages.compare.readings import curve_reading, real_alarms
from desktop.pages.compare.shown import Shown
from desktop.widgets.card import Card
from desktop.widgets.segmented import SegmentedControl

FOUND, REAL = "found", "real"


class CurveCard(Card):
    """Two views of the same counts; the alarm line that is set is a point on both."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._point: AlarmPoint | None = None
        self._chart = CurveChart()
        self._view = SegmentedControl([(FOUND, "compare.curve.found"), (REAL, "compare.curve.real")])
        self._view.chosen.connect(lambda _value: self._show())
        self.add(self._chart, 1)
        self.add(self._view)

    def show_model(self, shown: Shown, point: AlarmPoint | None) -> None:
        """Show the curves of a model with the line that is set."""
        self._shown, self._point = shown, point
        self._show()

    def show_point(self, point: AlarmPoint) -> None:
        """Show another line."""
        self._point = point
        self._show()

    def _show(self) -> None:
        if self._shown is None or self._point is None:
            return
        view = self._view.value()
        reads = curve_reading(self._point, self._shown.positive) if view == FOUND else real_alarms(self._point)
        self._chart.set_reading(reads)
        self._chart.set_caption(translate(f"compare.curve.{view}.caption", positive=self._shown.positive))
        self._chart.set_data(self._found() if view == FOUND else self._real())

    def _found(self) -> CurveData:
        if self._shown is None or self._point is None:
            return CurveData((), "")
        return CurveData(
            points=found_against_stopped(self._shown.evaluation.alarm_points),
            x_name=translate("compare.curve.found.across"),
            setting=stopped_and_found(self._point),
            setting_name=translate("compare.curve.setting"),
            guessing_name=translate("compare.curve.guessing"),
        )

    def _real(self) -> CurveData:
        if self._shown is None or self._point is None:
            return CurveData((), "")
        rows = positives(self._point) + negatives(self._point)
        usual = positives(self._point) / rows if rows else 0.0
        return CurveData(
            points=real_against_found(self._shown.evaluation.alarm_points),
            x_name=translate("compare.curve.real.across", positive=self._shown.positive),
            setting=found_and_real(self._point),
            setting_name=translate("compare.curve.setting"),
            guessing_name=translate("compare.curve.guessing"),
            guessing=((0.0, usual), (1.0, usual)),
        )
