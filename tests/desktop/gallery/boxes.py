"""The page of large boxes: drop zone, choice cards, table, empty state, error card."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.widgets.buttons import button, primary_button
from desktop.widgets.card import Card
from desktop.widgets.cells import Bars, Cell, Dots, Range
from desktop.widgets.choice_card import ChoiceCard, ChoiceGroup
from desktop.widgets.drop_zone import DropZone
from desktop.widgets.empty_state import EmptyState, Promise
from desktop.widgets.error_card import ErrorCard, WayOut
from desktop.widgets.pill import Pill
from desktop.widgets.table import TableView

Index = QModelIndex | QPersistentModelIndex
ROWS = (
    ("Blend", "31, 24 and 17", "s5", 215, 180, 250, 1),
    ("Boosted trees", "Recipe 31", "s1", 220, 188, 256, 3),
    ("Forest", "Recipe 17", "s3", 265, 230, 300, 2),
    ("Neural network", "Recipe 12", "s4", 306, 262, 352, 1),
    ("Straight line", "Recipe 4", "s2", 412, 350, 470, 5),
)


class LeaderboardModel(QAbstractTableModel):
    """Five models with invented numbers."""

    def rowCount(self, parent: Index | None = None) -> int:
        """Five."""
        return 0 if parent is not None and parent.isValid() else len(ROWS)

    def columnCount(self, parent: Index | None = None) -> int:
        """Model, cost, range, spread, simplicity."""
        return 0 if parent is not None and parent.isValid() else 5

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name."""
        return ROWS[index.row()][0] if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names of the columns."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section == 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return ("Model", "Cost", "95% range", "Spread", "Simple")[section]
        return None


def read_leaderboard(index: Index) -> Cell:
    """What a cell of the leaderboard looks like."""
    name, words, series, cost, low, high, simple = ROWS[index.row()]
    cells = (
        Cell(name, second=words, shape=series, weight=600, pill=("Lowest cost", "plain") if not index.row() else None),
        Cell(f"₩{cost}k", align_right=True, weight=600),
        Cell(drawing=Range(low, cost, high, (150, 480), 220)),
        Cell(drawing=Bars((1, 3, 8, 9, 4, 2, 1))),
        Cell(drawing=Dots(simple)),
    )
    return cells[index.column()]


def box_page() -> QWidget:
    """Two columns."""
    page = QWidget()
    page.setProperty("surface", "page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    grid = QGridLayout(page)
    grid.setContentsMargins(16, 16, 16, 16)
    grid.setSpacing(16)
    choose = [button("page.data", icon="file"), button("page.goal", icon="folder")]
    grid.addWidget(DropZone("top.new_project", "status.offline", "search.hint", choose), 0, 0)
    grid.addWidget(_choices(), 1, 0)
    grid.addWidget(_leaderboard(), 2, 0)
    promises = [Promise(icon, "page.data", "status.offline") for icon in ("list-numbered", "scale", "search-check")]
    empty = EmptyState(
        "page.compare", "status.offline", [primary_button("page.train", icon="play"), button("page.data")], promises
    )
    grid.addWidget(empty, 0, 1, 2, 1)
    grid.addWidget(_error(), 2, 1)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return page


def _choices() -> Card:
    card = Card("page.goal")
    group = ChoiceGroup()
    group.add("time", ChoiceCard("page.data", "search.hint", hint="page.goal"))
    group.add("group", ChoiceCard("page.goal", "search.hint", hint="page.goal"))
    card.add(group)
    boxes = ChoiceGroup()
    boxes.add("zip", ChoiceCard("page.data", "status.offline", icon="folder"))
    boxes.add("script", ChoiceCard("page.goal", "status.offline", icon="terminal"))
    card.add(boxes)
    return card


def _leaderboard() -> Card:
    card = Card("page.compare", caption="search.hint", flush=True)
    card.add_header_widget(Pill("page.data", "ok", icon="check"))
    table = TableView("page.compare")
    table.show_model(LeaderboardModel(card), read_leaderboard)
    table.set_widths(0, 80, 130, 100, 90, stretch=0)
    table.selectRow(1)
    card.add(table, 1)
    return card


def _error() -> ErrorCard:
    ways = [
        WayOut(
            "arrow-right-circle",
            "Continue without these 2 rows",
            "Fine here: 2 rows are 0.02% of your data.",
            suggested=True,
        ),
        WayOut("pencil", "Accept both repairs", "Lathe writes into its own copy.", "finding.undo", lambda: None),
    ]
    title = "2 of 12,667 rows could not be read. The other 12,665 are fine."
    return ErrorCard(title, "Rows 8,412 and 8,413 have 44 and 46 values where 45 are expected.", ways, "LT-1042")
