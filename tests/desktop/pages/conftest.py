"""Projects with data, and the whole window around them."""

import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import resources
from desktop.app.shell import Shell
from desktop.settings import Settings


@pytest.fixture(scope="session")
def imported_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The moulding sample, imported once a session; copy it before use."""
    folder = tmp_path_factory.mktemp("imported") / "moulding"
    # Only a session that needs it pays for loading what imports.
    import_module("tests.imported_projects").import_table(folder, resources.path("samples/moulding.csv"), "DEFECT")
    return folder


@pytest.fixture
def moulding_project(imported_once: Path, tmp_path: Path) -> Path:
    """A project of its own with the moulding sample in it."""
    folder = tmp_path / "Moulding quality"
    shutil.copytree(imported_once, folder)
    return folder


@pytest.fixture
def shell(qtbot: QtBot, tmp_path: Path) -> Iterator[Shell]:
    """The window, shown, without a project; projects are made under `tmp_path`."""
    settings = Settings(tmp_path / "settings.ini")
    settings.projects_folder = tmp_path / "Lathe projects"
    made = Shell(settings)
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitExposed(made.window)
    yield made
    made.window.close()


@pytest.fixture
def moulding(shell: Shell, moulding_project: Path) -> Shell:
    """The window with the moulding sample open on the data page."""
    shell.projects.open(moulding_project)
    return shell
