"""The main job by mouse and keyboard alone, with the real worker: from a dropped table to answers, in both languages."""

from pathlib import Path

import pytest

from automl.domain.job import TrainJob
from automl.domain.task import TaskKind
from desktop.actions import PageId
from desktop.i18n import translate, translator
from desktop.pages.deploy.deploy_page import DeployPage
from desktop.pages.goal.goal_page import GoalPage
from tests.desktop.clicks import click, drop
from tests.e2e.command_line import lathe, write_parts
from tests.e2e.person import PATIENCE, THREE_SECONDS, Person


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
    person.give_little_time(THREE_SECONDS)
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
    click(person.use_button())
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
