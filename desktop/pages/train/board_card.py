"""The live leaderboard. Rows do not change place while the pointer or the focus is in the table."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget

from automl.domain.run_state import RunState
from automl.domain.task import Metric
from desktop.itemmodels.trials import TrialsModel
from desktop.widgets.card import Card
from desktop.widgets.table import TableView
from desktop.widgets.text import label

REORDER_MILLISECONDS = 2000


class BoardCard(Card):
    """Recipes tried so far, best first, with likely ranges."""

    def __init__(self) -> None:
        super().__init__("train.board.title", caption="train.board.caption", flush=True)
        self._model = TrialsModel(self)
        self._table = TableView("train.board.title")
        self._table.show_model(self._model, self._model.cell)
        self._table.set_widths(48, 0, 96, 88, 120, 84, stretch=1)
        self._waiting: tuple[RunState, Metric] | None = None
        self._calm = QTimer(self, singleShot=True, interval=REORDER_MILLISECONDS)
        self._calm.timeout.connect(self._show_waiting)
        self._stack = QStackedWidget()
        nothing = label("train.board.none", "secondary")
        nothing.setContentsMargins(16, 16, 16, 16)
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._table)
        self.add(self._stack, 1)

    def show_state(self, state: RunState, metric: Metric) -> None:
        """Show a run; a new order waits until two seconds have passed since the last one."""
        self._stack.setCurrentIndex(1 if state.complete_trials else 0)
        self._waiting = (state, metric)
        if not self._calm.isActive():
            self._show_waiting()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop waiting."""
        super().hideEvent(event)
        self._calm.stop()

    def _show_waiting(self) -> None:
        if self._waiting is None:
            return
        state, metric = self._waiting
        busy = state.running and (self._table.underMouse() or self._table.hasFocus())
        if not busy:
            self._model.show_state(state, metric)
            self._waiting = None
        if busy or state.running:
            self._calm.start()
