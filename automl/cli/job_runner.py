"""Carries a job out in a worker process while the terminal watches. Ctrl C once asks it to stop, twice ends it."""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from automl import api
from automl.cli.console import CANCELED, FAULT, Console
from automl.cli.progress import Progress, exit_code, progress_for
from automl.computer import processes
from automl.domain.job import Job
from automl.domain.run_state import RunState, fold
from automl.storage.run_folder import RunFolder

_CHUNK = 1 << 16
_GRACE_SECONDS = 5.0


def run_job(
    project: api.Project | None, job: Job, console: Console, *, as_json: bool = False, says_findings: bool = True
) -> RunState:
    """Carry a job out to its end, say its issues and return its state; findings may be left to who asked."""
    progress = progress_for(console, as_json=as_json, says_findings=says_findings)
    return _run(project, api.submit(project, job), console, progress)


@contextlib.contextmanager
def run_alone(job: Job, console: Console, *, as_json: bool = False) -> Iterator[RunState]:
    """Carry out a job without a project; what it wrote into its run folder is there until the block ends.

    After a fault the folder stays: its log says more than the message.
    """
    run_folder = api.submit(None, job)
    state = _run(None, run_folder, console, progress_for(console, as_json=as_json))
    yield state
    if exit_code(state) != FAULT:
        api.discard(run_folder)


def _run(project: api.Project | None, run_folder: Path, console: Console, progress: Progress) -> RunState:
    with _Worker(run_folder) as worker, _interrupts(worker, console):
        state = _follow(worker, progress)
        code = worker.wait()
    state = api.conclude(project, run_folder, state, code, canceled=worker.canceled)
    final = state.finished.issues if state.finished else state.issues[-1:]
    console.issues(final)
    return state


def ended(state: RunState, console: Console) -> int:
    """Return the exit code for a job, saying that it was canceled when it was."""
    code = exit_code(state)
    if code == CANCELED:
        kept = state.finished.kept_trials if state.finished else 0
        console.problem(console.words.text("cli.canceled" if kept else "cli.canceled_between", count=kept))
    return code


def _follow(worker: "_Worker", progress: Progress) -> RunState:
    state, decoder = RunState(), api.EventDecoder()
    while received := worker.read():
        events = decoder.feed(received)
        state = fold(events, state)
        progress.show(state, events)
    progress.end()
    return state


class _Worker:
    """The worker process of one job."""

    def __init__(self, run_folder: Path) -> None:
        self.canceled = False
        with RunFolder(run_folder).log_path.open("ab") as log:
            self._process = subprocess.Popen(
                api.worker_command(run_folder),
                env=api.worker_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        self._grace = threading.Timer(_GRACE_SECONDS, self.end_hard)
        self._grace.daemon = True

    def __enter__(self) -> "_Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self._grace.cancel()
        # Children of the worker may outlive it after a crash; they hold memory and cores.
        self.end_hard()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def read(self) -> bytes:
        """Wait for output and return it; empty at the end."""
        return b"" if self._process.stdout is None else os.read(self._process.stdout.fileno(), _CHUNK)

    def wait(self) -> int:
        """Return the exit code, negative for a signal."""
        return self._process.wait()

    def cancel(self) -> None:
        """Ask the worker to stop, and end it when it does not within five seconds."""
        self.canceled = True
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                os.write(self._process.stdin.fileno(), b"cancel\n")
        self._grace.start()

    def end_hard(self) -> None:
        """End the worker and everything it started."""
        processes.end_group(self._process.pid)


@contextlib.contextmanager
def _interrupts(worker: _Worker, console: Console) -> Iterator[None]:
    def interrupted(_number: int, _frame: FrameType | None) -> None:
        if worker.canceled:
            worker.end_hard()
            return
        worker.cancel()
        console.problem("\n" + console.words.text("cli.stopping"))

    before = {number: signal.signal(number, interrupted) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
