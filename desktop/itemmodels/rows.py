"""The rows of a dataset as a table: the row number first, then one column a column of the file."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from automl.domain.schema import Column, ColumnType
from desktop.i18n import follow_language, translate
from desktop.itemmodels.row_source import RowSource

Index = QModelIndex | QPersistentModelIndex

NUMBER_COLUMN = 0
MISSING_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_RANDOM_ROWS = 1000
_GOLDEN_RATIO = 0.6180339887498949
_LONGEST_CELL = 400


class RowOrder(Enum):
    """Which rows are shown and in what order."""

    NEWEST = "newest"
    RANDOM = "random"
    PROBLEMS = "problems"


class RowsModel(QAbstractTableModel):
    """Cells as they are written in the file; missing cells carry `MISSING_ROLE` and say so in words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = RowSource(lambda start, count: (), 0)
        self._columns: tuple[Column, ...] = ()
        self._missing: tuple[frozenset[str], ...] = ()
        self._positions: Sequence[int] = ()
        self._missing_word = ""
        self._empty_word = ""
        follow_language(self, self._retranslate)

    def show_rows(
        self, source: RowSource, columns: tuple[Column, ...], order: RowOrder, problem_rows: Sequence[int] = ()
    ) -> None:
        """Show rows of `source`; PROBLEMS keeps those whose number in the file is in `problem_rows`."""
        self.beginResetModel()
        self._source = source
        self._columns = columns
        self._missing = tuple(frozenset(column.missing_values) for column in columns)
        self._positions = _ordered(source, order, problem_rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of rows shown."""
        return 0 if parent is not None and parent.isValid() else len(self._positions)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns, the row number included."""
        return 0 if parent is not None and parent.isValid() else len(self._columns) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one cell for one role."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, MISSING_ROLE):
            return None
        number, cells = self._source.row(self._positions[index.row()])
        if index.column() == NUMBER_COLUMN:
            return f"{number:,}" if role == Qt.ItemDataRole.DisplayRole else None
        column = index.column() - 1
        text = cells[column]
        missing = text.strip() in self._missing[column]
        if role == MISSING_ROLE:
            return missing
        if role == Qt.ItemDataRole.ToolTipRole:
            return text if len(text) > _LONGEST_CELL or (missing and text) else None
        if missing:
            return self._empty_word if self._columns[column].type is ColumnType.TEXT else self._missing_word
        return text[:_LONGEST_CELL]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return translate("data.preview.row") if section == NUMBER_COLUMN else self._columns[section - 1].name
        return None

    def column(self, section: int) -> Column | None:
        """Return the column of a section, None for the row number."""
        return None if section == NUMBER_COLUMN else self._columns[section - 1]

    def _alignment(self, section: int) -> Qt.AlignmentFlag:
        to_the_right = section == NUMBER_COLUMN or self._columns[section - 1].type is ColumnType.NUMBER
        side = Qt.AlignmentFlag.AlignRight if to_the_right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _retranslate(self) -> None:
        self._missing_word = translate("data.preview.missing")
        self._empty_word = translate("data.preview.empty")
        if self._positions:
            last = self.index(len(self._positions) - 1, len(self._columns))
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)


def _ordered(source: RowSource, order: RowOrder, problem_rows: Sequence[int]) -> Sequence[int]:
    match order:
        case RowOrder.NEWEST:
            return range(len(source) - 1, -1, -1)
        case RowOrder.RANDOM:
            return _scattered(len(source))
        case RowOrder.PROBLEMS:
            return source.positions_of(problem_rows)


def _scattered(row_count: int) -> tuple[int, ...]:
    # Multiples of the golden ratio fall evenly and without a pattern; being the same each time, a look back finds them.
    places = (int(place * _GOLDEN_RATIO % 1 * row_count) for place in range(1, min(row_count, _RANDOM_ROWS) + 1))
    return tuple(dict.fromkeys(places))
