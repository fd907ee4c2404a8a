"""Tables drawn from plain cells, also long ones."""

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.theme import Theme, ThemeChoice
from desktop.widgets.cells import Bars, Cell, Check, Dots, Range, Share, Steps
from desktop.widgets.histogram_header import HEIGHT, HeaderCell, HistogramHeader
from desktop.widgets.table import TableView

Index = QModelIndex | QPersistentModelIndex
CELLS = (
    Cell("12", align_right=True),
    Cell("Boosted trees", second="Shallow trees", shape="s1", pill=("Best so far", "ok"), weight=600),
    Cell("이름", second="두 번째 줄", below=True, icon="table"),
    Cell(drawing=Range(200, 226, 260, (150, 400), reference=226)),
    Cell(drawing=Bars((1, 5, 9, 5, 0, 1))),
    Cell(drawing=Dots(3)),
    Cell(drawing=Steps(("ok-mark", "accent", "surface-3"))),
    Cell(drawing=Check(True)),
    Cell(drawing=Share(0.4)),
    Cell("missing", ink="warn", fill="warn-soft", align_right=True),
)


class _Rows(QAbstractTableModel):
    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count
        self.asked = 0

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._count

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(CELLS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        self.asked += 1
        return CELLS[index.column()].text if role == Qt.ItemDataRole.DisplayRole else None


@pytest.fixture
def view(qtbot: QtBot) -> TableView:
    made = TableView("page.data")
    qtbot.addWidget(made)
    rows = _Rows(1_000_000)
    made.show_model(rows, lambda index: CELLS[index.column()])
    made.set_widths(48, 0, 120, 120, 90, 80, 80, 40, 80, 80, stretch=1)
    made.resize(1100, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_every_kind_of_cell_is_drawn_in_both_themes(view: TableView, look: Theme) -> None:
    light = view.grab().toImage()
    look.set_choice(ThemeChoice.DARK)
    assert view.grab().toImage() != light
    assert view.rowHeight(0) == 32


def test_a_million_rows_ask_for_visible_cells_only(view: TableView) -> None:
    view.scrollTo(view.model().index(900_000, 0))
    view.grab()
    assert view.indexAt(view.viewport().rect().center()).row() > 890_000


def test_rows_open_and_toggle_by_keyboard_and_pointer(view: TableView, qtbot: QtBot) -> None:
    view.setCurrentIndex(view.model().index(2, 0))
    with qtbot.waitSignal(view.row_opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [2]
    with qtbot.waitSignal(view.row_toggled) as toggled:
        QTest.keyClick(view, Qt.Key.Key_Space)
    assert toggled.args == [2]
    middle = view.visualRect(view.model().index(1, 0)).center()
    with qtbot.waitSignal(view.row_opened):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def test_the_row_under_the_pointer_is_known(view: TableView) -> None:
    QTest.mouseMove(view.viewport(), view.visualRect(view.model().index(3, 0)).center())
    assert view.hovered_row() == 3


def test_the_header_of_a_preview_is_74_high(view: TableView) -> None:
    heads = [
        HeaderCell(f"COLUMN_{place}", "0 to 9", "hash", Bars((1, 2, 3)), marked=place == 3)
        for place in range(len(CELLS))
    ]
    header = HistogramHeader(lambda column: heads[column], view)
    view.setHorizontalHeader(header)
    assert header.height() == HEIGHT
    assert not view.grab().isNull()
