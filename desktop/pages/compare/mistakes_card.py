"""The rows a model got most wrong."""

from PySide6.QtWidgets import QAbstractItemView

from automl.domain.task import TaskKind
from desktop.i18n import translate
from desktop.itemmodels.mistakes import MistakesModel
from desktop.pages.compare.readings import mistakes_reading
from desktop.pages.compare.shown import Shown
from desktop.widgets.card import PADDING, Card
from desktop.widgets.table import TableView
from desktop.widgets.text import plain_label

ONE_LINE, TWO_LINES = 32, 46
AMOUNT_WIDTH = 68


class MistakesCard(Card):
    """Worst first, with the sentence on what kind of mistakes there are most."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        self._reading = plain_label("", "reading", wrap=True)
        self._caption = plain_label("", "caption", wrap=True)
        self._reading.setContentsMargins(PADDING - 1, PADDING - 1, PADDING - 1, 0)
        self._caption.setContentsMargins(PADDING - 1, 2, PADDING - 1, 8)
        self._model = MistakesModel(self)
        self._table = TableView("compare.mistakes.title")
        self._table.show_model(self._model, self._model.cell)
        self._table.set_widths(0, AMOUNT_WIDTH, stretch=0)
        self._table.horizontalHeader().hide()
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.add(self._reading)
        self.add(self._caption)
        self.add(self._table, 1)

    def show_model(self, shown: Shown) -> None:
        """Show the mistakes of a model at its own alarm line."""
        found = shown.evaluation
        self._reading.setText(mistakes_reading(found, shown.task, shown.leaderboard.classes))
        kind = "errors" if shown.task is TaskKind.REGRESSION else "risk" if shown.positive else "confidence"
        many = "some" if len(found.mistakes) < found.mistake_count else "all"
        self._caption.setText(
            translate(f"compare.mistakes.{kind}.{many}", shown=len(found.mistakes), count=found.mistake_count)
            if found.mistakes
            else ""
        )
        self._table.verticalHeader().setDefaultSectionSize(ONE_LINE if shown.positive else TWO_LINES)
        self._model.show_mistakes(found.mistakes)
