"""A job in a terminal: its end decides the exit code, Ctrl C once is polite and twice is not."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from automl import api
from automl.cli.console import Console
from automl.cli.job_runner import ended, run_job
from automl.cli.words import Words
from automl.domain.language import Language
from automl.domain.project import RunStatus
from tests import scripted_worker
from tests.scripted_worker import scripted


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[api.Project]:
    monkeypatch.setattr(api, "worker_command", scripted_worker.command)
    opened = api.create_project(tmp_path / "p")
    yield opened
    api.close(opened)


@pytest.fixture
def pressing_ctrl_c() -> Iterator[None]:
    """Press Ctrl C after a moment, and again and again."""
    former = signal.signal(signal.SIGALRM, lambda _number, _frame: os.kill(os.getpid(), signal.SIGINT))
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, former)


def carried_out(project: api.Project, script: str) -> int:
    console = Console(Words(Language.ENGLISH))
    return ended(run_job(project, scripted(project, script), console), console)


@pytest.mark.parametrize(
    ("script", "code", "said"),
    [
        ("ends", 0, ""),
        ("refuses", 2, ""),
        ("fails", 1, "Error"),
        ("runs out of memory", 1, "memory"),
        ("aborts", 1, "unexpectedly"),
    ],
)
def test_the_end_of_a_job_decides_the_exit_code(
    project: api.Project, script: str, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert carried_out(project, script) == code
    output = capsys.readouterr()
    assert said in output.err
    assert "Traceback" not in output.err + output.out
    assert not psutil.Process().children(recursive=True)


@pytest.mark.usefixtures("pressing_ctrl_c")
@pytest.mark.parametrize(("script", "again"), [("trials", 0.0), ("hears nothing", 0.0), ("hears nothing", 0.2)])
def test_ctrl_c_ends_any_job_as_canceled(
    project: api.Project, script: str, again: float, capsys: pytest.CaptureFixture[str]
) -> None:
    signal.setitimer(signal.ITIMER_REAL, 1.0, again)
    assert carried_out(project, script) == 3
    signal.setitimer(signal.ITIMER_REAL, 0)
    said = capsys.readouterr().err
    assert "Stopping" in said
    assert "0 finished" not in said
    assert api.runs(project)[0].status is RunStatus.CANCELED
