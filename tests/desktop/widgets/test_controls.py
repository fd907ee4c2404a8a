"""Buttons, fields, choices and sliders, by real clicks and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from automl.domain.language import Language
from desktop.i18n import Translator
from desktop.theme import Theme, ThemeChoice
from desktop.widgets.buttons import button, primary_button
from desktop.widgets.choice_card import ChoiceCard, ChoiceGroup
from desktop.widgets.choices import CheckBox, RadioButton, Switch
from desktop.widgets.fields import Choice, ComboBox, FieldRow, TextField
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.slider import Mark, MarkedSlider, Slider, ValueSlider

LEFT = Qt.MouseButton.LeftButton


def test_a_button_grows_with_its_words(qtbot: QtBot, words: Translator) -> None:
    start = primary_button("top.new_project", icon="plus")
    qtbot.addWidget(start)
    wide = start.sizeHint().width()
    words.set_language(Language.KOREAN)
    assert start.text() == "새 프로젝트"
    assert start.sizeHint().width() < wide
    assert start.sizeHint().height() == 32


def test_a_busy_button_cannot_be_pressed(qtbot: QtBot) -> None:
    save = button("page.data")
    qtbot.addWidget(save)
    save.show()
    save.set_busy(True)
    with qtbot.assertNotEmitted(save.clicked, wait=1):
        QTest.mouseClick(save, LEFT)
    save.set_busy(False)
    with qtbot.waitSignal(save.clicked):
        QTest.mouseClick(save, LEFT)


@pytest.mark.parametrize("kind", [CheckBox, RadioButton, Switch])
def test_choices_are_made_by_pointer_and_keyboard(qtbot: QtBot, kind: type[CheckBox | RadioButton | Switch]) -> None:
    choice = kind("page.data")
    qtbot.addWidget(choice)
    choice.show()
    QTest.mouseClick(choice, LEFT, pos=QPoint(8, choice.height() // 2))
    assert choice.isChecked()
    assert choice.sizeHint().height() >= 24 or choice.height() >= 24
    assert choice.text() or choice.accessibleName()


def test_a_segmented_control_tells_what_the_user_took(qtbot: QtBot) -> None:
    control = SegmentedControl([("newest", "page.data"), ("random", "page.goal"), ("problems", "page.train")])
    qtbot.addWidget(control)
    control.show()
    with qtbot.waitSignal(control.chosen) as taken:
        QTest.mouseClick(control._segments["random"], LEFT)
    assert taken.args == ["random"]
    with qtbot.waitSignal(control.chosen):
        QTest.keyClick(control, Qt.Key.Key_Right)
    assert control.value() == "problems"
    with qtbot.assertNotEmitted(control.chosen, wait=1):
        control.set_value("newest")


def test_a_combo_box_keeps_its_value_when_the_choices_change(qtbot: QtBot, words: Translator) -> None:
    combo = ComboBox([Choice("a", "page.data"), Choice("b", text="COLUMN_7", icon="hash")])
    qtbot.addWidget(combo)
    combo.set_value("b")
    combo.set_choices([Choice("b", text="COLUMN_7"), Choice("c", "page.goal")])
    assert combo.value() == "b"
    words.set_language(Language.KOREAN)
    assert [combo.itemText(place) for place in range(2)] == ["COLUMN_7", "목표"]
    combo.show()
    with qtbot.waitSignal(combo.chosen) as taken:
        QTest.keyClick(combo, Qt.Key.Key_Down)
        combo.activated.emit(combo.currentIndex())
    assert taken.args == ["c"]


def test_a_wrong_value_is_said_to_everyone(qtbot: QtBot) -> None:
    row = FieldRow("page.goal", TextField(suffix="page.data"))
    qtbot.addWidget(row)
    row.set_error("Enter 4.5 to 7.0.")
    assert row.field.accessibleDescription() == "Enter 4.5 to 7.0."
    assert row.field.accessibleName() == "Goal"
    row.set_error("")
    assert row.field.property("error") is False


def test_a_slider_moves_by_pointer_and_keys_and_stays_inside(qtbot: QtBot) -> None:
    slider = Slider(0, 10, name="page.goal")
    qtbot.addWidget(slider)
    slider.resize(216, 24)
    slider.show()
    with qtbot.waitSignal(slider.moved):
        QTest.mouseClick(slider, LEFT, pos=QPoint(108, 12))
    assert slider.value() == pytest.approx(5, abs=0.1)
    QTest.keyClick(slider, Qt.Key.Key_End)
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == 10
    slider.set_value(-3)
    assert slider.value() == 0


def test_a_marked_slider_stops_at_marks_only(qtbot: QtBot) -> None:
    slider = MarkedSlider([Mark(0, "page.data", "page.goal"), Mark(1, "page.train"), Mark(2, "page.compare")])
    qtbot.addWidget(slider)
    slider.resize(380, 62)
    slider.show()
    with qtbot.waitSignal(slider.taken) as taken:
        QTest.mouseClick(slider, LEFT, pos=QPoint(200, 12))
    assert taken.args == [1]
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.place() == 2
    assert slider.accessibleDescription() == "Compare"


def test_a_value_can_be_typed_beside_the_slider(qtbot: QtBot) -> None:
    slider = ValueSlider(0, 1, name="page.goal", scale=100)
    qtbot.addWidget(slider)
    slider.show()
    slider.field.selectAll()
    QTest.keyClicks(slider.field, "7.7%")
    with qtbot.waitSignal(slider.moved):
        QTest.keyClick(slider.field, Qt.Key.Key_Return)
    assert slider.value() == pytest.approx(0.077)
    slider.field.setText("much")
    with qtbot.assertNotEmitted(slider.moved, wait=1):
        QTest.keyClick(slider.field, Qt.Key.Key_Return)
    assert slider.field.property("error") is True


def test_choice_cards_are_taken_one_at_a_time(qtbot: QtBot) -> None:
    group = ChoiceGroup()
    qtbot.addWidget(group)
    first = group.add("time", ChoiceCard("page.data", "status.offline", hint="page.goal"))
    second = group.add("random", ChoiceCard("page.goal", "status.offline", icon="folder"))
    group.resize(600, 120)
    group.show()
    with qtbot.waitSignal(group.chosen) as taken:
        QTest.mouseClick(second, LEFT)
    assert taken.args == ["random"]
    assert not first.isChecked()
    QTest.keyClick(group, Qt.Key.Key_Left)
    assert group.value() == "time"


def test_painted_controls_follow_the_theme(qtbot: QtBot, look: Theme) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    for control in (
        primary_button("page.data"),
        CheckBox("page.data"),
        Slider(0, 1),
        ComboBox([Choice("a", "page.data")]),
    ):
        column.addWidget(control)
    page.resize(300, 200)
    light = page.grab().toImage()
    look.set_choice(ThemeChoice.DARK)
    assert page.grab().toImage() != light
