"""Second question: which classes mean a good part."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from automl.domain.task import Goal, TaskKind
from desktop.pages.goal.images.sentences import image_of
from desktop.widgets.card import Card
from desktop.widgets.choices import CheckBox
from desktop.widgets.flow import FlowLayout
from desktop.widgets.text import label, shortened


class GoodQuestion(Card):
    """One box a class; `chosen` carries the names ticked."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("goal.images.good.question")
        self._boxes: dict[str, CheckBox] = {}
        self._shown: tuple[tuple[str, int], ...] = ()
        classes = QWidget()
        self._flow = FlowLayout(classes, 16)
        self.add_header_widget(label("goal.images.good.caption", "caption"))
        self.add(classes)

    def show_goal(self, goal: Goal, counts: Mapping[str, int]) -> None:
        """Show the classes there are and which of them a goal calls good; nothing to ask without labels."""
        self.setVisible(bool(counts) and not (goal.task is TaskKind.ANOMALY and len(counts) == 1))
        self._offer(tuple(counts.items()))
        for name, box in self._boxes.items():
            box.setChecked(name in image_of(goal).good)

    def _offer(self, counts: Sequence[tuple[str, int]]) -> None:
        if tuple(counts) == self._shown:
            return
        self._shown = tuple(counts)
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._boxes = {}
        for name, count in counts:
            box = CheckBox("goal.images.good.class", name=shortened(name), count=count)
            box.clicked.connect(lambda _checked=False: self._tell())
            self._boxes[name] = box
            self._flow.addWidget(box)

    def _tell(self) -> None:
        self.chosen.emit(tuple(name for name, box in self._boxes.items() if box.isChecked()))
