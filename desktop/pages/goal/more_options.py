"""What most people never need: kind of answer, class that counts, measure, rows held back, device, repeat number."""

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from automl import api
from automl.domain.dataset import ColumnProfile
from automl.domain.task import Device, Goal, Metric, TaskKind
from desktop.i18n import bind_text
from desktop.widgets.buttons import IconButton
from desktop.widgets.card import Card
from desktop.widgets.fields import Choice, ComboBox, FieldRow, TextField
from desktop.widgets.text import label

AUTOMATIC = ""
HOLDOUTS = ("0.1", "0.2", "0.3", "none")
HIGHEST_SEED = 2**31 - 1


class MoreOptions(Card):
    """Folded until asked for; `changed` tells a goal with one thing changed."""

    changed = Signal(object)

    def __init__(self, tasks: Sequence[TaskKind] = ()) -> None:
        """`tasks` are the kinds of answers to choose from here; without any the kind is asked elsewhere."""
        super().__init__()
        self._tasks = tuple(tasks)
        self._goal: Goal | None = None
        self._options = QWidget()
        self._fold = IconButton("chevron-right", "goal.more")
        self._fold.clicked.connect(lambda _checked=False: self._unfold(not self._options.isVisible()))
        self._line = label("goal.more.line", "caption", seed=0)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._fold)
        head.addWidget(label("goal.more", "strong"))
        head.addWidget(self._line)
        head.addStretch(1)
        self.body.addLayout(head)
        self._task = self._combo("goal.more.task", self._take_task)
        self._positive = self._combo("goal.more.positive", lambda value: self._tell(positive=value))
        self._metric = self._combo("goal.more.metric", self._take_metric)
        self._holdout = self._combo("goal.more.holdout", self._take_holdout)
        self._device = self._combo("goal.more.device", lambda value: self._tell(device=Device(value)))
        self._seed = TextField("goal.more.seed")
        self._seed.editingFinished.connect(self._take_seed)
        grid = QGridLayout(self._options)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        self._positive_row = FieldRow("goal.more.positive", self._positive)
        rows = (
            *((FieldRow("goal.more.task", self._task), self._positive_row) if self._tasks else ()),
            FieldRow("goal.more.metric", self._metric),
            FieldRow("goal.more.holdout" if self._tasks else "goal.images.more.holdout", self._holdout),
            FieldRow("goal.more.device", self._device),
            FieldRow("goal.more.seed", self._seed),
        )
        for place, row in enumerate(rows):
            grid.addWidget(row, place // 3, place % 3)
        self.add(self._options)
        self._options.hide()

    def show_goal(self, goal: Goal, facts: ColumnProfile | None = None) -> None:
        """Show the options of a goal; `facts` are those of its target, where the class that counts is chosen here."""
        self._goal = goal
        task = goal.task or TaskKind.REGRESSION
        self._task.set_choices([Choice(kind.value, f"goal.more.task.{kind.value}") for kind in self._tasks])
        self._task.set_value(task.value)
        self._positive_row.setVisible(bool(self._tasks) and task is TaskKind.BINARY)
        self._positive.set_choices([Choice(value, text=value) for value, _ in facts.top_values[:2]] if facts else ())
        self._positive.set_value(goal.positive)
        self._metric.set_choices([Choice(AUTOMATIC, "goal.more.metric.auto"), *_metrics(task, goal)])
        self._metric.set_value(goal.metric.value if goal.metric else AUTOMATIC)
        self._holdout.set_choices([Choice(value, f"goal.more.holdout.{value}") for value in HOLDOUTS])
        self._holdout.set_value("none" if goal.holdout is None else f"{goal.holdout:g}")
        self._device.set_choices([Choice(device.value, f"goal.more.device.{device.value}") for device in Device])
        self._device.set_value(goal.device.value)
        if not self._seed.hasFocus():
            self._seed.setText(str(goal.seed))
        bind_text(self._line, "goal.more.line" if self._tasks else "goal.images.more.line", seed=goal.seed)

    def _combo(self, name: str, take: Callable[[str], None]) -> ComboBox:
        made = ComboBox(name=name)
        made.chosen.connect(take)
        return made

    def _unfold(self, unfolded: bool) -> None:
        self._options.setVisible(unfolded)
        self._line.setVisible(not unfolded)
        self._fold.set_icon("chevron-down" if unfolded else "chevron-right")

    def _tell(self, **changes: object) -> None:
        if self._goal is not None:
            self.changed.emit(msgspec.structs.replace(self._goal, **changes))

    def _take_task(self, value: str) -> None:
        task = TaskKind(value)
        cost = self._goal.cost if self._goal and task is TaskKind.BINARY else None
        self._tell(task=task, metric=None, cost=cost)

    def _take_metric(self, value: str) -> None:
        self._tell(metric=Metric(value) if value else None)

    def _take_holdout(self, value: str) -> None:
        self._tell(holdout=None if value == "none" else float(value))

    def _take_seed(self) -> None:
        typed = self._seed.text().strip()
        right = typed.isascii() and typed.isdigit() and int(typed) <= HIGHEST_SEED
        self._seed.set_error(not right)
        if right:
            self._tell(seed=int(typed))


def _metrics(task: TaskKind, goal: Goal) -> Sequence[Choice]:
    fitting = api.metrics_for(task) - (frozenset() if goal.cost else {Metric.COST})
    return [Choice(metric.value, f"metric.{metric.value}") for metric in Metric if metric in fitting]
