"""The rows a model got most wrong, worst first."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from automl.domain.result import RowMistake
from desktop.i18n import follow_language, translate, translator
from desktop.widgets.cells import Cell

Index = QModelIndex | QPersistentModelIndex
TONES = {"missed": "bad", "false_alarm": "warn"}
ROW, AMOUNT = 0, 1
SMALL_RISK = 0.01


class MistakesModel(QAbstractTableModel):
    """One row a mistake: which row of the file, what went wrong, and the risk or error."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mistakes: tuple[RowMistake, ...] = ()
        follow_language(self, self._retranslate)

    def show_mistakes(self, mistakes: tuple[RowMistake, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._mistakes = mistakes
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of mistakes."""
        return 0 if parent is not None and parent.isValid() else len(self._mistakes)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return two: what and how much."""
        return 0 if parent is not None and parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cell = self.cell(index)
        kind = cell.pill[0] if cell.pill else cell.second
        return f"{cell.text} {kind}".strip()

    def cell(self, index: Index) -> Cell:
        """Return what a cell looks like."""
        mistake = self._mistakes[index.row()]
        if index.column() == AMOUNT:
            return Cell(_amount(mistake), align_right=True)
        name = translate("compare.mistakes.row", row=mistake.row)
        if mistake.kind in TONES:
            pill = (translate(f"compare.mistakes.{mistake.kind}"), TONES[mistake.kind])
            return Cell(name, weight=500, pill=pill)
        answers = translate(
            "compare.mistakes.answers",
            actual=_answer(mistake, mistake.actual),
            said=_answer(mistake, mistake.predicted),
        )
        return Cell(name, second=answers, weight=500, below=True)

    def _retranslate(self) -> None:
        if self._mistakes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._mistakes) - 1, 1))


def _answer(mistake: RowMistake, text: str) -> str:
    """A class as it is; a number, which has an error, to four figures."""
    return text if mistake.error is None else translator().number(float(text))


def _amount(mistake: RowMistake) -> str:
    if mistake.error is not None:
        sign = "+" if mistake.error > 0 else ""
        return f"{sign}{translator().number(float(f'{mistake.error:.3g}'))}"
    if mistake.probability is None:
        return ""
    digits = 1 if mistake.probability >= SMALL_RISK else 2
    return translator().percent(mistake.probability, digits)
