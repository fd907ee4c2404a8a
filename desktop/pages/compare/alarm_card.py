"""What mistakes there are at an alarm line, and the line to move."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.result import AlarmPoint
from automl.domain.task import MistakeCost
from desktop.charts.confusion import ConfusionChart
from desktop.charts.data import ConfusionCell, ConfusionData
from desktop.i18n import translate, translator
from desktop.itemmodels.unit_words import said_of
from desktop.pages.compare.alarm_line import cost_per_thousand, cost_without_alarms, mistakes_cost, place_of
from desktop.pages.compare.readings import alarm_reading, real_alarms
from desktop.pages.compare.shown import Shown
from desktop.widgets.buttons import text_button
from desktop.widgets.card import Card
from desktop.widgets.fields import TextField
from desktop.widgets.slider import Slider
from desktop.widgets.text import label, plain_label

LOWEST_PLOT = 148
FIELD_WIDTH = 80


class AlarmCard(Card):
    """`moved` tells the point taken. Moving tries a line out; the model keeps its own."""

    moved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._place = 0
        self._chart = ConfusionChart()
        self._chart.set_lowest_plot(LOWEST_PLOT)
        self._slider = Slider(0.0, 1.0, name="compare.alarm.line")
        self._field = TextField("compare.alarm.line", suffix="compare.alarm.percent", small=True)
        self._field.setFixedWidth(FIELD_WIDTH)
        self._field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._back = text_button("compare.alarm.back", small=True)
        self._words = plain_label("", "caption", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add(self._chart, 1)
        self.body.addLayout(self._controls())
        self.add(self._words)
        self.body.setSpacing(6)
        self._slider.moved.connect(self._take_share)
        self._field.editingFinished.connect(self._take_text)
        self._back.clicked.connect(lambda _checked=False: self.take_own_line())

    def show_model(self, shown: Shown) -> None:
        """Show a model at its own alarm line, or again at the line that was taken when nothing but words changed."""
        same = self._shown is not None and self._shown.evaluation is shown.evaluation
        self._shown = shown
        if not same:
            self._place = self._own_place()
        self._show()

    def point(self) -> AlarmPoint | None:
        """Return the counts at the line that is set."""
        points = self._shown.evaluation.alarm_points if self._shown else ()
        return points[self._place] if points else None

    def take_own_line(self) -> None:
        """Go back to the line the model was delivered with."""
        self._take(self._own_place())

    def _controls(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(label("compare.alarm.line", "caption-2"), 1)
        top.addWidget(self._field)
        bottom.addWidget(label("compare.alarm.more", "caption"))
        bottom.addStretch(1)
        bottom.addWidget(self._back)
        bottom.addStretch(1)
        bottom.addWidget(label("compare.alarm.fewer", "caption"))
        holder = QWidget()
        holder.setLayout(top)
        top.setContentsMargins(0, 0, 0, 0)
        column.addWidget(holder)
        column.addWidget(self._slider)
        column.addLayout(bottom)
        return column

    def _own_place(self) -> int:
        if self._shown is None or not self._shown.evaluation.alarm_points:
            return 0
        own = self._shown.model.alarm_line
        return place_of(self._shown.evaluation.alarm_points, 0.5 if own is None else own)

    def _take_share(self, share: float) -> None:
        if self._shown is not None and self._shown.evaluation.alarm_points:
            self._take(round(share * (len(self._shown.evaluation.alarm_points) - 1)))

    def _take_text(self) -> None:
        if self._shown is None or not self._shown.evaluation.alarm_points:
            return
        try:
            line = float(self._field.text().replace(",", ".").replace("%", "").strip()) / 100
        except ValueError:
            self._field.set_error(True)
            return
        self._take(place_of(self._shown.evaluation.alarm_points, line))

    def _take(self, place: int) -> None:
        self._place = place
        self._show()
        self.moved.emit(self.point())

    def _show(self) -> None:
        point = self.point()
        if self._shown is None or point is None:
            return
        cost = self._shown.leaderboard.goal.cost
        self._chart.set_reading(alarm_reading(point, cost, of_images=self._shown.of_images))
        self._chart.set_caption(_caption(point, cost, of_images=self._shown.of_images))
        self._chart.set_data(_cells(point, cost, self._shown.positive))
        last = len(self._shown.evaluation.alarm_points) - 1
        self._slider.set_value(self._place / max(1, last))
        self._slider.setAccessibleDescription(translator().percent(point.line, 2))
        self._field.set_error(False)
        self._field.setText(f"{min(100.0, 100 * point.line):.3g}")
        own = self._shown.evaluation.alarm_points[self._own_place()]
        moved = self._place != self._own_place()
        self._back.setEnabled(moved)
        self._words.setText(translate("compare.alarm.own" if moved else "compare.alarm.is_own", line=own.line))


def _caption(point: AlarmPoint, cost: MistakeCost | None, *, of_images: bool) -> str:
    if cost is None:
        return real_alarms(point)
    words = translator()
    return said_of(
        of_images,
        "compare.alarm.per_thousand",
        cost=words.short_money(cost_per_thousand(mistakes_cost(point, cost), point)),
        without=words.short_money(cost_per_thousand(cost_without_alarms(point, cost), point)),
    )


def _cells(point: AlarmPoint, cost: MistakeCost | None, positive: str) -> ConfusionData:
    def cell(count: int, name: str, each: float, tone: str) -> ConfusionCell:
        money = translator().money(count * each) if cost is not None else ""
        return ConfusionCell(count, translate(f"compare.alarm.{name}"), money, tone)

    miss, false_alarm = (cost.miss, cost.false_alarm) if cost is not None else (0.0, 0.0)
    return ConfusionData(
        row_names=(translate("compare.alarm.really", value=positive), translate("compare.alarm.really_not")),
        column_names=(translate("compare.alarm.said"), translate("compare.alarm.not_said")),
        cells=(
            (cell(point.found, "found", 0.0, "accent"), cell(point.missed, "missed", miss, "bad")),
            (
                cell(point.false_alarms, "false_alarms", false_alarm, "warn"),
                cell(point.let_through, "let_through", 0.0, "plain"),
            ),
        ),
    )
