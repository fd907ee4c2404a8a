"""The card of all columns: search, filter, and a role or type that changes at once."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QStackedWidget

from automl.domain.dataset import DatasetProfile
from automl.domain.issues import Issue
from automl.domain.schema import ColumnType, Role, Schema
from desktop.i18n import bind_accessible_name, translate
from desktop.itemmodels.column_words import ROLE_ICONS, TYPE_ICONS, role_word, type_word
from desktop.itemmodels.columns import ENTRY_ROLE, ColumnEntry, ColumnFilter, ColumnsModel, Field, column_entries
from desktop.pages.data.columns_delegate import ColumnsDelegate
from desktop.theme import theme
from desktop.widgets.card import Card
from desktop.widgets.fields import SearchField
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.table import TableView
from desktop.widgets.text import label

ALL, INPUTS, FINDINGS = "all", "inputs", "findings"
_WIDTHS = {Field.TYPE: 92, Field.ROLE: 118, Field.MISSING: 92, Field.VALUES: 168, Field.SPREAD: 116, Field.FINDING: 48}
_NARROW_WIDTHS = {Field.TYPE: 88, Field.ROLE: 118, Field.MISSING: 78, Field.VALUES: 150, Field.FINDING: 48}


class ColumnsTable(TableView):
    """A click, Enter or Space on a type or a role opens the list to choose from."""

    menu_requested = Signal(QModelIndex)

    def __init__(self) -> None:
        super().__init__(name="data.columns.table")
        self.setItemDelegate(ColumnsDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.row_opened.connect(lambda _row: self._ask(self.currentIndex()))
        self.row_toggled.connect(lambda _row: self._ask(self.currentIndex()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the list of the cell that was clicked."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._ask(self.indexAt(event.position().toPoint()))

    def below(self, index: QModelIndex) -> QPoint:
        """Return the place on the screen where the list of a cell opens."""
        return self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())

    def _ask(self, index: QModelIndex) -> None:
        if index.isValid() and index.column() in (Field.TYPE, Field.ROLE):
            self.menu_requested.emit(index)


class ColumnsCard(Card):
    """`role_chosen` and `type_chosen` tell what the person wants; the table changes when the data has changed."""

    role_chosen = Signal(str, object)
    type_chosen = Signal(str, object)

    def __init__(self) -> None:
        super().__init__("data.columns.title", flush=True)
        self.model = ColumnsModel(self)
        self._shown = ColumnFilter(self.model)
        self.table = ColumnsTable()
        self.table.setModel(self._shown)
        self.table.menu_requested.connect(self._open_menu)
        self.search = SearchField("data.columns.find")
        self.search.textChanged.connect(self._search)
        self.filter = SegmentedControl([(ALL, ""), (INPUTS, ""), (FINDINGS, "")])
        bind_accessible_name(self.filter, "data.columns.filter")
        self.filter.chosen.connect(self._choose_kind)
        self.add_action(self.search)
        self.add_action(self.filter)
        self._nothing = label("data.columns.no_match", "secondary")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        self._stack.setProperty("surface", "card")
        self.add(self._stack, 1)
        self._is_narrow = False
        self._counts = (0, 0, 0)
        self._size_sections()

    def show_columns(self, schema: Schema, profile: DatasetProfile | None, open_findings: tuple[Issue, ...]) -> None:
        """Show the columns as the recipe leaves them."""
        entries = column_entries(schema, profile, open_findings)
        self.model.show_entries(entries)
        marked = sum(entry.severity is not None for entry in entries)
        self._counts = (len(entries), len(schema.inputs()), marked)
        self._show_counts()
        # Roles and findings may have changed under the filter.
        self._choose_kind(self.filter.value())

    def set_narrow(self, narrow: bool) -> None:
        """Leave the drawing of the spread out in a narrow window."""
        self._is_narrow = narrow
        self.search.setFixedWidth(136 if narrow else 168)
        self._size_sections()
        self._show_counts()

    def select_column(self, name: str) -> None:
        """Scroll to a column and mark it, whatever is filtered."""
        self.search.clear()
        self.filter.set_value(ALL)
        self._choose_kind(ALL)
        for row in range(self._shown.rowCount()):
            index = self._shown.index(row, Field.NAME)
            if index.data() == name:
                self.table.setCurrentIndex(index)
                self.table.scrollTo(index)
                return

    def _search(self, text: str) -> None:
        self._shown.set_text(text)
        self._show_emptiness()

    def _choose_kind(self, kind: str) -> None:
        self._shown.set_kind(only_inputs=kind == INPUTS, only_findings=kind == FINDINGS)
        self._show_emptiness()

    def _show_emptiness(self) -> None:
        empty = self._shown.rowCount() == 0 and self.model.rowCount() > 0
        self._stack.setCurrentWidget(self._nothing if empty else self.table)

    def _show_counts(self) -> None:
        everything, inputs, marked = self._counts
        self.filter.bind(ALL, "data.columns.all", count=everything)
        self.filter.bind(INPUTS, "data.columns.inputs", count=inputs)
        key = "data.columns.findings.short" if self._is_narrow else "data.columns.findings"
        self.filter.bind(FINDINGS, key, count=marked)

    def _size_sections(self) -> None:
        header = self.table.horizontalHeader()
        widths = _NARROW_WIDTHS if self._is_narrow else _WIDTHS
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(Field.NAME, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnHidden(Field.SPREAD, self._is_narrow)
        for field, width in widths.items():
            header.setSectionResizeMode(field, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(field, width)

    def _open_menu(self, index: QModelIndex) -> None:
        entry: ColumnEntry = index.data(ENTRY_ROLE)
        menu = self._role_menu(entry) if index.column() == Field.ROLE else self._type_menu(entry)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.table.below(index))

    def _role_menu(self, entry: ColumnEntry) -> QMenu:
        menu = QMenu(self.table)
        menu.setAccessibleName(translate("data.columns.choose_role", column=entry.column.name))
        for role in _roles_for(entry.column.type):
            action = menu.addAction(theme().icon(ROLE_ICONS[role]), role_word(role))
            action.setEnabled(role is not entry.column.role)
            action.triggered.connect(
                lambda _checked=False, chosen=role: self.role_chosen.emit(entry.column.name, chosen)
            )
        return menu

    def _type_menu(self, entry: ColumnEntry) -> QMenu:
        menu = QMenu(self.table)
        menu.setAccessibleName(translate("data.columns.choose_type", column=entry.column.name))
        for column_type in _types_for(entry):
            action = menu.addAction(theme().icon(TYPE_ICONS[column_type]), type_word(column_type))
            action.setEnabled(column_type is not entry.column.type)
            action.triggered.connect(
                lambda _checked=False, chosen=column_type: self.type_chosen.emit(entry.column.name, chosen)
            )
        return menu


def _roles_for(column_type: ColumnType) -> tuple[Role, ...]:
    return tuple(role for role in Role if role is not Role.TIME or column_type is ColumnType.TIME)


def _types_for(entry: ColumnEntry) -> tuple[ColumnType, ...]:
    # A column is read as time only when a pattern for its texts was found, as yes / no only when it has two values.
    possible = [ColumnType.NUMBER, ColumnType.TEXT]
    if entry.column.type is ColumnType.YES_NO or (entry.profile is not None and entry.profile.distinct == 2):
        possible.append(ColumnType.YES_NO)
    if entry.column.time_format:
        possible.append(ColumnType.TIME)
    return tuple(possible)
