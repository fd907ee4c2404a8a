"""The line over two histograms follows pointer and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.charts.data import TwoHistogramsData
from desktop.charts.two_histograms import TwoHistogramsChart
from desktop.theme import Theme

DATA = TwoHistogramsData((0.0, 0.25, 0.5, 0.75, 1.0), (9, 4, 1, 0), (0, 1, 3, 5), ("good", "flawed"), "unusual")


@pytest.fixture
def chart(qtbot: QtBot, look: Theme) -> TwoHistogramsChart:
    made = TwoHistogramsChart()
    qtbot.addWidget(made)
    made.resize(360, 300)
    made.set_data(DATA)
    made.set_line(0.5)
    made.show()
    made.grab()
    return made


def plot(chart: TwoHistogramsChart) -> QWidget:
    return next(child for child in chart.findChildren(QWidget) if child.accessibleName())


def test_dragging_moves_the_line(chart: TwoHistogramsChart) -> None:
    lines: list[float] = []
    chart.moved.connect(lines.append)
    area = plot(chart)
    QTest.mousePress(area, Qt.MouseButton.LeftButton, pos=QPoint(area.width() // 2, area.height() // 2))
    QTest.mouseMove(area, QPoint(area.width() * 3 // 4, area.height() // 2))
    QTest.mouseRelease(area, Qt.MouseButton.LeftButton, pos=QPoint(area.width() * 3 // 4, area.height() // 2))
    assert 0.6 < lines[-1] < 0.85


def test_arrows_move_the_line_and_ends_hold_it(chart: TwoHistogramsChart) -> None:
    lines: list[float] = []
    chart.moved.connect(lines.append)
    QTest.keyClick(plot(chart), Qt.Key.Key_Right)
    QTest.keyClick(plot(chart), Qt.Key.Key_Home)
    QTest.keyClick(plot(chart), Qt.Key.Key_Left)
    assert lines == [0.51, 0.0]


def test_without_a_line_nothing_can_be_dragged(chart: TwoHistogramsChart) -> None:
    lines: list[float] = []
    chart.moved.connect(lines.append)
    area = plot(chart)
    chart.set_line(None)
    QTest.mouseClick(area, Qt.MouseButton.LeftButton)
    assert lines == []


def test_the_data_can_be_copied_as_a_table(chart: TwoHistogramsChart) -> None:
    table = chart.table()
    assert len(table) == 5
    assert list(table[1])[2:] == [9, 0]
