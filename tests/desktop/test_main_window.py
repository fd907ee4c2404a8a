"""The shell, by real clicks and keys."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from automl.domain.language import Language
from desktop.actions import STEPS, PageId
from desktop.i18n import Translator
from desktop.main_window import MainWindow
from desktop.theme import Theme, ThemeChoice
from desktop.widgets.buttons import Button, button, primary_button
from desktop.widgets.page_frame import PageFrame
from desktop.widgets.rail import StepState, SubPage
from desktop.widgets.search_box import SearchItem

LEFT = Qt.MouseButton.LeftButton


def _focused() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    pages = {page: PageFrame(f"page.{page.value}", "status.offline") for page in (PageId.START, *STEPS)}
    pages[PageId.DATA].header.add_action(button("top.open_project"), "top.open_project", "page.start")
    pages[PageId.DATA].header.add_action(primary_button("top.new_project"))
    made = MainWindow(pages)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.toasts.dismiss_all()


@pytest.mark.parametrize("language", list(Language))
def test_every_step_asks_for_its_page(window: MainWindow, qtbot: QtBot, words: Translator, language: Language) -> None:
    words.set_language(language)
    for page in STEPS:
        with qtbot.waitSignal(window.page_requested) as asked:
            QTest.mouseClick(window.rail.step(page.value), LEFT)
        assert asked.args == [page.value]


def test_alt_and_a_number_asks_for_a_page(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.page_requested) as asked:
        QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert asked.args == [PageId.TRAIN.value]


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [
        (Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier, "project_open_requested"),
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier, "project_new_requested"),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "undo_requested"),
        (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier, "redo_requested"),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, "help_requested"),
    ],
)
def test_shortcuts(window: MainWindow, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, signal: str) -> None:
    with qtbot.waitSignal(getattr(window, signal)):
        QTest.keyClick(window, key, modifier)


def test_ctrl_enter_presses_the_primary_button(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page(PageId.DATA)
    primary = window.page(PageId.DATA).primary_action()
    assert primary is not None
    with qtbot.waitSignal(primary.clicked):
        QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window.show_page(PageId.GOAL)
    assert window.page(PageId.GOAL).primary_action() is None


def test_search_finds_and_opens(window: MainWindow, qtbot: QtBot) -> None:
    opened: list[str] = []
    names = ("MELT_TEMP_Z1", "HUMIDITY", "온도")
    items = [SearchItem(name, "search.kind.column", partial(opened.append, name)) for name in names]
    window.top_bar.search.set_source(lambda: items)
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is window.top_bar.search
    QTest.keyClicks(window.top_bar.search, "temp")
    assert window.top_bar.search.hits() == ["MELT_TEMP_Z1"]
    QTest.keyClick(window.top_bar.search, Qt.Key.Key_Return)
    assert opened == ["MELT_TEMP_Z1"]
    assert window.top_bar.search.text() == ""


def test_a_narrow_window_folds_the_rail_and_shortens_words(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page(PageId.DATA)
    window.resize(1440, 900)
    assert window.rail.width() == 216
    window.resize(1100, 700)
    qtbot.waitUntil(window.is_narrow)
    assert window.rail.width() == 76
    assert [found.text() for found in page.header.findChildren(Button)] == ["Start", "New project"]
    window.resize(1440, 900)
    assert not window.is_narrow()


def test_the_rail_says_where_a_step_stands(window: MainWindow, words: Translator) -> None:
    step = window.rail.step("train")
    step.set_state(StepState.RUNNING, "status.no_job", progress=0.62)
    assert step.accessibleName() == "Step 3 of 6, Train, running"
    assert step.live_line() == "No job running"
    words.set_language(Language.KOREAN)
    assert step.accessibleName() == "6단계 중 3단계, 학습, 진행 중"


def test_sub_pages_show_under_the_current_step_only(window: MainWindow, qtbot: QtBot) -> None:
    window.rail.set_sub_pages("data", [SubPage("check", "page.goal", 3), SubPage("versions", "page.train")])
    window.show_page(PageId.DATA, "check")
    links = [link for link in window.rail.findChildren(type(window.rail._bottom[0])) if link not in window.rail._bottom]
    assert [link.isVisible() for link in links] == [True, True]
    with qtbot.waitSignal(window.sub_page_requested) as asked:
        QTest.mouseClick(links[1], LEFT)
    assert asked.args == ["data", "versions"]
    window.show_page(PageId.GOAL)
    assert not any(link.isVisible() for link in links)


def test_the_status_bar_shows_the_job_and_leads_to_it(window: MainWindow, qtbot: QtBot) -> None:
    job = window.status_bar.job
    assert job.text() == "No job running"
    window.status_bar.set_job("Training, run 7", 0.62, "about 4 min left")
    assert job.accessibleName() == "Training, run 7, 62%, about 4 min left"
    with qtbot.waitSignal(window.job_clicked):
        QTest.mouseClick(job, LEFT)


def test_files_dropped_anywhere_are_handed_over(window: MainWindow, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/data/생산 기록.csv"), QUrl("https://example.org/a.csv")])
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    with qtbot.waitSignal(window.files_dropped) as dropped:
        window.dropEvent(drop)
    assert dropped.args == [["/data/생산 기록.csv"]]


def test_language_and_theme_change_live_from_the_settings(
    window: MainWindow, qtbot: QtBot, look: Theme, words: Translator
) -> None:
    QTest.mouseClick(window.top_bar.settings, LEFT)
    panel = window.settings_panel
    assert panel.isVisible()
    panel.language_choice.chosen.emit("ko")
    panel.theme_choice.chosen.emit("dark")
    assert words.language is Language.KOREAN
    assert look.choice is ThemeChoice.DARK
    assert window.page(PageId.DATA).header.title.text() == "데이터"
    panel.close()


def test_f6_goes_through_the_regions(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page(PageId.DATA)
    window.top_bar.project.setFocus()
    for region in (window.rail, window.page(PageId.DATA), window.top_bar):
        QTest.keyClick(window, Qt.Key.Key_F6)
        assert region.isAncestorOf(_focused())
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.page(PageId.DATA).isAncestorOf(_focused())


def test_a_broken_geometry_changes_nothing(window: MainWindow) -> None:
    window.restore(QByteArray(b"not a geometry"))
    assert (window.width(), window.height()) == (1440, 900)


def test_everything_that_takes_the_keyboard_has_a_name(window: MainWindow) -> None:
    window.show_page(PageId.DATA)
    stops = [found for found in window.findChildren(QWidget) if found.focusPolicy() & Qt.FocusPolicy.TabFocus]
    visible = [found for found in stops if found.isVisible()]
    assert len(visible) > 12
    assert [found for found in visible if not (found.accessibleName() or getattr(found, "text", str)())] == []
    assert all(found.height() >= 24 for found in visible)


def test_a_toast_keeps_both_ends_of_a_long_name_and_all_its_words(window: MainWindow, words: Translator) -> None:
    name = f"{'a' * 90}{'z' * 90}.zip"
    toast = window.toasts.show_toast("start.drop.several", file=name)
    said = next(one for one in toast.findChildren(QLabel) if one.text())
    assert said.text().count("…") == 1
    assert "zzz.zip" in said.text().replace("\u200b", "")
    assert said.heightForWidth(said.width()) <= said.height() or not said.wordWrap()
    assert name in toast.accessibleName()
    words.set_language(Language.KOREAN)
    assert name in toast.accessibleName()
    assert toast.width() <= 520
