"""The window as a person opens it, in each language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from automl.domain.language import Language
from desktop.app import open_shell
from desktop.app.options import Options
from desktop.i18n import translator
from desktop.settings import Settings
from desktop.theme import ThemeChoice, theme
from desktop.widgets.focus_ring import FocusRings
from tests.e2e.person import Person


@pytest.fixture(params=list(Language), ids=str)
def person(request: pytest.FixtureRequest, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    """Somebody in front of the window, in one language."""
    settings = Settings(tmp_path / "settings.ini")
    settings.projects_folder = tmp_path / "프로젝트 projects"
    shell = open_shell(qapp, Options(language=request.param, theme=ThemeChoice.LIGHT), settings)
    shell.window.show()
    qtbot.waitExposed(shell.window)
    shell.begin()
    yield Person(shell, qtbot)
    shell.window.close()
    shiboken6.delete(shell.window)
    for made in (qapp.findChild(FocusRings), translator(), theme()):
        assert made is not None
        shiboken6.delete(made)
