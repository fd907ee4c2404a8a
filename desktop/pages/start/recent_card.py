"""The card of projects opened before."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget

from automl.domain.glance import ProjectGlance
from desktop.i18n import translate
from desktop.itemmodels.recent_projects import GLANCE_ROLE, RecentField, RecentProjectsFilter, RecentProjectsModel
from desktop.pages.start.recent_delegate import ROW_HEIGHT, RecentDelegate
from desktop.theme import theme
from desktop.widgets.card import Card
from desktop.widgets.fields import SearchField
from desktop.widgets.nothing_yet import nothing_yet
from desktop.widgets.table import TableView
from desktop.widgets.text import label

_WIDTHS = (0, 224, 264, 128)
_NARROW_WIDTHS = (0, 186, 212, 108)


class RecentCard(Card):
    """`opened` carries the folder of a project, `forgotten` that of one to take off the list."""

    opened = Signal(str)
    forgotten = Signal(str)

    def __init__(self) -> None:
        super().__init__("start.recent.title", flush=True)
        self.model = RecentProjectsModel(self)
        self._shown = RecentProjectsFilter(self.model)
        self._search = SearchField("start.recent.filter", 200)
        self._search.textChanged.connect(self._filter)
        self.add_action(self._search)
        self.table = TableView("start.recent.table", row_height=ROW_HEIGHT)
        self.table.setModel(self._shown)
        self.table.setItemDelegate(RecentDelegate(self.table))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.set_widths(*_WIDTHS, stretch=RecentField.NAME)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.table.row_opened.connect(self._open)
        self.table.clicked.connect(lambda index: self._open(index.row()))
        self._no_match = label("start.recent.no_match", "secondary")
        self._no_match.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        for part in (self.table, nothing_yet("start.recent.none", "start.recent.none.detail"), self._no_match):
            self._stack.addWidget(part)
        self._stack.setProperty("surface", "card")
        self.add(self._stack, 1)
        self.show_projects(())

    def show_projects(self, glances: Sequence[ProjectGlance]) -> None:
        """Show these projects, newest first."""
        self.model.show_projects(glances)
        self._search.setVisible(len(glances) > 1)
        self._show_part()

    def set_narrow(self, narrow: bool) -> None:
        """Give the name what room there is."""
        self.table.set_widths(*(_NARROW_WIDTHS if narrow else _WIDTHS), stretch=RecentField.NAME)

    def _filter(self, text: str) -> None:
        self._shown.set_text(text)
        self._show_part()

    def _show_part(self) -> None:
        if not self.model.rowCount():
            self._stack.setCurrentIndex(1)
        else:
            self._stack.setCurrentIndex(0 if self._shown.rowCount() else 2)

    def _open(self, row: int) -> None:
        glance: ProjectGlance = self._shown.index(row, RecentField.NAME).data(GLANCE_ROLE)
        if glance.found:
            self.opened.emit(glance.folder)

    def _open_menu(self, place: QPoint) -> None:
        index = self.table.indexAt(place)
        if not index.isValid():
            return
        glance: ProjectGlance = index.data(GLANCE_ROLE)
        menu = QMenu(self.table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        forget = menu.addAction(theme().icon("x"), translate("start.recent.forget"))
        forget.triggered.connect(lambda _checked=False: self.forgotten.emit(glance.folder))
        menu.popup(self.table.viewport().mapToGlobal(place))
