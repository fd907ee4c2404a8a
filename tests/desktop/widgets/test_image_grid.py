"""The grid of images and the view of one, by mouse and keyboard."""

import time

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.itemmodels.images import ImagesModel
from desktop.theme import Theme, ThemeChoice
from desktop.widgets.image_cell import ImageCell
from desktop.widgets.image_grid import ImageGrid, Pick
from desktop.widgets.image_view import ImageView
from desktop.widgets.key_cap import KeyHints

MANY = 50_000
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


def look(number: int, selected: bool) -> ImageCell:
    badge = "eye-off" if number % 5 == 0 else ""
    name = "A class with a very long name indeed" if number % 2 else "Free"
    return ImageCell(
        number,
        name,
        place=number % 20,
        note="96%",
        note_icon="sparkles",
        faint=number % 3 == 0,
        selected=selected,
        badge=badge,
        spoken=f"{name} {number}",
    )


@pytest.fixture
def model() -> ImagesModel:
    return ImagesModel(look)


@pytest.fixture
def grid(qtbot: QtBot, model: ImagesModel) -> ImageGrid:
    pixmap = QPixmap(192, 128)
    pixmap.fill(QColor("#888888"))
    shown = {1: pixmap, 2: QPixmap()}
    made = ImageGrid("page.data")
    qtbot.addWidget(made)
    made.show_model(model, model.cell, lambda number: shown.get(number, pixmap if number % 2 else None), model.count)
    made.columns_changed.connect(model.set_columns)
    made.picked.connect(lambda position, pick: model.pick(position, Pick(pick)))
    model.show_numbers(range(1, MANY + 1))
    made.resize(800, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def click_card(grid: ImageGrid, position: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    grid.move_to(position)
    index = grid.currentIndex()
    QTest.mouseClick(grid.viewport(), LEFT, modifiers, grid.visualRect(index).center())


def test_as_many_stand_in_a_line_as_fit(grid: ImageGrid, model: ImagesModel) -> None:
    assert model.columnCount() == 6
    grid.resize(420, 500)
    assert model.columnCount() == 3
    assert model.rowCount() == 16_667


def test_it_is_drawn_in_both_themes(grid: ImageGrid, look: Theme) -> None:
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    light = grid.grab().toImage()
    look.set_choice(ThemeChoice.DARK)
    assert light != grid.grab().toImage()


def test_fifty_thousand_images_scroll_without_a_stall(grid: ImageGrid) -> None:
    worst = 0.0
    bar = grid.verticalScrollBar()
    for step in range(1, 21):
        begin = time.perf_counter()
        bar.setValue(bar.maximum() * step // 20)
        grid.repaint()
        worst = max(worst, time.perf_counter() - begin)
    assert worst < 0.1


def test_gestures_of_the_mouse(grid: ImageGrid, model: ImagesModel) -> None:
    click_card(grid, 2)
    assert model.selected == {3}
    click_card(grid, 5, SHIFT)
    assert model.selected == {3, 4, 5, 6}
    click_card(grid, 3, CONTROL)
    assert model.selected == {3, 5, 6}
    grid.move_to(8)
    corner = grid.visualRect(grid.currentIndex()).topLeft() + QPoint(18, 18)
    QTest.mouseClick(grid.viewport(), LEFT, NONE, corner)
    assert model.selected == {3, 5, 6, 9}
    click_card(grid, 1)
    assert model.selected == {2}
    click_card(grid, 1)
    assert not model.selected


def test_the_keyboard_goes_everywhere(grid: ImageGrid, model: ImagesModel) -> None:
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    assert grid.current() == 0
    for key, expected in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 7),
        (Qt.Key.Key_Left, 6),
        (Qt.Key.Key_Left, 5),
        (Qt.Key.Key_Up, 5),
        (Qt.Key.Key_End, MANY - 1),
        (Qt.Key.Key_Home, 0),
    ):
        QTest.keyClick(grid, key)
        assert grid.current() == expected
    QTest.keyClick(grid, Qt.Key.Key_Space)
    QTest.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    assert model.selected == {1, 2, 3}
    QTest.keyClick(grid, Qt.Key.Key_A, CONTROL)
    assert len(model.selected) == MANY
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    assert not model.selected


def test_a_double_click_opens(qtbot: QtBot, grid: ImageGrid) -> None:
    grid.move_to(4)
    with qtbot.waitSignal(grid.opened) as opened:
        QTest.mouseDClick(grid.viewport(), LEFT, NONE, grid.visualRect(grid.currentIndex()).center())
    assert opened.args == [4]


def test_what_stands_behind_the_last_card_cannot_be_reached(grid: ImageGrid, model: ImagesModel) -> None:
    model.show_numbers((5, 3, 9))
    assert model.position_of(9) == 2
    assert model.position_of(4) == -1
    assert model.data(model.index(0, 1), Qt.ItemDataRole.AccessibleTextRole) == "A class with a very long name indeed 3"
    assert model.flags(model.index(0, 4)) == Qt.ItemFlag.NoItemFlags
    QTest.mouseClick(grid.viewport(), LEFT, NONE, grid.visualRect(model.index(0, 4)).center())
    assert not model.selected


@pytest.fixture
def view(qtbot: QtBot) -> ImageView:
    made = ImageView()
    qtbot.addWidget(made)
    pixmap = QPixmap(400, 200)
    pixmap.fill(QColor("#446688"))
    made.resize(200, 200)
    made.show()
    qtbot.waitExposed(made)
    made.show_image(pixmap, QSize(400, 200), [QRectF(10, 10, 40, 20)])
    return made


def wheel(view: ImageView, notches: int) -> None:
    place = QPointF(100, 100)
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(place, place, QPoint(), QPoint(0, 120 * notches), buttons, NONE, phase, False)
    QApplication.sendEvent(view, event)


def test_an_image_is_whole_first_and_enlarged_by_wheel_and_keys(view: ImageView) -> None:
    assert view.zoom() == pytest.approx(0.5)
    whole = view.grab().toImage()
    wheel(view, 2)
    assert view.zoom() == pytest.approx(0.5 * 1.25**2)
    assert view.grab().toImage() != whole
    QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    QTest.mousePress(view, LEFT, NONE, QPoint(100, 100))
    QTest.mouseMove(view, QPoint(40, 100))
    QTest.mouseRelease(view, LEFT, NONE, QPoint(40, 100))
    QTest.keyClick(view, Qt.Key.Key_F)
    assert view.zoom() == pytest.approx(0.5)
    QTest.mouseDClick(view, LEFT, NONE, QPoint(50, 50))
    assert view.zoom() >= 1
    assert not view.grab().isNull()


def test_key_hints_are_spoken_and_drawn(qtbot: QtBot) -> None:
    hints = KeyHints([("1-6", "page.data"), ("Enter", "page.goal")])
    qtbot.addWidget(hints)
    hints.resize(300, 24)
    hints.show()
    assert not hints.grab().isNull()
    assert hints.accessibleName() == "1-6: Data, Enter: Goal"
