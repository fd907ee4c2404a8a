"""Suggestions come from a worker beside the queue: told of labels, missed by nobody when it is gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from automl import api
from automl.domain.labels import Label, Provenance
from desktop.jobs.suggestion_service import SuggestionService
from tests import scripted_worker
from tests.scripted_suggestions import FAILING

PATIENCE = 20_000


@pytest.fixture
def project(tmp_path: Path) -> Iterator[api.Project]:
    opened = api.create_project(tmp_path / "프로젝트 a")
    yield opened
    api.close(opened)


@pytest.fixture
def service(qtbot: QtBot, project: api.Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[SuggestionService]:
    assert qtbot
    monkeypatch.setattr(api, "worker_command", scripted_worker.command)
    made = SuggestionService()
    yield made
    made.close()
    made.deleteLater()


def seen(service: SuggestionService) -> int:
    """How many labels the last answer stands on, -1 before the first."""
    return service.suggestions.label_count if service.suggestions is not None else -1


def give_label(project: api.Project, content: str) -> None:
    api.set_labels(project, [Label(content, "good", Provenance.PERSON)])


def test_it_answers_at_once_and_again_after_a_quiet_moment(
    qtbot: QtBot, project: api.Project, service: SuggestionService
) -> None:
    service.start(project, 1)
    qtbot.waitUntil(lambda: seen(service) == 0, timeout=PATIENCE)
    give_label(project, "a")
    service.labels_changed(1)
    qtbot.waitUntil(lambda: seen(service) == 1, timeout=PATIENCE)
    assert service.running
    assert service.state.progress is not None


def test_many_labels_are_learned_at_once(qtbot: QtBot, project: api.Project, service: SuggestionService) -> None:
    service.start(project, 1)
    qtbot.waitUntil(lambda: seen(service) == 0, timeout=PATIENCE)
    for number in range(9):
        give_label(project, str(number))
        service.labels_changed(1)
    qtbot.waitUntil(lambda: seen(service) >= 8, timeout=PATIENCE)
    qtbot.waitUntil(lambda: seen(service) == 9, timeout=PATIENCE)


def test_a_worker_that_fails_can_be_started_again(
    qtbot: QtBot, project: api.Project, service: SuggestionService
) -> None:
    api.add_class(project, FAILING)
    service.start(project, 1)
    qtbot.waitUntil(lambda: service.failed, timeout=PATIENCE)
    service.labels_changed(1)
    api.remove_class(project, FAILING)
    service.start(project, 1)
    assert service.failed
    service.start_again()
    qtbot.waitUntil(lambda: seen(service) == 0, timeout=PATIENCE)
    assert not service.failed


def test_what_was_said_before_is_there_until_there_is_more(
    qtbot: QtBot, project: api.Project, service: SuggestionService
) -> None:
    give_label(project, "a")
    service.start(project, 1)
    qtbot.waitUntil(lambda: seen(service) == 1, timeout=PATIENCE)
    service.close()
    assert service.suggestions is None
    assert not service.running
    service.start(project, 1)
    assert seen(service) == 1


def test_a_project_that_is_only_read_gets_no_worker(project: api.Project, service: SuggestionService) -> None:
    with api.open_project(project.folder, read_only=True) as reader:
        service.start(reader, 1)
        assert not service.running
        assert not service.failed
        service.close()
