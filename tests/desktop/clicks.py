"""What a person does with mouse and keyboard, for tests."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QWidget

_ACTIONS = Qt.DropAction.CopyAction
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def click(widget: QWidget) -> None:
    """Press and release the left button in the middle of a widget that can be seen."""
    assert widget.isVisible(), f"{widget.accessibleName()} cannot be seen"
    assert widget.isEnabled(), f"{widget.accessibleName()} cannot be pressed"
    QTest.mouseClick(widget, _LEFT)


def click_cell(table: QAbstractItemView, index: QModelIndex) -> None:
    """Click a cell of a table, scrolled into view."""
    table.scrollTo(index)
    QTest.mouseClick(table.viewport(), _LEFT, _NONE, table.visualRect(index).center())


def choose_in_menu(owner: QWidget, words: str) -> None:
    """Click the line of the open menu of `owner` that says `words`."""
    menu = next(menu for menu in owner.findChildren(QMenu) if menu.isVisible())
    action = next(action for action in menu.actions() if action.text() == words)
    QTest.mouseClick(menu, _LEFT, _NONE, menu.actionGeometry(action).center())


def drop(widget: QWidget, paths: Sequence[Path]) -> None:
    """Drag files over a widget and let them go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle = QPointF(widget.width() / 2, widget.height() / 2)
    QApplication.sendEvent(widget, QDragEnterEvent(middle, _ACTIONS, data, _LEFT, _NONE))
    QApplication.sendEvent(widget, QDropEvent(middle, _ACTIONS, data, _LEFT, _NONE))


def press(widget: QWidget, key: Qt.Key, *, control: bool = False) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(widget, key, Qt.KeyboardModifier.ControlModifier if control else _NONE)


def write(widget: QWidget, text: str) -> None:
    """Type a text."""
    QTest.keyClicks(widget, text)
