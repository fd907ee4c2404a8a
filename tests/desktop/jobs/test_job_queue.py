"""Jobs run one after another in worker processes, and the window hears of every one."""

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from automl import api
from automl.domain.events import Outcome
from automl.domain.job import ProfileJob
from automl.domain.project import RunStatus
from automl.domain.run_state import RunState
from desktop.jobs.job_process import JobProcess
from desktop.jobs.job_queue import JobQueue
from tests import scripted_worker
from tests.scripted_worker import scripted

PATIENCE = 20_000


@pytest.fixture
def project(tmp_path: Path) -> Iterator[api.Project]:
    opened = api.create_project(tmp_path / "프로젝트 a")
    yield opened
    api.close(opened)


@pytest.fixture
def queue(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[JobQueue]:
    monkeypatch.setattr(api, "worker_command", scripted_worker.command)
    monkeypatch.setattr(api, "warm_worker_command", scripted_worker.warm_command)
    made = JobQueue()
    yield made
    made.close()
    made.deleteLater()


def wait_for_end(qtbot: QtBot, process: JobProcess) -> RunState:
    qtbot.waitUntil(lambda: process.over, timeout=PATIENCE)
    return process.state


def wait_for_trials(qtbot: QtBot, process: JobProcess) -> None:
    qtbot.waitUntil(lambda: bool(process.state.trials), timeout=PATIENCE)


@pytest.mark.parametrize("warm", [True, False])
def test_a_job_runs_to_its_end(qtbot: QtBot, queue: JobQueue, project: api.Project, warm: bool) -> None:
    if warm:
        queue.warm_up()
    states: list[RunState] = []
    process = queue.submit(project, scripted(project, "ends"))
    process.ended.connect(states.append)
    state = wait_for_end(qtbot, process)
    assert state.succeeded
    assert states == [state]
    assert api.run_state(project, process.job.job_id) == state
    assert queue.running is None


def test_jobs_wait_in_order_and_state_comes_at_most_five_times_a_second(
    qtbot: QtBot, queue: JobQueue, project: api.Project
) -> None:
    first = queue.submit(project, scripted(project, "trials"))
    second = queue.submit(project, scripted(project, "ends"))
    heard: list[RunState] = []
    first.state_changed.connect(heard.append)
    assert second.waiting
    assert queue.waiting == (second,)
    wait_for_trials(qtbot, first)
    qtbot.waitUntil(lambda: len(heard) >= 3, timeout=PATIENCE)
    assert len(heard[-1].trials) > len(heard)
    first.finish_now()
    assert wait_for_end(qtbot, first).succeeded
    assert wait_for_end(qtbot, second).succeeded


def test_cancel_keeps_what_is_finished(qtbot: QtBot, queue: JobQueue, project: api.Project) -> None:
    process = queue.submit(project, scripted(project, "trials"))
    wait_for_trials(qtbot, process)
    process.cancel()
    assert process.canceling
    state = wait_for_end(qtbot, process)
    assert state.finished is not None
    assert state.finished.outcome is Outcome.CANCELED
    assert state.finished.kept_trials == api.runs(project)[0].trials > 0


def test_a_waiting_job_can_be_canceled(qtbot: QtBot, queue: JobQueue, project: api.Project) -> None:
    first = queue.submit(project, scripted(project, "trials"))
    second = queue.submit(project, scripted(project, "ends"))
    second.cancel()
    assert second.over
    assert queue.waiting == ()
    first.cancel()
    wait_for_end(qtbot, first)
    assert [run.status for run in api.runs(project)] == [RunStatus.CANCELED, RunStatus.CANCELED]


def test_a_newer_profile_replaces_older_ones(qtbot: QtBot, queue: JobQueue, project: api.Project) -> None:
    running = queue.submit(project, scripted(project, "trials"))
    profiles = [
        queue.submit(project, ProfileJob(job_id=api.new_job_id(), project=str(project.folder), version=1, steps=()))
        for _ in range(3)
    ]
    assert [profile.over for profile in profiles] == [True, True, False]
    assert queue.waiting == (profiles[-1],)
    profiles[-1].cancel()
    running.cancel()
    wait_for_end(qtbot, running)


def test_a_crash_is_told_and_leaves_no_child_and_the_next_job_runs(
    qtbot: QtBot, queue: JobQueue, project: api.Project
) -> None:
    process = queue.submit(project, scripted(project, "aborts"))
    following = queue.submit(project, scripted(project, "ends"))
    state = wait_for_end(qtbot, process)
    assert state.crashed
    assert state.issues[-1].code == "fault.worker_crashed"
    child = int((process.run_folder / "child").read_text())
    qtbot.waitUntil(lambda: not psutil.pid_exists(child), timeout=PATIENCE)
    assert wait_for_end(qtbot, following).succeeded


def test_closing_stops_everything_and_keeps_what_is_finished(
    qtbot: QtBot, queue: JobQueue, project: api.Project
) -> None:
    queue.warm_up()
    process = queue.submit(project, scripted(project, "trials"))
    waiting = queue.submit(project, scripted(project, "ends"))
    wait_for_trials(qtbot, process)
    queue.close()
    assert process.over
    assert waiting.over
    assert process.state.finished is not None
    assert not psutil.Process().children(recursive=True)


def test_pause_is_remembered(qtbot: QtBot, queue: JobQueue, project: api.Project) -> None:
    process = queue.submit(project, scripted(project, "trials"))
    wait_for_trials(qtbot, process)
    process.pause()
    assert process.paused
    process.resume()
    assert not process.paused
    process.cancel()
    wait_for_end(qtbot, process)
