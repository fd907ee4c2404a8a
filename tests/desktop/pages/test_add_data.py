"""Adding files through the real worker: good ones, damaged ones, ones that are no tables."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from automl.domain.language import Language
from desktop.actions import PageId
from desktop.app.shell import Shell
from desktop.i18n import translate, translator
from desktop.pages.data.add.lines_card import LineView
from desktop.widgets.buttons import Button
from desktop.widgets.error_card import ProblemBanner
from desktop.widgets.rail import StepState
from tests.desktop.clicks import click, drop

PATIENCE = 60_000
GOOD_ROWS = [f"IMM-0{7 + row % 2},{230 + row % 9 * 0.7:.1f},{'yes' if row % 17 == 0 else 'no'}" for row in range(120)]


def write_table(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(["MACHINE,MELT_TEMP,DEFECT", *rows]) + "\n", encoding="utf-8")
    return path


def button_that_says(shell: Shell, words: str) -> Button:
    return next(button for button in shell.window.findChildren(Button) if button.isVisible() and button.text() == words)


def wait_for_import(qtbot: QtBot, shell: Shell) -> None:
    qtbot.waitUntil(lambda: shell.session.import_state.finished is not None, timeout=PATIENCE)


@pytest.mark.parametrize("language", list(Language))
def test_a_dropped_table_becomes_a_project(qtbot: QtBot, shell: Shell, tmp_path: Path, language: Language) -> None:
    translator().set_language(language)
    drop(shell.start.zone, [write_table(tmp_path / "사출 품질.csv", GOOD_ROWS)])
    assert shell.session.project is not None
    assert shell.session.project.folder == tmp_path / "Lathe projects" / "사출 품질"
    assert shell.window.current_page() is PageId.DATA
    assert shell.data.sub_page() == "add"
    wait_for_import(qtbot, shell)
    qtbot.waitUntil(lambda: shell.data.sub_page() == "check")
    assert shell.session.dataset is not None
    assert shell.session.dataset.version.row_count == 120
    assert shell.settings.recent_projects == (shell.session.project.folder,)


def test_damaged_rows_are_shown_and_left_out_on_request(qtbot: QtBot, shell: Shell, tmp_path: Path) -> None:
    rows = [*GOOD_ROWS[:40], "IMM-07,231.", "IMM-07,112.,8,no", *GOOD_ROWS[42:]]
    drop(shell.window, [write_table(tmp_path / "damaged.csv", rows)])
    wait_for_import(qtbot, shell)
    qtbot.waitUntil(shell.data.add.has_problem)
    step = shell.window.rail.step(PageId.DATA.value)
    assert (step.state(), step.live_line()) == (StepState.ACT, "2 rows could not be read")
    damaged = [view for view in shell.data.add.findChildren(LineView) if "IMM-07,112.,8,no" in view.accessibleName()]
    assert damaged
    qtbot.waitUntil(lambda: shell.session.running is None)
    click(button_that_says(shell, translate("add.continue_without", count=2)))
    qtbot.waitUntil(lambda: shell.session.dataset is not None, timeout=PATIENCE)
    assert shell.session.dataset is not None
    assert shell.session.dataset.version.row_count == 118
    assert not shell.data.add.has_problem()


def test_a_file_that_is_no_table_is_refused_with_the_way_out(qtbot: QtBot, shell: Shell, tmp_path: Path) -> None:
    wrong = tmp_path / "photo.csv"
    wrong.write_bytes(b"\x89PNG\x00\x00\x00")
    drop(shell.window, [wrong])
    wait_for_import(qtbot, shell)
    qtbot.waitUntil(shell.data.add.has_problem)
    banner = shell.data.add.findChildren(ProblemBanner)[0]
    assert "photo.csv" in banner.accessibleName()
    translator().set_language(Language.KOREAN)
    assert "photo.csv" in banner.accessibleName()
    assert button_that_says(shell, "다른 파일 선택")
    assert shell.session.dataset is None


def test_canceling_keeps_nothing(qtbot: QtBot, shell: Shell, tmp_path: Path) -> None:
    drop(shell.window, [write_table(tmp_path / "table.csv", GOOD_ROWS)])
    click(shell.data.add.reading.cancel)
    qtbot.waitUntil(lambda: shell.session.running is None, timeout=PATIENCE)
    assert shell.session.dataset is None
    assert not shell.data.add.has_problem()


def test_what_holds_no_data_makes_no_project(shell: Shell, tmp_path: Path) -> None:
    drop(shell.start.zone, [tmp_path / "notes.docx"])
    drop(shell.start.zone, [tmp_path / "tile.jpg"])
    assert shell.session.project is None
    assert len(shell.window.toasts.toasts()) == 2


def test_a_second_file_becomes_the_next_version(
    qtbot: QtBot, moulding: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = write_table(tmp_path / "second.csv", GOOD_ROWS)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: (str(table), ""))
    click(button_that_says(moulding, translate("data.action.add")))
    assert moulding.data.sub_page() == "add"
    click(button_that_says(moulding, translate("add.choose")))
    qtbot.waitUntil(lambda: len(moulding.session.versions) == 2, timeout=PATIENCE)
    assert moulding.session.dataset is not None
    assert moulding.session.dataset.version.number == 2
    moulding.go_to(PageId.DATA.value, "versions")
    versions = moulding.data.versions
    assert versions.model.rowCount() == 2
    versions.table.setCurrentIndex(versions.model.index(1, 0))
    click(button_that_says(moulding, translate("versions.use")))
    assert moulding.session.dataset.version.number == 1
