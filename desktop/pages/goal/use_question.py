"""Third question: on which rows the model will be used; that decides how it is checked."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from automl.domain.task import Goal, GroupSplit, RandomSplit, Split, TimeSplit
from desktop.i18n import bind_text
from desktop.pages.goal.split_strip import SplitStrip
from desktop.widgets.card import Card
from desktop.widgets.choice_card import ChoiceCard, ChoiceGroup
from desktop.widgets.fields import Choice, ComboBox
from desktop.widgets.painting import draw_box, painting
from desktop.widgets.text import label

TIME, GROUP, RANDOM = "time", "group", "random"


class UseQuestion(Card):
    """Three cards: later rows, an unseen group, a random mix; `chosen` tells a split."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("goal.use.question")
        self._columns: dict[str, Sequence[str]] = {TIME: (), GROUP: ()}
        self._split: Split = RandomSplit()
        self._group = ChoiceGroup()
        self._cards = {
            TIME: ChoiceCard("goal.use.time", "goal.use.time.words"),
            GROUP: ChoiceCard("goal.use.group", "goal.use.group.words"),
            RANDOM: ChoiceCard("goal.use.random", "goal.use.random.words"),
        }
        self._strips = {kind: SplitStrip(scattered=kind == RANDOM) for kind in self._cards}
        for kind, card in self._cards.items():
            card.add(self._strips[kind])
            self._group.add(kind, card)
        self._group.chosen.connect(self._take)
        self._column = ComboBox(name="goal.use.column")
        self._column.chosen.connect(self._take_column)
        self._column_row = QWidget()
        row = QHBoxLayout(self._column_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label("goal.use.column", "caption-2"))
        row.addWidget(self._column)
        row.addStretch(1)
        self.add_action(_Legend())
        self.add(self._group)
        self.add(self._column_row)

    def show_goal(self, goal: Goal, times: Sequence[str], groups: Sequence[str], recommended: Split) -> None:
        """Show the split of a goal and the columns it could go by."""
        self._columns = {TIME: times, GROUP: groups}
        self._split = goal.split or recommended
        kind, column = _parts(self._split)
        self._group.set_value(kind)
        for name, card in self._cards.items():
            self._strips[name].set_share(goal.holdout or 0.0)
            card.setEnabled(name in (RANDOM, kind) or bool(self._columns[name]))
            self._hint(name, card, recommended)
        shown = self._columns.get(kind, ())
        self._column_row.setVisible(len(shown) > 1)
        self._column.set_choices([Choice(name, text=name) for name in shown])
        self._column.set_value(column)

    def _hint(self, kind: str, card: ChoiceCard, recommended: Split) -> None:
        chosen_kind, chosen_column = _parts(self._split)
        columns = self._columns.get(kind, ())
        column = chosen_column if kind == chosen_kind else next(iter(columns), "")
        if kind != RANDOM and not column:
            bind_text(card.hint, f"goal.use.{kind}.none")
        elif kind == _parts(recommended)[0]:
            bind_text(card.hint, f"goal.use.{kind}.recommended", column=column)
        else:
            bind_text(card.hint, f"goal.use.{kind}.hint", column=column)
        card.hint.setVisible(True)

    def _take(self, kind: str) -> None:
        self._tell(kind, next(iter(self._columns.get(kind, ())), ""))

    def _take_column(self, column: str) -> None:
        self._tell(_parts(self._split)[0], column)

    def _tell(self, kind: str, column: str) -> None:
        if kind == TIME and column:
            self.chosen.emit(TimeSplit(column))
        elif kind == GROUP and column:
            self.chosen.emit(GroupSplit(column))
        else:
            self.chosen.emit(RandomSplit())


def _parts(split: Split) -> tuple[str, str]:
    match split:
        case TimeSplit(column=column):
            return TIME, column
        case GroupSplit(column=column):
            return GROUP, column
        case RandomSplit():
            return RANDOM, ""


class _Legend(QWidget):
    """What the two colours of the strips mean."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for ink, words in (("accent-line", "goal.use.learn"), ("s2", "goal.use.check")):
            row.addWidget(_Cell(ink))
            row.addWidget(label(words, "caption-2"))
            row.addSpacing(6)


class _Cell(QWidget):
    def __init__(self, ink: str) -> None:
        super().__init__()
        self._ink = ink
        self.setFixedSize(QSize(10, 10))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), self._ink, None, 2)
