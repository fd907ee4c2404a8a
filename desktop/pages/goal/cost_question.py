"""Second question: what a mistake costs. It may stay unanswered."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from automl.domain.task import Goal, MistakeCost, TaskKind
from desktop.i18n import follow_language, translate, translator
from desktop.pages.goal.sentences import cost_note
from desktop.pages.goal.wording import said
from desktop.widgets.buttons import text_button
from desktop.widgets.card import Card
from desktop.widgets.fields import FieldRow, TextField
from desktop.widgets.note import Note


class CostQuestion(Card):
    """Two amounts and what they mean; `answered` tells a cost, or None when it is not known."""

    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__("goal.cost.question")
        self._currency = MistakeCost(1, 1).currency
        self._goal: Goal | None = None
        self._miss = TextField(prefix=self._currency, suffix="goal.cost.per_row")
        self._alarm = TextField(prefix=self._currency, suffix="goal.cost.per_row")
        self._miss_row = FieldRow("goal.cost.miss", self._miss)
        self._alarm_row = FieldRow("goal.cost.false_alarm", self._alarm)
        self._note = Note("plain", icon="scale")
        self._unknown = text_button("goal.cost.unknown")
        self._unknown.clicked.connect(self._forget)
        self.add_action(self._unknown)
        for field in (self._miss, self._alarm):
            field.setMinimumWidth(150)
            field.editingFinished.connect(self._take)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._miss_row, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._alarm_row, 2, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(12)
        row.addWidget(self._note, 4)
        self.body.addLayout(row)
        follow_language(self, self._say)

    def show_goal(self, goal: Goal) -> None:
        """Show the costs of a goal; only a yes / no answer has them."""
        self._goal = goal
        self.setVisible(goal.task is TaskKind.BINARY)
        for field, amount in (
            (self._miss, goal.cost.miss if goal.cost else None),
            (self._alarm, goal.cost.false_alarm if goal.cost else None),
        ):
            if not field.hasFocus():
                field.setText("" if amount is None else translator().number(amount))
        self._unknown.setVisible(goal.cost is not None)
        self._say()

    def _say(self) -> None:
        if self._goal is not None:
            self._note.set_words("plain", said(cost_note(self._goal)), icon="scale")

    def _take(self) -> None:
        amounts = [self._amount(self._miss, self._miss_row), self._amount(self._alarm, self._alarm_row)]
        miss, alarm = amounts
        if miss is not None and alarm is not None:
            self.answered.emit(MistakeCost(miss, alarm, self._currency))

    def _amount(self, field: TextField, row: FieldRow) -> float | None:
        """Return the amount typed; None while it is empty or wrong, with words for what is wrong."""
        typed = field.text().replace(",", "").replace(" ", "").strip()
        if not typed:
            row.set_error("")
            return None
        try:
            amount = float(typed)
        except ValueError:
            amount = 0.0
        wrong = not 0 < amount < float("inf")
        row.set_error(translate("goal.cost.wrong") if wrong else "")
        return None if wrong else amount

    def _forget(self) -> None:
        for field, row in ((self._miss, self._miss_row), (self._alarm, self._alarm_row)):
            field.clear()
            row.set_error("")
        self.answered.emit(None)
