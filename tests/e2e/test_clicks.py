"""The main job by mouse and keyboard alone, with the real worker: from a dropped table to answers, in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from automl.domain.job import TrainJob
from automl.domain.language import Language
from automl.domain.task import TaskKind
from desktop.actions import PageId
from desktop.app import open_shell
from desktop.app.options import Options
from desktop.app.shell import Shell
from desktop.i18n import translate, translator
from desktop.pages.deploy.deploy_page import DeployPage
from desktop.pages.goal.goal_page import GoalPage
from desktop.settings import Settings
from desktop.theme import ThemeChoice, theme
from desktop.widgets.buttons import Button
from desktop.widgets.fields import TextField
from desktop.widgets.focus_ring import FocusRings
from desktop.widgets.slider import MarkedSlider
from tests.desktop.clicks import click, click_cell, drop, press, write
from tests.e2e.command_line import lathe, write_parts
from tests.image_projects import four_classes

PATIENCE = 90_000
THREE_SECONDS, SIX_SECONDS = "0.05", "0.1"  # in minutes


class Person:
    """Sees the window and does what a person does."""

    def __init__(self, shell: Shell, qtbot: QtBot) -> None:
        self.shell = shell
        self.qtbot = qtbot

    @property
    def page(self) -> QWidget:
        """The page in front."""
        return self.shell.window.page(self.shell.window.current_page())

    def press_button(self, key: str, **parameters: object) -> None:
        """Press the button that says this, as soon as it can be pressed."""
        words = translate(key, **parameters)

        def found() -> Button | None:
            buttons = (one for one in self.page.findChildren(Button) if one.text() == words)
            return next((one for one in buttons if one.isVisible() and one.isEnabled()), None)

        self.qtbot.waitUntil(lambda: found() is not None, timeout=PATIENCE)
        ready = found()
        assert ready is not None
        click(ready)

    def go_to(self, page: PageId) -> None:
        """Press a step of the rail."""
        click(self.shell.window.rail.step(page.value))
        assert self.shell.window.current_page() is page

    def wait_for_rest(self) -> None:
        """Wait until no job is at work."""
        self.qtbot.waitUntil(lambda: self.shell.session.running is None, timeout=PATIENCE)

    def wait_for_page(self, page: PageId) -> None:
        """Wait until the window has led to a page."""
        self.qtbot.waitUntil(lambda: self.shell.window.current_page() is page, timeout=PATIENCE)


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


def test_from_a_dropped_table_to_answers(person: Person, tmp_path: Path) -> None:
    table = write_parts(tmp_path / "사출 품질.csv")
    shell = person.shell

    drop(shell.start.zone, [table])
    person.wait_for_page(PageId.DATA)
    person.qtbot.waitUntil(lambda: shell.session.profile_is_current, timeout=PATIENCE)
    assert shell.session.dataset is not None
    assert shell.session.dataset.version.row_count == 240
    assert shell.data.check.findings.isVisible()

    person.go_to(PageId.GOAL)
    assert isinstance(person.page, GoalPage)
    assert person.page.draft.target == "결과"
    _give_little_time(person)
    person.press_button("goal.start")
    assert shell.window.current_page() is PageId.TRAIN
    training = shell.session.training
    assert training is not None
    assert isinstance(training.job, TrainJob)
    assert (training.job.goal.target, training.job.goal.task) == ("결과", TaskKind.BINARY)
    assert training.job.goal.budget_seconds == pytest.approx(3)
    person.wait_for_rest()
    assert shell.session.run_state.succeeded

    person.press_button("train.compare")
    assert shell.window.current_page() is PageId.COMPARE
    click(_use_button(person))
    person.wait_for_page(PageId.DEPLOY)
    assert shell.session.model_was_chosen

    page = person.page
    assert isinstance(page, DeployPage)
    person.press_button("deploy.create")
    person.wait_for_rest()
    assert page.verification.pill.text() == translate("deploy.verification.passed")
    bundle = page.predict.bundle
    assert bundle is not None
    assert bundle.is_file()

    new = write_parts(tmp_path / "새 부품.csv", rows=60, seed=5)
    drop(page.predict.zone, [new])
    person.wait_for_rest()
    answers = tmp_path / "새 부품_predictions.csv"
    assert translate("deploy.predict.done", rows=60) in page.predict.result.words()

    language = translator().language.value
    by_command = tmp_path / "by command.csv"
    said = lathe("predict", bundle, new, "--to", by_command, language=language)
    assert said.returncode == 0, said.stderr
    assert answers.read_bytes() == by_command.read_bytes()


def test_from_dropped_images_to_a_bundle(person: Person, tmp_path: Path) -> None:
    folder = four_classes(tmp_path / "부품 이미지", 48, size=48, shots=2)
    shell = person.shell
    session = shell.session

    drop(shell.start.zone, [folder])
    person.wait_for_page(PageId.DATA)
    person.qtbot.waitUntil(lambda: session.profile_is_current and shell.data.sub_page() == "check", timeout=PATIENCE)
    assert session.images.counts == {"good": 12, "pit": 12, "scratch": 12, "stain": 12}

    shell.go_to(PageId.DATA.value, "label")
    grid = shell.data.label.browse.grid
    click_cell(grid, grid.model().index(0, 0))
    press(grid, Qt.Key.Key_2)
    person.qtbot.waitUntil(lambda: session.images.counts["good"] == 11, timeout=PATIENCE)
    session.undo_and_tell()
    assert session.images.counts["good"] == 12

    person.go_to(PageId.GOAL)
    assert isinstance(person.page, GoalPage)
    assert person.page.draft.task is TaskKind.MULTICLASS
    _give_little_time(person, SIX_SECONDS)
    person.press_button("goal.start")
    assert shell.window.current_page() is PageId.TRAIN
    person.wait_for_rest()
    assert session.run_state.succeeded

    person.press_button("train.compare")
    shell.go_to(PageId.COMPARE.value, "mistakes")
    shell.go_to(PageId.COMPARE.value, "results")
    click(_use_button(person))
    person.wait_for_page(PageId.DEPLOY)

    page = person.page
    assert isinstance(page, DeployPage)
    person.press_button("deploy.create")
    person.wait_for_rest()
    assert page.verification.pill.text() == translate("deploy.verification.passed")


def _give_little_time(person: Person, minutes: str = THREE_SECONDS) -> None:
    """Choose a time of one's own with the keyboard and write it."""
    slider = next(one for one in person.page.findChildren(MarkedSlider) if one.isVisible())
    slider.setFocus()
    while slider.place() < 3:
        press(slider, Qt.Key.Key_Right)
    name = translate("goal.time.custom")
    fields = (one for one in person.page.findChildren(TextField) if one.accessibleName() == name)
    field = next(one for one in fields if one.isVisible())
    field.clear()
    write(field, minutes)
    press(field, Qt.Key.Key_Return)


def _use_button(person: Person) -> Button:
    """The primary button of the results: use the model selected."""
    results = person.page
    found = [one for one in results.findChildren(Button) if one.isVisible() and one.is_primary()]
    assert len(found) == 1
    return found[0]
