"""The live leaderboard. Rows do not change place while the pointer or the focus is in the table."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent

from automl.domain.run_state import RunState
from automl.domain.task import Metric
from desktop.i18n import bind_text
from desktop.itemmodels.trials import TrialsModel
from desktop.widgets.card import Card
from desktop.widgets.table import HEADER_HEIGHT, ROW_HEIGHT, TableView
from desktop.widgets.text import label

REORDER_MILLISECONDS = 2000
FEWEST_ROWS = 1


class BoardCard(Card):
    """Recipes tried so far, best first, with likely ranges."""

    def __init__(self) -> None:
        super().__init__("train.board.title", caption="train.board.caption", flush=True)
        self._model = TrialsModel(self)
        self._table = TableView("train.board.title")
        self._table.show_model(self._model, self._model.cell)
        self._table.set_widths(44, 0, 88, 76, 108, 92, stretch=1)
        self._table.setMinimumHeight(HEADER_HEIGHT + FEWEST_ROWS * ROW_HEIGHT)
        self._waiting: tuple[RunState, Metric] | None = None
        self._calm = QTimer(self, singleShot=True, interval=REORDER_MILLISECONDS)
        self._calm.timeout.connect(self._show_waiting)
        self._nothing = label("train.board.none", "secondary")
        self._nothing.setContentsMargins(16, 16, 16, 16)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add(self._nothing, 1)
        self.add(self._table, 1)

    def show_state(self, state: RunState, metric: Metric) -> None:
        """Show a run; a new order waits until two seconds have passed since the last one."""
        self._nothing.setVisible(not state.complete_trials)
        self._table.setVisible(bool(state.complete_trials))
        self._waiting = (state, metric)
        bind_text(self.title, "train.board.title" if state.running else "train.board.title.over")
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
        in_hand = self._table.underMouse() or self._table.hasFocus()
        busy = state.running and in_hand and self._model.rowCount() > 0
        if not busy:
            self._model.show_state(state, metric)
            self._waiting = None
        if busy or state.running:
            self._calm.start()
