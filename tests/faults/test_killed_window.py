"""A window that is killed at any moment: its workers leave, nothing it showed is lost, the project opens again."""

import random
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from automl import api
from automl.domain.project import RunStatus

KILLS = 20
MOST_REPORTS = 4
PATIENCE = 20


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_window_loses_no_trial_it_showed(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "프로젝트"
    api.close(api.create_project(folder))
    (tmp_path / "trials").touch()
    monkeypatch.chdir(tmp_path)
    window = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.window_at_work", str(folder)],
        env=api.worker_environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    with window:
        assert window.stdout is not None
        wanted = random.Random(seed).randint(1, MOST_REPORTS)
        shown = max(int(line) for line, _ in zip(window.stdout, range(wanted), strict=False))
        workers = psutil.Process(window.pid).children(recursive=True)
        window.kill()
    _, alive = psutil.wait_procs(workers, timeout=PATIENCE)
    assert not alive

    project = api.open_project(folder)
    assert not project.read_only
    (run,) = api.runs(project)
    assert run.status in (RunStatus.CANCELED, RunStatus.STOPPED)
    assert run.trials >= shown
    assert len(api.run_state(project, run.run_id).trials) >= shown
    api.close(project)
