"""First question: what should an image be asked. Three answers, each with what the labels mean for it."""

from collections.abc import Mapping

from PySide6.QtCore import Signal

from automl.domain.image_goal import IMAGE_TASKS
from automl.domain.task import Goal, TaskKind
from desktop.i18n import bind_text
from desktop.pages.goal.images.sentences import task_hint, task_note
from desktop.pages.goal.wording import said
from desktop.widgets.buttons import text_button
from desktop.widgets.card import Card
from desktop.widgets.choice_card import ChoiceCard, ChoiceGroup
from desktop.widgets.note import Note


class TaskQuestion(Card):
    """`chosen` carries the kind of answer, `label_requested` the wish to label images first."""

    chosen = Signal(object)
    label_requested = Signal()

    def __init__(self) -> None:
        super().__init__("goal.images.task.question")
        self._group = ChoiceGroup()
        self._cards = {
            task: ChoiceCard(f"goal.images.task.{task.value}", f"goal.images.task.{task.value}.words")
            for task in IMAGE_TASKS
        }
        for task, card in self._cards.items():
            self._group.add(task.value, card)
            card.hint.setVisible(True)
        self._group.chosen.connect(lambda value: self.chosen.emit(TaskKind(value)))
        self._note = Note("info", icon="image")
        self._label = text_button("goal.images.label", trailing="arrow-right", small=True)
        self._label.clicked.connect(lambda _checked=False: self.label_requested.emit())
        self._note.add_action(self._label)
        self.add(self._group)
        self.add(self._note)

    def show_goal(self, goal: Goal, counts: Mapping[str, int], images: int) -> None:
        """Show the kind of answer of a goal and what there is to learn it from."""
        self._group.set_value((goal.task or TaskKind.MULTICLASS).value)
        for task, card in self._cards.items():
            hint = task_hint(task, goal, counts, images)
            bind_text(card.hint, hint.key, **hint.parameters)
        self._note.set_words("info", said(task_note(goal, counts)), icon="image")
