"""The worker process keeps its word: one stream, one end, whatever its job does."""

import itertools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from automl import api
from automl.domain.events import Event, JobFinished, JobProgress, JobStarted, Outcome, ResourceSampled, TrialFinished
from automl.domain.project import RunStatus
from automl.domain.run_state import RunState, fold
from tests.scripted_jobs import MANY
from tests.scripted_worker import ScriptedWorker, scripted


@pytest.fixture
def project(tmp_path: Path) -> Iterator[api.Project]:
    opened = api.create_project(tmp_path / "프로젝트 a")
    yield opened
    api.close(opened)


def carried_out(project: api.Project, script: str) -> tuple[list[Event], Path, str]:
    job = scripted(project, script)
    folder = api.submit(project, job)
    with ScriptedWorker(folder) as worker:
        events = list(worker.events())
        assert worker.process.wait() == 0
    return events, folder, job.job_id


def last_of(events: list[Event]) -> JobFinished:
    assert isinstance(events[0], JobStarted)
    assert [event.seq for event in events] == list(range(len(events)))
    assert sum(isinstance(event, JobFinished) for event in events) == 1
    last = events[-1]
    assert isinstance(last, JobFinished)
    return last


def test_a_job_that_ends_well_says_so_everywhere(project: api.Project) -> None:
    events, _, run_id = carried_out(project, "ends")
    assert last_of(events).outcome is Outcome.COMPLETED
    assert api.runs(project)[0].status is RunStatus.COMPLETED
    assert api.run_state(project, run_id) == fold(events)


def test_what_libraries_print_goes_to_the_log(project: api.Project) -> None:
    events, folder, _ = carried_out(project, "prints")
    assert last_of(events).outcome is Outcome.COMPLETED
    log = api.log_tail(folder)
    for line in ("a library says hello", "so does its C part", "and its child"):
        assert line in log


@pytest.mark.parametrize(
    ("script", "code"),
    [("refuses", "data.no_rows"), ("fails", "fault.unexpected"), ("runs out of memory", "fault.memory")],
)
def test_a_job_that_fails_says_why(project: api.Project, script: str, code: str) -> None:
    events, folder, _ = carried_out(project, script)
    last = last_of(events)
    assert (last.outcome, [issue.code for issue in last.issues]) == (Outcome.FAILED, [code])
    assert api.runs(project)[0].status is RunStatus.FAILED
    assert ("Traceback" in api.log_tail(folder)) == code.startswith("fault.")


def test_progress_is_thinned_at_its_source(project: api.Project) -> None:
    events, _, _ = carried_out(project, "floods")
    progress = [event for event in events if isinstance(event, JobProgress)]
    assert len(progress) < MANY / 100
    assert progress[-1].done == MANY


@pytest.mark.parametrize("how", ["cancel", "closed input", "finish"])
def test_a_job_stops_when_it_is_told_or_left_alone_and_keeps_what_it_finished(project: api.Project, how: str) -> None:
    job = scripted(project, "trials")
    with ScriptedWorker(api.submit(project, job)) as worker:
        events = worker.events()
        seen = list(itertools.islice((event for event in events if isinstance(event, TrialFinished)), 5))
        if how == "closed input":
            worker.hang_up()
        else:
            worker.say(how)
        *_, last = events
    assert isinstance(last, JobFinished)
    assert last.outcome is (Outcome.COMPLETED if how == "finish" else Outcome.CANCELED)
    assert last.kept_trials == len(project.runs.trials(job.job_id)) >= len(seen)


def test_a_paused_job_stands_still_until_it_may_go_on(project: api.Project) -> None:
    job = scripted(project, "trials")
    with ScriptedWorker(api.submit(project, job)) as worker:
        events = worker.events()
        next(event for event in events if isinstance(event, TrialFinished))
        worker.say("pause")
        # A sample comes every second; a job at work tells hundreds of trials between two of them.
        next(event for event in events if isinstance(event, ResourceSampled))
        between = list(itertools.takewhile(lambda event: not isinstance(event, ResourceSampled), events))
        assert not between
        worker.say("resume")
        next(event for event in events if isinstance(event, TrialFinished))
        worker.say("cancel")
        *_, last = events
    assert isinstance(last, JobFinished)


def test_a_job_that_hears_nothing_is_ended_and_the_stream_completed(project: api.Project) -> None:
    with ScriptedWorker(api.submit(project, scripted(project, "hears nothing"))) as worker:
        events = worker.events()
        next(event for event in events if isinstance(event, JobProgress))
        worker.say("cancel")
        *_, last = events
        assert worker.process.wait() != 0
    assert isinstance(last, JobFinished)
    assert last.outcome is Outcome.CANCELED
    folder = project.folder
    api.close(project)
    project = api.open_project(folder)
    assert api.runs(project)[0].status is RunStatus.CANCELED
    api.close(project)


def test_a_crash_is_told_with_the_last_lines_of_the_log(project: api.Project) -> None:
    folder = api.submit(project, scripted(project, "aborts"))
    with ScriptedWorker(folder) as worker:
        state = fold(worker.events())
        code = worker.process.wait()
    assert state.finished is None
    state = api.conclude(project, folder, state, code, canceled=False)
    assert state.crashed
    assert state.issues[-1].code == "fault.worker_crashed"
    assert "the last line of the log" in str(state.issues[-1].parameters["log"])
    assert api.runs(project)[0].status is RunStatus.STOPPED
    again = api.run_state(project, state.job_id)
    assert again.crashed
    assert again.issues == state.issues


def test_a_worker_ended_by_force_after_cancel_counts_as_canceled(project: api.Project) -> None:
    job = scripted(project, "hears nothing")
    folder = api.submit(project, job)
    state = api.conclude(project, folder, RunState(), -9, canceled=True)
    assert state.finished is not None
    assert state.finished.outcome is Outcome.CANCELED
    assert api.runs(project)[0].status is RunStatus.CANCELED
    finished = api.run_state(project, job.job_id).finished
    assert finished is not None
    assert finished.outcome is Outcome.CANCELED


def test_a_worker_without_a_folder_explains_itself() -> None:
    wrong = subprocess.run(
        [sys.executable, "-m", "automl.worker"], env=api.worker_environment(), capture_output=True, check=False
    )
    assert wrong.returncode == 2
    assert b"automl.worker RUN_FOLDER" in wrong.stderr
    assert wrong.stdout == b""


def test_a_warm_worker_that_is_not_needed_leaves_quietly() -> None:
    left = subprocess.run(
        [sys.executable, "-m", "tests.scripted_worker", "--warm"],
        env=api.worker_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert (left.returncode, left.stdout) == (0, b"")
