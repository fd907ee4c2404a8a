"""The finished models of a run as a table: scores with their likely range, speed, size, and two to set side by side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from automl.domain.result import Interval, Leaderboard, ModelEvaluation, ModelSummary
from automl.domain.task import Family, Metric, TaskKind
from desktop.i18n import follow_language, translate, translator
from desktop.itemmodels.families import SERIES
from desktop.itemmodels.model_words import family_name, model_detail, model_name, model_recipe
from desktop.itemmodels.score_words import score_words
from desktop.itemmodels.unit_words import said_of
from desktop.widgets.cells import Cell, Check, Dots, Range

Index = QModelIndex | QPersistentModelIndex
MOST_DOTS = 5


class BoardField(IntEnum):
    """What the columns of the table show."""

    PICK = 0
    MODEL = 1
    SCORE = 2
    RANGE = 3
    SHARE = 4
    SPEED = 5
    SIZE = 6
    SIMPLE = 7


class Order(StrEnum):
    """What the table is sorted by."""

    SCORE = "score"
    SHARE = "share"
    SPEED = "speed"
    SIZE = "size"
    SIMPLE = "simple"


AT_LEFT = (BoardField.PICK, BoardField.MODEL, BoardField.RANGE, BoardField.SIMPLE)


@dataclass(frozen=True)
class BoardRow:
    """One model: its summary, the score shown, and the share of cases found, answers right or spread explained."""

    model: ModelSummary
    score: Interval
    share: float | None


def shown_score(model: ModelSummary) -> Interval:
    """Return the score on rows no model has seen, or that of the checking folds when no rows were set aside."""
    return model.holdout or model.checking


def found_share(evaluation: ModelEvaluation) -> float | None:
    """Return the share of "yes" rows a yes/no model finds, None without any."""
    if len(evaluation.confusion) != 2:
        return None
    missed, found = evaluation.confusion[1]
    return found / (found + missed) if found + missed else None


def share_key(task: TaskKind) -> str:
    """Return the key of what the share on the leaderboard is of: found, right or explained."""
    return f"compare.field.share.{TaskKind.BINARY if task.has_risk else task}"


def board_rows(leaderboard: Leaderboard, evaluations: Mapping[str, ModelEvaluation]) -> tuple[BoardRow, ...]:
    """Return one row a model, in the order of the leaderboard."""
    return tuple(
        BoardRow(model, shown_score(model), _share(leaderboard.task, model, evaluations.get(model.model_id)))
        for model in leaderboard.models
    )


def sorted_rows(rows: Sequence[BoardRow], order: Order, metric: Metric) -> tuple[BoardRow, ...]:
    """Return the rows by an order, the most wanted first; of equal ones that with the better score."""
    sign = -1.0 if metric.higher_is_better else 1.0
    keys: dict[Order, Callable[[BoardRow], float]] = {
        Order.SCORE: lambda row: sign * row.score.value,
        Order.SHARE: lambda row: -(row.share if row.share is not None else -1.0),
        Order.SPEED: lambda row: row.model.milliseconds_per_row,
        Order.SIZE: lambda row: row.model.size_bytes,
        Order.SIMPLE: lambda row: -row.model.simplicity,
    }
    return tuple(sorted(rows, key=lambda row: (keys[order](row), sign * row.score.value)))


def _share(task: TaskKind, model: ModelSummary, evaluation: ModelEvaluation | None) -> float | None:
    if task.has_risk:
        return found_share(evaluation) if evaluation else None
    metric = Metric.R2 if task is TaskKind.REGRESSION else Metric.ACCURACY
    known = model.metrics.get(metric.value)
    return known.value if known else None


class LeaderboardModel(QAbstractTableModel):
    """One row a finished model. The two ticked last are the pair; `pair_changed` tells a change by the person."""

    pair_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._leaderboard: Leaderboard | None = None
        self._rows: tuple[BoardRow, ...] = ()
        self._order = Order.SCORE
        self._pair: tuple[str, ...] = ()
        self._in_use = ""
        follow_language(self, self._retranslate)

    def show_leaderboard(self, leaderboard: Leaderboard | None, evaluations: Mapping[str, ModelEvaluation]) -> None:
        """Show the models of a run; its two best that learned are the first pair."""
        self.beginResetModel()
        self._leaderboard = leaderboard
        rows = board_rows(leaderboard, evaluations) if leaderboard else ()
        self._rows = sorted_rows(rows, self._order, leaderboard.metric) if leaderboard else ()
        self._pair = first_pair(leaderboard) if leaderboard else ()
        self.endResetModel()

    def set_in_use(self, model_id: str) -> None:
        """Mark the model a person has chosen; empty for none."""
        if model_id != self._in_use:
            self._in_use = model_id
            self._changed()

    def sort_by(self, order: Order) -> None:
        """Put the rows into another order."""
        if self._leaderboard is None or order is self._order:
            self._order = order
            return
        self.layoutAboutToBeChanged.emit()
        former = {place: row.model.model_id for place, row in enumerate(self._rows)}
        self._order = order
        self._rows = sorted_rows(self._rows, order, self._leaderboard.metric)
        kept = self.persistentIndexList()
        moved = [self.index(self.row_of(former[index.row()]), index.column()) for index in kept]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def pair(self) -> tuple[str, ...]:
        """Return the ids of the models ticked, the one ticked first at the front; two at most."""
        return self._pair

    def toggle(self, row: int) -> None:
        """Tick a row or untick it; a third tick takes the place of the oldest."""
        model_id = self._rows[row].model.model_id
        if model_id in self._pair:
            self._pair = tuple(one for one in self._pair if one != model_id)
        else:
            self._pair = (*self._pair, model_id)[-2:]
        self._changed()
        self.pair_changed.emit()

    def rows(self) -> tuple[BoardRow, ...]:
        """Return the rows in the order shown."""
        return self._rows

    def model_at(self, row: int) -> ModelSummary:
        """Return the model of a row."""
        return self._rows[row].model

    def row_of(self, model_id: str) -> int:
        """Return the row of a model, -1 when it is not there."""
        return next((place for place, row in enumerate(self._rows) if row.model.model_id == model_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of models."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of fields."""
        return 0 if parent is not None and parent.isValid() else len(BoardField)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell; drawn cells are said in words."""
        if not index.isValid() or self._leaderboard is None:
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == BoardField.PICK:
            return translate("compare.board.ticked" if row.model.model_id in self._pair else "compare.board.not_ticked")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(row, BoardField(index.column()))
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == BoardField.PICK:
            ticked = row.model.model_id in self._pair
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(row, BoardField(index.column()))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name of a field."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(BoardField):
            return None
        field = BoardField(section)
        if role == Qt.ItemDataRole.AccessibleTextRole and field is BoardField.PICK:
            return translate("compare.pair.title")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._field_name(field)
        if role == Qt.ItemDataRole.ToolTipRole and field is not BoardField.PICK:
            return self._field_meaning(field)
        if role == Qt.ItemDataRole.TextAlignmentRole and field not in AT_LEFT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def cell(self, index: Index) -> Cell:
        """Return what a cell looks like."""
        if self._leaderboard is None:
            return Cell()
        row, field = self._rows[index.row()], BoardField(index.column())
        match field:
            case BoardField.PICK:
                return Cell(drawing=Check(row.model.model_id in self._pair))
            case BoardField.MODEL:
                return self._model_cell(row.model, self._leaderboard)
            case BoardField.SCORE:
                return Cell(self._words(row, field), weight=600, align_right=True)
            case BoardField.RANGE:
                return self._range_cell(row)
            case BoardField.SIMPLE:
                return Cell(drawing=Dots(row.model.simplicity, MOST_DOTS))
        return Cell(self._words(row, field), align_right=True)

    def _model_cell(self, model: ModelSummary, leaderboard: Leaderboard) -> Cell:
        pill = None
        if model.model_id == self._in_use:
            pill = (translate("compare.board.in_use"), "accent")
        elif model.model_id == leaderboard.chosen:
            pill = (translate("compare.board.suggested"), "plain")
        detail = model_detail(model, leaderboard)
        return Cell(family_name(model), second=detail, weight=500, shape=SERIES[model.family], pill=pill)

    def _range_cell(self, row: BoardRow) -> Cell:
        scale = range_scale(self._rows)
        if not scale[0] <= row.score.value <= scale[1]:
            return Cell()
        best = sorted_rows([one for one in self._rows if learned(one)] or self._rows, Order.SCORE, row.model.metric)[0]
        ink = SERIES[row.model.family]
        score = row.score
        return Cell(drawing=Range(score.lower, score.value, score.upper, scale, best.score.value, ink))

    def _words(self, row: BoardRow, field: BoardField) -> str:
        model, board = row.model, self._leaderboard
        if board is None:
            return ""
        match field:
            case BoardField.PICK:
                return ""
            case BoardField.MODEL:
                return f"{family_name(model)} {model_detail(model, board)}".strip()
            case BoardField.SCORE:
                return score_words(model.metric, row.score.value)
            case BoardField.RANGE:
                low, high = score_words(model.metric, row.score.lower), score_words(model.metric, row.score.upper)
                return translate("compare.range", low=low, high=high)
            case BoardField.SHARE:
                return "–" if row.share is None else translator().percent(row.share)
            case BoardField.SPEED:
                return translator().duration(model.milliseconds_per_row / 1000)
            case BoardField.SIZE:
                return translator().size(model.size_bytes)
        return translate("compare.simple_of", dots=model.simplicity, most=MOST_DOTS)

    def _tooltip(self, row: BoardRow, field: BoardField) -> str:
        if field is BoardField.MODEL:
            said = f"{model_name(row.model)}: {model_recipe(row.model)}".removesuffix(": ")
            suggested = self._leaderboard is not None and row.model.model_id == self._leaderboard.chosen
            return f"{said}\n{translate('compare.judged.truest', name=model_name(row.model))}" if suggested else said
        return self._words(row, field) if field in (BoardField.RANGE, BoardField.SIMPLE) else ""

    def _field_name(self, field: BoardField) -> str:
        board = self._leaderboard
        if field is BoardField.PICK:
            return ""
        if field is BoardField.SCORE:
            return translate(f"compare.score.{board.metric.value}") if board else ""
        if field is BoardField.SHARE:
            return translate(share_key(board.task)) if board else ""
        return translate(f"compare.field.{field.name.lower()}")

    def _field_meaning(self, field: BoardField) -> str:
        board = self._leaderboard
        if field is BoardField.SCORE:
            return translate(f"metric.{board.metric.value}") if board else ""
        key = share_key(board.task) if board and field is BoardField.SHARE else f"compare.field.{field.name.lower()}"
        return said_of(bool(board and board.goal.image), f"{key}.meaning") if board else ""

    def _changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(BoardField) - 1))

    def _retranslate(self) -> None:
        self._changed()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(BoardField) - 1)


def learned(row: BoardRow) -> bool:
    """Whether a model learned anything, unlike guessing."""
    return row.model.family is not Family.BASELINE


def range_scale(rows: Sequence[BoardRow]) -> tuple[float, float]:
    """Return the scale all ranges share. Guessing may lie outside: it would press the others together."""
    shown = [row for row in rows if learned(row)] or list(rows)
    low, high = min(row.score.lower for row in shown), max(row.score.upper for row in shown)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def first_pair(leaderboard: Leaderboard) -> tuple[str, ...]:
    """Return the model Lathe suggests and the best other one that learned, the suggested one last."""
    names = [model.model_id for model in leaderboard.models if model.family is not Family.BASELINE]
    others = [name for name in names if name != leaderboard.chosen]
    return (*others[:1], leaderboard.chosen)


def leads(leaderboard: Leaderboard) -> bool:
    """Whether the model Lathe suggests also has the best score shown."""
    rows = sorted_rows(board_rows(leaderboard, {}), Order.SCORE, leaderboard.metric)
    best = rows[0].score.value
    return any(row.model.model_id == leaderboard.chosen and row.score.value == best for row in rows)
