"""First question: which column is to be predicted."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.dataset import DatasetProfile
from automl.domain.goal_proposal import facts_of
from automl.domain.schema import Schema
from automl.domain.task import Goal
from desktop.itemmodels.column_words import TYPE_ICONS
from desktop.pages.goal.candidates import target_candidates
from desktop.pages.goal.sentences import kind_detail, kind_title
from desktop.pages.goal.wording import said
from desktop.widgets.buttons import Button, button
from desktop.widgets.card import Card
from desktop.widgets.fields import Choice, ComboBox, FieldRow
from desktop.widgets.note import Note
from desktop.widgets.pill import Pill
from desktop.widgets.text import label

MOST_OTHERS = 3


class TargetQuestion(Card):
    """A list of all columns, the likely others as buttons, and what kind of answer that makes."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("goal.target.question")
        self._combo = ComboBox(name="goal.target.column")
        self._combo.chosen.connect(self.chosen)
        self._suggested = Pill("goal.target.suggested", "accent")
        self._kind = Note("info", icon="target")
        self._others = QHBoxLayout()
        self._others.setSpacing(8)
        self._also = label("goal.target.also", "caption-2")
        self._buttons: list[Button] = []
        self.add_header_widget(self._suggested)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(FieldRow("goal.target.column", self._combo))
        self._others.addWidget(self._also)
        self._others.addStretch(1)
        column.addLayout(self._others)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(left, 3)
        row.addWidget(self._kind, 4)
        self.body.addLayout(row)

    def show_goal(self, goal: Goal, schema: Schema, profile: DatasetProfile) -> None:
        """Show the target of a goal and what else could be predicted."""
        facts, suggested, others = facts_of(profile, goal.target), profile.suggested_target, profile.other_targets
        names = target_candidates(schema)
        self._combo.set_choices([Choice(name, text=name, icon=TYPE_ICONS[schema.column(name).type]) for name in names])
        self._combo.set_value(goal.target)
        self._suggested.setVisible(bool(goal.target) and goal.target == suggested)
        self._show_others([name for name in others if name in names and name != goal.target][:MOST_OTHERS])
        if not goal.target:
            self._kind.set("info", "goal.target.none", icon="target")
            return
        title, detail = kind_title(goal, facts), kind_detail(goal, facts, profile.row_count)
        self._kind.set_words("info", said(title), said(detail), icon="target")

    def _show_others(self, names: Sequence[str]) -> None:
        for old in self._buttons:
            self._others.removeWidget(old)
            old.deleteLater()
        self._buttons = [self._button_for(name) for name in names]
        for place, one in enumerate(self._buttons):
            self._others.insertWidget(place + 1, one)
        self._also.setVisible(bool(names))

    def _button_for(self, name: str) -> Button:
        made = button("goal.target.other", small=True, column=name)
        made.clicked.connect(lambda _checked=False: self.chosen.emit(name))
        return made
