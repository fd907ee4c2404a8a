"""The label page by mouse and keyboard: one image at a time, many at once, undo, and what stays on the disk."""

import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from automl import api
from automl.domain.labels import Label, Provenance
from automl.domain.language import Language
from desktop.actions import PageId
from desktop.app.shell import Shell
from desktop.i18n import translator
from desktop.itemmodels.images_labelled import Filter, Kind
from desktop.jobs.suggestion_service import SuggestionService
from desktop.pages.data.page import LABEL
from desktop.pages.label.name_popover import NamePopover
from desktop.pages.label.page import LabelPage
from desktop.pages.session import Session
from desktop.theme import Theme, ThemeChoice
from desktop.widgets.buttons import Button
from desktop.widgets.focus_order import tab_stops
from desktop.widgets.rail import RailLink, StepState
from tests.desktop.clicks import choose_in_menu, click, press, write
from tests.desktop.pages.label_desk import CONTROL, SHIFT, Desk
from tests.desktop.sizes import HEIGHT, WIDTH, fits_the_smallest_window

COUNT = 24
GOOD, PIT, SCRATCH, STAIN = "good", "pit", "scratch", "stain"


@pytest.fixture(scope="session")
def images_imported_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with 24 drawn images of four classes, imported once a session; copy it before use."""
    folder = tmp_path_factory.mktemp("images")
    parts = import_module("tests.image_projects").four_classes(folder / "parts", COUNT, size=48)
    import_module("tests.imported_projects").import_table(folder / "project", parts)
    return folder / "project"


@pytest.fixture
def desk(qtbot: QtBot, images_imported_once: Path, tmp_path: Path) -> Iterator[Desk]:
    """The label page on a project of its own, all images labelled by their folders."""
    folder = tmp_path / "Parts"
    shutil.copytree(images_imported_once, folder)
    made = Desk(qtbot, folder)
    yield made
    made.close()


@pytest.fixture
def bare(desk: Desk) -> Desk:
    """The same with classes, but without a single label."""
    desk.forget_labels()
    return desk


def test_what_the_folders_said_is_shown(qtbot: QtBot, desk: Desk) -> None:
    page = desk.page
    assert "24 of 24 labelled" in page.progress.words.text()
    assert [page.browse.chips.chip(Filter(Kind.CLASS, name)).text() for name in (GOOD, STAIN)] == ["good 6", "stain 6"]
    assert not page.look.rows.isVisible()
    cell = page.browse.model.cell(page.browse.model.index(0, 0))
    assert cell is not None
    assert (cell.words, cell.note) == (GOOD, "file")

    def thumbnail() -> QPixmap | None:
        return desk.session.images.thumbnails.pixmap(1)

    qtbot.waitUntil(lambda: thumbnail() is not None)
    shown = thumbnail()
    assert shown is not None
    assert not shown.isNull()


def test_digits_label_the_image_that_needs_a_look_and_lead_to_the_next(bare: Desk) -> None:
    first = bare.page.labelling.current
    bare.press(Qt.Key.Key_3)
    label = bare.label(first)
    assert label is not None
    assert (label.class_name, label.provenance) == (SCRATCH, Provenance.PERSON)
    second = bare.page.labelling.current
    assert second not in (0, first)
    bare.press(Qt.Key.Key_9)
    assert bare.page.labelling.current == second
    assert "1 of 24 labelled" in bare.page.progress.words.text()
    assert not bare.said


def test_a_class_is_given_by_a_click_too(bare: Desk) -> None:
    first = bare.page.labelling.current
    click(bare.page.look.rows.row(STAIN))
    assert bare.class_of(first) == STAIN


def test_a_click_leaves_the_keyboard_with_the_images(bare: Desk) -> None:
    bare.suggest({1: 0.6, 7: 0.7, 13: 0.8, 19: 0.9})
    click(bare.page.look.rows.row(STAIN))
    second = bare.page.labelling.current
    click(bare.page.look.skip)
    third = bare.page.labelling.current
    bare.press(Qt.Key.Key_Return)
    assert bare.class_of(second) == ""
    assert bare.class_of(third) == bare.record(third).class_name


def test_tab_reaches_the_answers_and_enter_presses_them(bare: Desk) -> None:
    first, row = bare.page.labelling.current, bare.page.look.rows.row(STAIN)
    assert row in list(tab_stops(bare.page))
    row.setFocus(Qt.FocusReason.TabFocusReason)
    bare.press(Qt.Key.Key_Return)
    assert bare.class_of(first) == STAIN


def test_undo_brings_the_image_back_and_redo_takes_it_again(bare: Desk) -> None:
    first = bare.page.labelling.current
    bare.press(Qt.Key.Key_1)
    bare.session.undo_and_tell()
    assert bare.class_of(first) == ""
    assert bare.page.labelling.current == first
    bare.session.redo_and_tell()
    assert bare.class_of(first) == GOOD
    assert bare.page.labelling.current != first


def test_a_skipped_image_comes_last(bare: Desk) -> None:
    first = bare.page.labelling.current
    bare.press(Qt.Key.Key_S)
    assert bare.page.labelling.current != first
    assert bare.page.labelling.queue[-1] == first
    click(bare.page.look.skip)
    assert bare.page.labelling.queue[-2] == first


def test_the_model_is_least_sure_first_and_enter_accepts_it(bare: Desk) -> None:
    bare.suggest({1: 0.97, 7: 0.61, 13: 0.8})
    assert bare.page.labelling.current == bare.page.labelling.queue[0]
    bare.page.labelling.look_at(7)
    assert "61%" in bare.page.look.reading.text()
    assert "only" in bare.page.look.reading.text()
    bare.press(Qt.Key.Key_Return)
    label = bare.label(7)
    assert label is not None
    assert (label.class_name, label.provenance) == (PIT, Provenance.ACCEPTED)
    assert label.confidence == pytest.approx(0.61)
    cell = bare.page.browse.model.cell(bare.page.browse.model.index(*divmod(6, bare.page.browse.model.columnCount())))
    assert cell is not None
    assert cell.note == "61%"


def test_an_accept_button_and_what_comes_next_can_be_pressed(bare: Desk) -> None:
    bare.suggest({1: 0.6, 7: 0.7, 13: 0.8, 19: 0.9})
    bare.page.labelling.look_at(1)
    click(bare.page.look.next.tile(13))
    assert bare.page.labelling.current == 13
    click(bare.page.look.accept)
    assert bare.class_of(13) == SCRATCH


def test_the_selected_images_get_a_class_together(bare: Desk) -> None:
    bare.click_image(2)
    bare.click_image(5, SHIFT)
    bare.click_image(4, CONTROL)
    assert bare.page.browse.model.selected == {2, 3, 5}
    assert "3 selected" in bare.page.browse.bar.count.text()
    bare.press(Qt.Key.Key_2)
    assert [bare.class_of(number) for number in (2, 3, 4, 5)] == [PIT, PIT, "", PIT]
    assert not bare.page.browse.model.selected
    assert bare.said == ["label.done"]
    bare.session.undo_and_tell()
    assert not bare.page.labelling.state.class_counts


def test_the_bar_changes_hides_and_clears(desk: Desk) -> None:
    page = desk.page
    desk.click_image(1)
    assert page.browse.bar.detail.text() == "It is good"
    click(page.browse.bar.change)
    choose_in_menu(page.browse.bar.change, "stain\t4")
    assert desk.class_of(1) == STAIN
    desk.click_image(2)
    click(page.browse.bar.hide_button)
    label = desk.label(2)
    assert label is not None
    assert (label.class_name, label.hidden) == (GOOD, True)
    click(page.browse.chips.chip(Filter(Kind.HIDDEN)))
    assert page.browse.model.numbers == (2,)
    desk.click_image(2)
    assert page.browse.bar.hide_button.text() == "Use in training"
    click(page.browse.bar.hide_button)
    assert page.browse.chips.kept() == Filter()
    desk.click_image(3)
    click(page.browse.bar.clear)
    assert not page.browse.model.selected
    desk.click_image(3)
    click(page.browse.bar.change)
    choose_in_menu(page.browse.bar.change, "Take the class away")
    assert desk.class_of(3) == ""


def test_the_keyboard_alone_selects_and_labels(bare: Desk) -> None:
    grid = bare.page.browse.grid
    assert grid.hasFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space):
        bare.press(key)
    assert bare.page.browse.model.selected == {1, 3}
    bare.press(Qt.Key.Key_4)
    assert [bare.class_of(number) for number in (1, 2, 3)] == [STAIN, "", STAIN]


def test_a_filter_shows_one_class_and_least_sure_come_first(bare: Desk) -> None:
    bare.suggest({1: 0.97, 7: 0.61, 13: 0.8})
    browse = bare.page.browse
    click(browse.bar.sort)
    assert browse.model.numbers[:3] == (7, 13, 1)
    click(browse.bar.sort)
    bare.page.labelling.give_class((5, 6), PIT)
    click(browse.chips.chip(Filter(Kind.CLASS, PIT)))
    assert browse.model.numbers == (5, 6)
    click(browse.chips.chip(Filter(Kind.UNLABELLED)))
    assert browse.model.count() == COUNT - 2
    click(browse.chips.chip(Filter(Kind.CLASS, STAIN)))
    assert browse.model.count() == 0


def test_labels_that_look_wrong_have_a_filter(desk: Desk) -> None:
    desk.suggest({}, suspects=(9, 4))
    click(desk.page.browse.chips.chip(Filter(Kind.SUSPECT)))
    assert desk.page.browse.model.numbers == (9, 4)


def test_one_image_large_by_keys(bare: Desk) -> None:
    browse = bare.page.browse
    bare.press(Qt.Key.Key_Home)
    bare.press(Qt.Key.Key_Z)
    assert browse.is_single
    assert browse.single.number == 1
    bare.press(Qt.Key.Key_Right)
    bare.press(Qt.Key.Key_Right)
    bare.press(Qt.Key.Key_Left)
    assert browse.single.number == 2
    bare.press(Qt.Key.Key_2)
    assert bare.class_of(2) == PIT
    assert browse.single.number == 3
    bare.press(Qt.Key.Key_S)
    assert browse.single.number == 4
    bare.press(Qt.Key.Key_Escape)
    assert not browse.is_single
    assert browse.grid.current() == 3


def test_one_image_large_by_mouse(desk: Desk) -> None:
    browse = desk.page.browse
    desk.click_image(6)
    index = browse.grid.currentIndex()
    QTest.mouseDClick(browse.grid.viewport(), Qt.MouseButton.LeftButton, pos=browse.grid.visualRect(index).center())
    assert browse.single.number == 6
    assert not browse.model.selected
    click(browse.single.next)
    assert browse.single.number == 7
    assert not browse.single.grab().isNull()
    click(browse.single.back)
    assert browse.grid.isVisible()


def test_an_image_that_leaves_the_filter_makes_room_for_the_next(bare: Desk) -> None:
    browse = bare.page.browse
    click(browse.chips.chip(Filter(Kind.UNLABELLED)))
    browse.open_at(3)
    bare.press(Qt.Key.Key_1)
    assert bare.class_of(4) == GOOD
    assert browse.is_single
    assert browse.single.number == 5


def test_sure_suggestions_are_accepted_at_once_but_for_those_crossed_out(qtbot: QtBot, bare: Desk) -> None:
    page = bare.page
    bare.suggest({1: 0.97, 2: 0.96, 7: 0.61, 13: 0.99})
    click(page.browse.bar.accept)
    assert "3 images" in page.accept.reading.text()
    assert page.accept.sample.numbers() == (2, 1, 13)
    click(page.accept.sample.tile(2))
    assert page.accept.take.text() == "Accept 2 suggestions"
    page.accept.slider.slider.setFocus()
    bare.press(Qt.Key.Key_Home)
    assert "4 images" in page.accept.reading.text()
    assert "2" in page.accept.reading.text()
    page.accept.slider.field.setText("97")
    page.accept.slider.field.editingFinished.emit()
    click(page.accept.take)
    assert [bare.class_of(number) for number in (1, 2, 7, 13)] == [GOOD, "", "", SCRATCH]
    qtbot.waitUntil(page.look.isVisible)
    bare.session.undo_and_tell()
    assert not page.labelling.state.class_counts


def test_a_rule_labels_what_it_matches_and_leaves_labels_alone(bare: Desk) -> None:
    page = bare.page
    bare.page.labelling.give_class((7,), STAIN)
    click(page.browse.bar.rule)
    assert page.rule.text.hasFocus()
    write(page.rule.text, "PIT/")
    assert "6 images" in page.rule.reading.text()
    assert page.rule.apply.text() == "Label 5 images"
    page.rule.classes.set_value(PIT)
    page.rule.classes.chosen.emit(PIT)
    click(page.rule.apply)
    assert bare.class_of(7) == STAIN
    assert bare.class_of(8) == PIT
    assert page.look.isVisible()


def test_a_rule_may_change_labels_and_matches_nothing_quietly(desk: Desk) -> None:
    page = desk.page
    click(page.browse.bar.rule)
    write(page.rule.text, "nowhere")
    assert not page.rule.apply.isEnabled()
    page.rule.text.clear()
    write(page.rule.text, "scratch")
    assert not page.rule.apply.isEnabled()
    page.rule.also_labelled.click()
    assert page.rule.apply.text() == "Label 6 images"
    desk.press(Qt.Key.Key_Escape)
    assert page.look.isVisible()


def test_classes_are_added_renamed_merged_and_removed(desk: Desk) -> None:
    page = desk.page
    click(page.browse.chips.add)
    popover = page.findChildren(NamePopover)[-1]
    write(popover.field, "Good")
    QTest.keyClick(popover.field, Qt.Key.Key_Return)
    assert popover.isVisible()
    popover.field.setText("흠집")
    click(popover.done)
    assert api.label_classes(desk.project)[-1].name == "흠집"
    click(page.browse.chips.chip(Filter(Kind.CLASS, STAIN)))
    click(page.browse.chips.edit)
    choose_in_menu(page.browse.chips, "Rename")
    renaming = page.findChildren(NamePopover)[-1]
    renaming.field.clear()
    write(renaming.field, "spot")
    QTest.keyClick(renaming.field, Qt.Key.Key_Return)
    assert desk.class_of(24) == "spot"
    page.browse.chips.merge_requested.emit(PIT, SCRATCH)
    assert desk.page.labelling.state.class_counts[SCRATCH] == 12
    page.browse.chips.remove_requested.emit("흠집")
    assert [one.name for one in api.label_classes(desk.project)] == [GOOD, SCRATCH, "spot"]
    desk.session.undo_and_tell()
    desk.session.undo_and_tell()
    assert desk.page.labelling.state.class_counts[PIT] == 6
    assert not [menu for menu in page.findChildren(QMenu) if menu.isVisible()]


def test_the_first_class_is_made_by_typing(bare: Desk) -> None:
    for name in (GOOD, PIT, SCRATCH, STAIN):
        assert bare.page.labelling.remove_class(name) == ""
    assert "Name the classes first" in bare.page.look.reading.text()
    click(bare.page.look.add_class)
    popover = bare.page.findChildren(NamePopover)[-1]
    write(popover.field, "ok")
    QTest.keyClick(popover.field, Qt.Key.Key_Return)
    first = bare.page.labelling.current
    bare.press(Qt.Key.Key_1)
    assert bare.class_of(first) == "ok"


def test_the_worker_is_told_of_labels(bare: Desk) -> None:
    bare.page.labelling.give_class((1, 2, 3), PIT)
    bare.session.undo_and_tell()
    assert bare.service.told == [3, 3]


def test_the_curve_says_whether_more_labels_help(bare: Desk) -> None:
    assert not bare.page.progress.more.isVisible()
    bare.suggest({1: 0.9})
    assert bare.page.progress.more.text() == "More labels still help"
    click(bare.page.progress.more)
    assert "More labels still help. The last 4 labels brought 20%" in bare.page.curve.chart.accessibleName()
    assert not bare.page.curve.grab().isNull()
    click(bare.page.curve.close_button)
    assert bare.page.look.isVisible()


def test_twenty_classes_have_keys_for_nine(bare: Desk) -> None:
    for number in range(16):
        bare.page.labelling.add_class(f"A class with a rather long name, number {number}")
    assert "1-9" in bare.page.hints.accessibleName()
    assert fits_the_smallest_window(bare.page)
    assert not bare.page.grab().isNull()


def test_the_buttons_lead_on(desk: Desk) -> None:
    for found in desk.page.header.findChildren(Button):
        click(found)
    assert desk.places == [("data", "add"), ("goal", "")]


def cut_words(desk: Desk) -> list[str]:
    shown = [one for one in desk.page.findChildren(Button) if one.isVisible()]
    return [one.text() for one in shown if one.width() < one.sizeHint().width()]


def test_it_fits_both_languages_themes_and_the_smallest_window(qtbot: QtBot, bare: Desk, look: Theme) -> None:
    bare.suggest({1: 0.97, 7: 0.61})
    for language in Language:
        translator().set_language(language)
        for narrow in (False, True):
            bare.page.set_narrow(narrow)
            bare.page.resize(*((WIDTH, HEIGHT) if narrow else (1224, 824)))
            qtbot.waitUntil(lambda: not cut_words(bare))
    assert fits_the_smallest_window(bare.page)
    look.set_choice(ThemeChoice.DARK)
    assert not bare.page.grab().isNull()
    assert bare.page.look.reading.text().count("확률")


def test_the_rail_counts_what_needs_a_look_and_leads_there(
    shell: Shell, images_imported_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SuggestionService, "_begin", lambda *_: None)
    folder = tmp_path / "Parts"
    shutil.copytree(images_imported_once, folder)
    shell.projects.open(folder)
    labelling, step = shell.data.label.labelling, shell.window.rail.step(PageId.DATA.value)
    labelling.clear((1, 2, 3))
    assert step.live_line() == "3 need your look"
    assert step.state() is StepState.LOOK
    link = next(one for one in shell.window.rail.findChildren(RailLink) if one.isVisible() and one.text() == "Label")
    click(link)
    assert shell.data.sub_page() == LABEL
    press(shell.data.label.browse.grid, Qt.Key.Key_2)
    assert step.live_line() == "2 need your look"
    press(shell.window, Qt.Key.Key_Z, control=True)
    assert step.live_line() == "3 need your look"


def test_without_images_it_says_how_to_begin(qtbot: QtBot) -> None:
    session = Session()
    page = LabelPage(session)
    qtbot.addWidget(page)
    page.show()
    assert not page.browse.isVisible()
    session.end()


def test_labels_given_elsewhere_are_taken_up_when_the_page_is_seen_again(bare: Desk) -> None:
    page, session = bare.page, bare.session
    page.hide()
    session.images.set_labels([Label(bare.record(3).sha256, PIT, Provenance.PERSON)], "elsewhere")
    page.show()
    assert 3 not in page.labelling.queue
    assert page.labelling.state.class_counts[PIT] == 1
