"""The columns of a dataset as a table: type, role, missing share, values, spread and the worst open finding."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from automl.domain.dataset import ColumnProfile, DatasetProfile
from automl.domain.issues import Issue, Severity
from automl.domain.schema import Column, Role, Schema
from desktop.i18n import follow_language, translate
from desktop.itemmodels.column_words import role_word, share_words, type_word, values_words

Index = QModelIndex | QPersistentModelIndex

_HEADERS = (
    "data.columns.name",
    "data.columns.type",
    "data.columns.role",
    "data.columns.missing",
    "data.columns.values",
    "data.columns.spread",
    "data.columns.finding",
)


class Field(IntEnum):
    """What the columns of this table show."""

    NAME = 0
    TYPE = 1
    ROLE = 2
    MISSING = 3
    VALUES = 4
    SPREAD = 5
    FINDING = 6


@dataclass(frozen=True)
class ColumnEntry:
    """One line: the column as the recipe leaves it, its profile (None while unknown) and its worst open finding."""

    column: Column
    profile: ColumnProfile | None
    row_count: int
    severity: Severity | None


ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1


def column_entries(
    schema: Schema, profile: DatasetProfile | None, findings: Sequence[Issue]
) -> tuple[ColumnEntry, ...]:
    """Return one entry a column: the target first, then time and group, then the rest in file order."""
    profiles = {known.name: known for known in profile.columns} if profile else {}
    worst: dict[str, Severity] = {}
    for severity in (Severity.LOOK, Severity.ACT):
        worst.update({finding.where.column: severity for finding in findings if finding.severity is severity})
    leading = {Role.TARGET: 0, Role.TIME: 1, Role.GROUP: 2}
    ordered = sorted(schema.columns, key=lambda column: leading.get(column.role, 3))
    rows = profile.row_count if profile else 0
    return tuple(ColumnEntry(column, profiles.get(column.name), rows, worst.get(column.name)) for column in ordered)


class ColumnsModel(QAbstractTableModel):
    """One row a column of the dataset; `ENTRY_ROLE` gives the whole `ColumnEntry`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[ColumnEntry, ...] = ()
        follow_language(self, self._retranslate)

    def show_entries(self, entries: tuple[ColumnEntry, ...]) -> None:
        """Show these columns. When only their contents differ the selection and the scroll position stay."""
        if [entry.column.name for entry in entries] == [entry.column.name for entry in self._entries]:
            self._entries = entries
            self._announce_change()
            return
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of columns of the dataset."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of fields."""
        return 0 if parent is not None and parent.isValid() else len(Field)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one field for one role."""
        if not index.isValid():
            return None
        entry, field = self._entries[index.row()], Field(index.column())
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(field)
        if role == Qt.ItemDataRole.ToolTipRole and field is Field.NAME:
            return entry.column.name
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _text(entry, field)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name of a field."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Field(section))
        if role == Qt.ItemDataRole.DisplayRole and section == Field.FINDING:
            return ""  # the signs speak for themselves in a column this narrow
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return translate(_HEADERS[section])
        return None

    def entry(self, row: int) -> ColumnEntry:
        """Return the entry of a row."""
        return self._entries[row]

    def _retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Field) - 1)
        self._announce_change()

    def _announce_change(self) -> None:
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, len(Field) - 1))


class ColumnFilter(QSortFilterProxyModel):
    """Columns whose name holds a text, all of them or only inputs or only those with findings."""

    def __init__(self, source: ColumnsModel) -> None:
        super().__init__(source)
        self._columns = source
        self._text = ""
        self._only_inputs = False
        self._only_findings = False
        self.setSourceModel(source)

    def set_text(self, text: str) -> None:
        """Keep columns whose name holds `text`, letter case aside."""
        self.beginFilterChange()
        self._text = text.strip().casefold()
        self.endFilterChange()

    def set_kind(self, *, only_inputs: bool = False, only_findings: bool = False) -> None:
        """Keep only inputs or only columns with an open finding."""
        self.beginFilterChange()
        self._only_inputs, self._only_findings = only_inputs, only_findings
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Tell whether a column is shown."""
        del source_parent
        entry = self._columns.entry(source_row)
        if self._only_inputs and entry.column.role is not Role.INPUT:
            return False
        if self._only_findings and entry.severity is None:
            return False
        return self._text in entry.column.name.casefold()


def _alignment(field: Field) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if field is Field.MISSING else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _text(entry: ColumnEntry, field: Field) -> str:
    match field:
        case Field.NAME:
            return entry.column.name
        case Field.TYPE:
            return type_word(entry.column.type)
        case Field.ROLE:
            return role_word(entry.column.role)
        case Field.MISSING:
            return share_words(entry.profile.missing, entry.row_count) if entry.profile else ""
        case Field.VALUES:
            return values_words(entry.column, entry.profile) if entry.profile else ""
        case Field.SPREAD:
            return ""
        case Field.FINDING:
            return translate(f"data.severity.{entry.severity.value}") if entry.severity else ""
