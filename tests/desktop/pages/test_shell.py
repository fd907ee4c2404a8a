"""The window as a whole: recent projects, search, log, faults, choices that are remembered."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from automl import api
from automl.domain.language import Language
from desktop.actions import PageId
from desktop.app.faults import FaultBoundary, faults_folder
from desktop.app.search_items import search_items
from desktop.app.shell import Shell
from desktop.dialogs.fault_card import FaultCard
from desktop.dialogs.help_window import HelpWindow
from desktop.i18n import translator
from desktop.itemmodels.recent_projects import RecentField
from desktop.theme import ThemeChoice, theme
from desktop.widgets.buttons import Button
from desktop.widgets.table import TableView
from tests.desktop.clicks import click, click_cell, press


def test_recent_projects_say_where_they_stand_and_open_by_a_click(
    qtbot: QtBot, shell: Shell, moulding_project: Path
) -> None:
    shell.settings.add_recent_project(moulding_project)
    shell.begin()
    table = shell.start.recent.table
    qtbot.waitUntil(lambda: shell.start.recent.model.rowCount() == 1)
    model = shell.start.recent.model
    assert model.index(0, RecentField.NAME).data() == "moulding"
    assert model.index(0, RecentField.SCORE).data() == "None yet"
    click_cell(table, table.model().index(0, RecentField.NAME))
    assert shell.window.current_page() is PageId.DATA
    assert shell.session.project is not None


def test_a_project_that_is_gone_stays_on_the_list_until_it_is_forgotten(
    qtbot: QtBot, shell: Shell, tmp_path: Path
) -> None:
    shell.settings.add_recent_project(tmp_path / "gone")
    shell.projects.refresh()
    qtbot.waitUntil(lambda: shell.start.recent.model.rowCount() == 1)
    click_cell(shell.start.recent.table, shell.start.recent.table.model().index(0, RecentField.NAME))
    assert shell.session.project is None
    shell.projects.forget(tmp_path / "gone")
    assert shell.start.recent.model.rowCount() == 0


def test_a_project_open_elsewhere_can_be_looked_at(shell: Shell, moulding_project: Path) -> None:
    with api.open_project(moulding_project):
        shell.projects.open(moulding_project)
        assert shell.session.project is not None
        assert shell.session.project.read_only
        assert "moulding is open" in shell.window.toasts.toasts()[-1].accessibleName()


def test_what_is_no_project_is_refused(shell: Shell, tmp_path: Path) -> None:
    shell.projects.open(tmp_path)
    assert shell.session.project is None
    assert shell.window.toasts.toasts()


def test_the_search_finds_pages_and_columns(moulding: Shell) -> None:
    items = search_items(moulding.session, moulding.data)
    humidity = next(item for item in items if item.label == "HUMIDITY")
    moulding.go_to(PageId.START.value)
    humidity.open()
    assert moulding.window.current_page() is PageId.DATA
    table = moulding.data.check.columns.table
    assert table.currentIndex().siblingAtColumn(0).data() == "HUMIDITY"


def test_the_log_tells_what_was_done_in_both_languages(moulding: Shell) -> None:
    moulding.go_to(PageId.LOG.value)
    model = moulding.window.page(PageId.LOG).findChildren(TableView)[0].model()

    def lines() -> list[str]:
        return [model.index(row, 2).data() for row in range(model.rowCount())]

    assert "Version 1 of the data read from moulding.csv: 3,031 rows" in lines()
    translator().set_language(Language.KOREAN)
    assert "moulding.csv에서 데이터 버전 1을 읽음: 3,031개 행" in lines()


def test_samples_are_offered_where_they_are_installed(shell: Shell) -> None:
    links = [link for link in shell.start.samples.findChildren(Button) if link.text() == "Open sample"]
    assert len(links) == 4
    click(links[0])
    assert shell.session.import_job is not None
    assert shell.session.import_job.target == "DEFECT"
    assert shell.session.project is not None
    assert shell.session.project.name == "Will this part be bad"


def test_choices_are_remembered(shell: Shell) -> None:
    theme().set_choice(ThemeChoice.DARK)
    translator().set_language(Language.KOREAN)
    assert shell.settings.theme is ThemeChoice.DARK
    assert shell.settings.language(Language.ENGLISH) is Language.KOREAN


def test_a_fault_is_written_down_and_told_without_stopping(shell: Shell, qtbot: QtBot) -> None:
    with FaultBoundary() as boundary:
        boundary.show_with(shell.show_fault)
        try:
            raise ZeroDivisionError("a fault of the program")
        except ZeroDivisionError as error:
            sys.excepthook(ZeroDivisionError, error, error.__traceback__)
    toast = shell.window.toasts.toasts()[-1]
    assert "LT-" in toast.accessibleName()
    assert "ZeroDivisionError" in next(faults_folder().glob("*.txt")).read_text(encoding="utf-8")
    click(next(link for link in toast.findChildren(Button) if link.text() == "Details"))
    card = shell.window.findChildren(FaultCard)[0]
    qtbot.waitUntil(card.isVisible)
    card.close()


def test_f1_opens_the_guide(shell: Shell) -> None:
    press(shell.window, Qt.Key.Key_F1)
    guide = shell.window.findChildren(HelpWindow)[0]
    assert guide.isVisible()
    assert guide.text.toPlainText()
    guide.close()


@pytest.mark.parametrize("page", ["data", "goal", "train", "compare", "deploy", "operate"])
def test_every_step_can_be_opened_without_a_project(shell: Shell, page: str) -> None:
    click(shell.window.rail.step(page))
    assert shell.window.current_page().value == page


def test_new_projects_go_where_the_settings_say(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = tmp_path / "공장 projects"
    chosen.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(chosen))
    click(shell.window.top_bar.settings)
    panel = shell.window.settings_panel
    assert panel.projects_folder.text() == str(shell.settings.projects_folder)

    click(panel.change_folder)

    assert not panel.isVisible()
    assert panel.projects_folder.text() == str(chosen)
    assert shell.settings.projects_folder == chosen
    table = tmp_path / "parts.csv"
    table.write_text("A,B\n1,2\n", encoding="utf-8")
    shell.projects.take_data(table, into_open_project=False)
    assert shell.session.project is not None
    assert shell.session.project.folder.parent == chosen


def test_tab_goes_through_the_window_as_it_is_laid_out(moulding: Shell) -> None:
    window = moulding.window
    stops: list[QWidget] = []
    window.top_bar.project.setFocus()
    while (focused := QApplication.focusWidget()) is not None and focused not in stops:
        stops.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    regions = [window.top_bar, window.rail, window.page(PageId.DATA), window.status_bar, window.toasts]
    found = [next(place for place, one in enumerate(regions) if one.isAncestorOf(stop)) for stop in stops]
    assert found == sorted(found)
    assert {0, 1, 2} <= set(found)
    rail = [stop.accessibleName() for stop, place in zip(stops, found, strict=True) if place == 1]
    assert rail[1] == "Check and fix"
    page = [stop for stop, place in zip(stops, found, strict=True) if place == 2]
    primary = moulding.data.check.primary_action()
    assert primary in page[:3]
    assert page.index(moulding.data.check.preview.table) < page.index(moulding.data.check.columns.table)
    stops[3].setFocus()
    QTest.keyClick(stops[3], Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is stops[2]
