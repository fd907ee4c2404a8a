"""A worker that is killed at any moment loses nothing it told: twenty times, at moments drawn by a seed."""

import itertools
import random
import signal
from pathlib import Path

import pytest

from automl import api
from automl.domain.events import TrialFinished
from automl.domain.project import RunStatus
from automl.domain.run_state import fold
from tests.scripted_worker import ScriptedWorker, scripted

KILLS = 20
MOST_TRIALS = 60


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_worker_loses_no_trial_it_told(tmp_path: Path, seed: int) -> None:
    project = api.create_project(tmp_path / "project")
    job = scripted(project, "trials")
    folder = api.submit(project, job)
    with ScriptedWorker(folder) as worker:
        events = worker.events()
        wanted = random.Random(seed).randint(0, MOST_TRIALS)
        told = list(itertools.islice((event for event in events if isinstance(event, TrialFinished)), wanted))
        worker.process.send_signal(signal.SIGKILL)
        told += [event for event in events if isinstance(event, TrialFinished)]
        worker.process.wait()
    api.close(project)

    project = api.open_project(tmp_path / "project")
    stored = {trial.number: trial for trial in project.runs.trials(job.job_id)}
    assert {event.number for event in told} <= stored.keys()
    assert [project.objects.read_bytes(trial.oof) for trial in stored.values()] == [
        f"{job.job_id} {number}".encode() for number in stored
    ]
    (run,) = api.runs(project)
    assert (run.status, run.trials) == (RunStatus.STOPPED, len(stored))
    state = api.run_state(project, job.job_id)
    assert state.crashed
    assert len(state.trials) >= len(told)
    assert fold([], state) == state
    assert not list((tmp_path / "project").rglob("*.part"))
    api.close(project)
