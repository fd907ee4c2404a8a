"""Every page in both languages and sizes: no word is missing, no button or segment is cut."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from automl.domain.language import Language
from desktop.actions import PageId
from desktop.app.shell import Shell
from desktop.i18n import translator
from desktop.widgets.buttons import Button
from desktop.widgets.segmented import Segment
from tests.screens.camera import SIZES
from tests.screens.stops import stops

PAGES = [page for page in PageId if page is not PageId.START]


def cut_words(shell: Shell) -> list[str]:
    window = shell.window
    shown: list[QAbstractButton] = [*window.findChildren(Button), *window.findChildren(Segment)]
    return [one.text() for one in shown if one.isVisible() and one.width() < one.sizeHint().width()]


def check_all_forms(qtbot: QtBot, shell: Shell) -> None:
    for language in Language:
        translator().set_language(language)
        for width, height in SIZES:
            shell.window.resize(width, height)
            qtbot.waitUntil(lambda: not cut_words(shell))
            assert not shell.window.grab().isNull()


@pytest.mark.parametrize("page", [PageId.START, *PAGES])
def test_without_a_project(qtbot: QtBot, shell: Shell, page: PageId) -> None:
    shell.go_to(page)
    check_all_forms(qtbot, shell)


@pytest.mark.parametrize("page", PAGES)
def test_with_data(qtbot: QtBot, moulding: Shell, page: PageId) -> None:
    moulding.go_to(page)
    check_all_forms(qtbot, moulding)


def test_the_tour_visits_every_page(tmp_path: Path) -> None:
    names = {stop.name for stop in stops(tmp_path / "project", tmp_path)}
    assert {page.value for page in PageId} <= names
