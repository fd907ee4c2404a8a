"""The leaderboard: every finished model with its likely range; two of them can be ticked."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Signal

from automl.domain.result import Leaderboard, ModelEvaluation
from desktop.i18n import translate
from desktop.itemmodels.leaderboard import BoardField, BoardRow, LeaderboardModel, Order, share_key
from desktop.widgets.card import Card
from desktop.widgets.fields import Choice, ComboBox
from desktop.widgets.table import HEADER_HEIGHT, ROW_HEIGHT, TableView

MOST_VISIBLE_ROWS = 6
WIDTHS = (40, 0, 76, 88, 76, 72, 70, 80)


class BoardCard(Card):
    """`selected` tells the model the cards are to show, `pair_changed` that other two were ticked."""

    selected = Signal(str)
    pair_changed = Signal()

    def __init__(self) -> None:
        super().__init__("compare.board.title", caption="compare.board.caption", flush=True)
        self._leaderboard: Leaderboard | None = None
        self._model = LeaderboardModel(self)
        self._table = TableView("compare.board.title")
        self._table.show_model(self._model, self._model.cell)
        self._table.set_widths(*WIDTHS, stretch=BoardField.MODEL)
        self._order = ComboBox(name="compare.order", small=True)
        self.add(self._table, 1)
        self.add_action(self._order)
        self._order.chosen.connect(lambda value: self._model.sort_by(Order(value)))
        self._table.clicked.connect(self._take_click)
        self._table.row_toggled.connect(self._model.toggle)
        self._model.pair_changed.connect(self.pair_changed)
        self._table.selectionModel().currentRowChanged.connect(self._tell_row)

    def show_leaderboard(self, leaderboard: Leaderboard, evaluations: Mapping[str, ModelEvaluation]) -> None:
        """Show the models of a run."""
        self._leaderboard = leaderboard
        self._model.show_leaderboard(leaderboard, evaluations)
        rows = min(MOST_VISIBLE_ROWS, len(leaderboard.models))
        self._table.setMinimumHeight(HEADER_HEIGHT + ROW_HEIGHT * rows + 2)
        self.retranslate()

    def select(self, model_id: str) -> None:
        """Select a model without telling."""
        row = self._model.row_of(model_id)
        if row >= 0 and row != self._table.currentIndex().row():
            blocked = self._table.selectionModel().blockSignals(True)
            self._table.selectRow(row)
            self._table.selectionModel().blockSignals(blocked)
            self._table.viewport().update()

    def set_in_use(self, model_id: str) -> None:
        """Mark the model a person has chosen."""
        self._model.set_in_use(model_id)

    def pair(self) -> tuple[str, ...]:
        """Return the models ticked."""
        return self._model.pair()

    def rows(self) -> tuple[BoardRow, ...]:
        """Return the models in the order shown."""
        return self._model.rows()

    def retranslate(self) -> None:
        """Name the orders after what the run is judged by."""
        board = self._leaderboard
        if board is None:
            return
        score = translate(f"compare.score.{board.metric.value}")
        better = "high" if board.metric.higher_is_better else "low"
        share = translate(share_key(board.task))
        composed = {
            Order.SCORE: translate(f"compare.order.score.{better}", name=score),
            Order.SHARE: translate("compare.order.share.high", name=share),
        }
        self._order.set_choices(
            [
                Choice(order.value, text=composed[order])
                if order in composed
                else Choice(order.value, key=f"compare.order.{order.value}")
                for order in Order
            ]
        )

    def _take_click(self, index: QModelIndex) -> None:
        if index.column() == BoardField.PICK:
            self._model.toggle(index.row())

    def _tell_row(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.selected.emit(self._model.model_at(now.row()).model_id)
