"""The recipes tried so far as a live leaderboard, best first."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from automl.domain.events import TrialFinished
from automl.domain.run_state import RunState
from automl.domain.task import Metric
from desktop.i18n import follow_language, translate, translator
from desktop.itemmodels.families import SERIES
from desktop.itemmodels.score_words import half_width_words, score_words, spoken_all
from desktop.widgets.cells import Cell, Range

Index = QModelIndex | QPersistentModelIndex
MOST_ROWS = 50
_HEADERS = ("train.board.place", "train.board.recipe", "", "train.board.range", "", "train.board.time")


class TrialField(IntEnum):
    """What the columns of this table show."""

    PLACE = 0
    RECIPE = 1
    SCORE = 2
    HALF_WIDTH = 3
    RANGE = 4
    TIME = 5


class TrialsModel(QAbstractTableModel):
    """One row a complete recipe; `cell` says what a cell looks like."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trials: tuple[TrialFinished, ...] = ()
        self._newest = -1
        self._metric = Metric.LOG_LOSS
        follow_language(self, self._retranslate)

    def show_state(self, state: RunState, metric: Metric) -> None:
        """Show the recipes of a run, best first; nothing is reset while the order stays."""
        trials = ranked(state.complete_trials, metric)[:MOST_ROWS]
        newest = state.complete_trials[-1].number if state.complete_trials and state.running else -1
        if trials == self._trials and metric is self._metric and newest == self._newest:
            return
        self.beginResetModel()
        self._trials, self._metric, self._newest = trials, metric, newest
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of recipes shown."""
        return 0 if parent is not None and parent.isValid() else len(self._trials)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of fields."""
        return 0 if parent is not None and parent.isValid() else len(TrialField)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell."""
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{cell.text} {cell.second}".strip()
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == TrialField.RECIPE:
            return f"{cell.text}: {cell.second}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name of a field."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(_HEADERS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if section == TrialField.SCORE:
                return translate(f"compare.score.{self._metric.value}")
            return translate(_HEADERS[section]) if _HEADERS[section] else ""
        if role == Qt.ItemDataRole.TextAlignmentRole and section not in (TrialField.RECIPE, TrialField.RANGE):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def cell(self, index: Index) -> Cell:
        """Return what a cell looks like."""
        trial = self._trials[index.row()]
        value, lower, upper = trial.value or 0.0, trial.lower, trial.upper
        match TrialField(index.column()):
            case TrialField.PLACE:
                return Cell(str(index.row() + 1), ink="text-2", align_right=True)
            case TrialField.RECIPE:
                return self._recipe_cell(trial, index.row())
            case TrialField.SCORE:
                return Cell(score_words(self._metric, value), weight=600, align_right=True)
            case TrialField.HALF_WIDTH:
                known = lower is not None and upper is not None
                words = half_width_words(self._metric, lower or 0.0, upper or 0.0) if known else ""
                return Cell(words, ink="text-2", align_right=True)
            case TrialField.RANGE:
                return self._range_cell(trial)
            case TrialField.TIME:
                return Cell(translator().duration(trial.seconds), align_right=True)

    def _recipe_cell(self, trial: TrialFinished, row: int) -> Cell:
        pill = ("train.board.best", "ok") if row == 0 else ("train.board.new", "accent")
        shown = row == 0 or trial.number == self._newest
        return Cell(
            translate(f"family.{trial.family.value}"),
            second=spoken_all(trial.words),
            weight=500,
            shape=SERIES[trial.family],
            pill=(translate(pill[0]), pill[1]) if shown else None,
        )

    def _range_cell(self, trial: TrialFinished) -> Cell:
        if trial.lower is None or trial.upper is None or trial.value is None:
            return Cell()
        lows = [one.lower for one in self._trials if one.lower is not None]
        highs = [one.upper for one in self._trials if one.upper is not None]
        scale = (min(lows), max(highs))
        best = self._trials[0].value
        return Cell(drawing=Range(trial.lower, trial.value, trial.upper, scale, best, SERIES[trial.family]))

    def _retranslate(self) -> None:
        if self._trials:
            last = self.index(len(self._trials) - 1, len(TrialField) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(TrialField) - 1)


def ranked(trials: Sequence[TrialFinished], metric: Metric) -> tuple[TrialFinished, ...]:
    """Return scored trials, the best first."""
    scored = [trial for trial in trials if trial.value is not None]
    return tuple(sorted(scored, key=lambda trial: trial.value or 0.0, reverse=metric.higher_is_better))
