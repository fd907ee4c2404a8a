"""Fourth question: how long Lathe may search."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from automl.domain.task import Goal
from desktop.i18n import follow_language, translate
from desktop.widgets.card import Card
from desktop.widgets.fields import FieldRow, TextField
from desktop.widgets.note import Note
from desktop.widgets.slider import Mark, MarkedSlider

BUDGETS = (60.0, 600.0, 3600.0)
MINUTE = 60.0
LONGEST_MINUTES = 7 * 24 * 60


class TimeQuestion(Card):
    """A slider with three usual times and one of one's own; `chosen` tells seconds."""

    chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__("goal.time.question")
        self._seconds = BUDGETS[1]
        marks = (
            Mark(0, "goal.time.quick", "goal.time.quick.words"),
            Mark(1, "goal.time.standard", "goal.time.standard.words"),
            Mark(2, "goal.time.thorough", "goal.time.thorough.words"),
            Mark(3, "goal.time.custom", "goal.time.custom.words"),
        )
        self._slider = MarkedSlider(marks, name="goal.time.question")
        self._slider.taken.connect(self._take)
        self._minutes = TextField(suffix="goal.time.minutes")
        self._minutes.setFixedWidth(104)
        self._minutes.editingFinished.connect(self._take_minutes)
        self._minutes_row = FieldRow("goal.time.custom", self._minutes)
        self._note = Note("plain", icon="timer")
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self._slider, 5)
        row.addWidget(self._minutes_row, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._note, 4)
        self.body.addLayout(row)
        follow_language(self, self._say)

    def show_goal(self, goal: Goal) -> None:
        """Show the time of a goal."""
        self._seconds = goal.budget_seconds
        usual = self._seconds in BUDGETS
        own = not usual or self._minutes.hasFocus()
        self._slider.set_value(BUDGETS.index(self._seconds) if usual and not own else len(BUDGETS))
        self._minutes_row.setVisible(own)
        if not self._minutes.hasFocus():
            self._minutes.setText(f"{round(self._seconds / MINUTE, 2):.10g}")
        self._say()

    def _say(self) -> None:
        self._note.set_words("plain", translate("goal.time.note", time=self._seconds), icon="timer")

    def _take(self, place: int) -> None:
        if place < len(BUDGETS):
            self._minutes_row.hide()
            self.chosen.emit(BUDGETS[place])
            return
        self._minutes_row.show()
        self._minutes.setFocus()
        self._minutes.selectAll()

    def _take_minutes(self) -> None:
        try:
            minutes = float(self._minutes.text().replace(",", "").strip())
        except ValueError:
            minutes = 0.0
        wrong = not 0 < minutes <= LONGEST_MINUTES
        self._minutes_row.set_error(translate("goal.time.wrong", most=LONGEST_MINUTES) if wrong else "")
        if not wrong:
            self.chosen.emit(minutes * MINUTE)
