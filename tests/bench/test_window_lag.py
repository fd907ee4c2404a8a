"""How long the window keeps a person waiting: at the start, while a million rows are scrolled, while a job talks."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import cycle
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import resources
from automl import api
from automl.domain.job import TrainJob
from automl.domain.schema import Column, ColumnType, Role
from automl.storage.row_pages import RowPages, RowPagesWriter
from desktop.actions import PageId
from desktop.app.shell import Shell
from desktop.i18n import Translator
from desktop.itemmodels.row_source import RowSource
from desktop.pages.data.preview_card import PreviewCard
from desktop.settings import Settings
from desktop.theme import Theme
from tests.bench.lag import LagMeter

pytestmark = pytest.mark.bench

ROWS, COLUMNS = 1_000_000, 20
TRAINING_SECONDS = 15.0
Value = TypeVar("Value")
STARTED = """
import time
began = time.perf_counter()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop.app import main
application = QApplication(["lathe"])
def usable():
    print(time.perf_counter() - began, time.process_time())
    application.closeAllWindows()
QTimer.singleShot(0, usable)
main([])
"""


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application with colours and words."""
    made = (Theme(qapp), Translator(qapp))
    yield qapp
    for one in made:
        shiboken6.delete(one)


@pytest.fixture(scope="module")
def million_rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RowPages]:
    path = tmp_path_factory.mktemp("pages") / "pages"
    with RowPagesWriter(path) as writer:
        for row in range(1, ROWS + 1):
            writer.add(row, [f"{(row * (column + 7)) % 9973 / 10}" for column in range(COLUMNS)])
    with RowPages(path) as pages:
        yield pages


def test_scrolling_a_million_rows(qtbot: QtBot, dressed: QApplication, million_rows: RowPages) -> None:
    assert dressed
    names = [f"SENSOR_{number:02}" for number in range(COLUMNS)]
    columns = tuple(Column(name, ColumnType.NUMBER, Role.TARGET if name == names[-1] else Role.INPUT) for name in names)
    card = PreviewCard()
    qtbot.addWidget(card)
    card.resize(800, 400)
    card.show()
    qtbot.waitExposed(card)
    began = time.perf_counter()
    card.show_rows(RowSource(million_rows.rows, ROWS), columns, {}, (), "")
    first = (time.perf_counter() - began) * 1000
    bar = card.table.verticalScrollBar()
    places = [bar.maximum() * step // 400 for step in range(401)]
    meter = LagMeter()
    _each_turn(qtbot, places, bar.setValue)
    print(f"\nfirst rows after {first:.0f} ms; longest lag while scrolling {ROWS:,} rows: {meter.stop()}")


def test_start_of_the_window(tmp_path: Path) -> None:
    answer = subprocess.run([sys.executable, "-c", STARTED], capture_output=True, text=True, check=True, cwd=tmp_path)
    wall, work = (float(seconds) * 1000 for seconds in answer.stdout.split())
    print(f"\nusable window after {wall:.0f} ms ({work:.0f} ms of work)")


def _each_turn(qtbot: QtBot, values: list[Value], act: Callable[[Value], object]) -> None:
    left = list(values)
    turn = QTimer(interval=0)
    turn.timeout.connect(lambda: act(left.pop()) if left else None)
    turn.start()
    qtbot.waitUntil(lambda: not left, timeout=120_000)
    turn.stop()


def test_pages_change_while_a_model_is_trained(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> None:
    """The real worker trains on a sample; meanwhile every page is opened again and again, at the end the results."""
    assert dressed
    import_module("tests.imported_projects").import_table(
        tmp_path / "project", resources.path("samples/moulding.csv"), "DEFECT"
    )
    shell = Shell(Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(shell.window)
    shell.window.show()
    qtbot.waitExposed(shell.window)
    shell.projects.open(tmp_path / "project")
    job = _training(shell)
    meter = LagMeter()
    assert shell.session.start(job)
    places = cycle(PageId)
    turn = QTimer(interval=300)
    turn.timeout.connect(lambda: shell.go_to(next(places)))
    turn.start()
    qtbot.waitUntil(lambda: shell.session.running is None, timeout=180_000)
    turn.stop()
    during = meter.stop()
    meter = LagMeter()
    _each_turn(qtbot, list(PageId), shell.go_to)
    results = meter.stop()
    heard = len(shell.session.run_state.trials)
    shell.window.close()
    print(
        f"\nlongest lag while {heard} recipes are tried and pages change: {during}; while the results open: {results}"
    )


def _training(shell: Shell) -> TrainJob:
    session = shell.session
    assert session.project is not None
    assert session.dataset is not None
    assert session.profile is not None
    return TrainJob(
        job_id=api.new_job_id(),
        project=str(session.project.folder),
        version=session.dataset.version.number,
        steps=session.dataset.steps,
        goal=msgspec.structs.replace(
            api.propose_goal(session.dataset, session.profile), budget_seconds=TRAINING_SECONDS
        ),
    )
