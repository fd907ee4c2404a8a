"""The process that carries out one job: ``python -m automl.worker RUN_FOLDER``, or ``--warm`` and the folder on stdin.

Standard output belongs to events. Standard input carries the words cancel, finish, pause, resume and refit, one a line; when it
closes, whoever started the job is gone and the job stops. Everything else that is printed goes to worker.log.
"""

import contextlib
import errno
import faulthandler
import hashlib
import importlib
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from automl.computer import processes
from automl.computer.facts import usable_cores
from automl.domain.events import JobFinished, Outcome
from automl.domain.issues import Issue, Refusal
from automl.domain.job import Job, TrainJob
from automl.domain.project import RunStatus
from automl.jobs.context import Controls, EventSink, JobContext, Stopped
from automl.jobs.sampler import ResourceSampler
from automl.storage.project import Access, Project
from automl.storage.run_folder import RunFolder

_logger = logging.getLogger(__name__)

# Looked up by name, so that a job loads only what it needs.
_MODULES = {
    "import": "automl.jobs.import_data",
    "profile": "automl.jobs.profile_data",
    "suggest": "automl.jobs.suggest",
    "variations": "automl.jobs.variations",
    "import_weights": "automl.jobs.import_weights",
    "train": "automl.jobs.train",
    "export": "automl.jobs.export",
    "predict": "automl.jobs.predict",
    "verify": "automl.jobs.verify",
}
_WARM_MODULES = ("numpy", "pandas", "sklearn.ensemble", "sklearn.linear_model", "lightgbm", "duckdb", "onnxruntime")
_THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
_GRACE_SECONDS = 4.0
_LAST_WORD_SECONDS = 1.0
_STATUS = {
    Outcome.COMPLETED: RunStatus.COMPLETED,
    Outcome.FAILED: RunStatus.FAILED,
    Outcome.CANCELED: RunStatus.CANCELED,
}


def main(
    argv: Sequence[str] | None = None,
    modules: Mapping[str, str] = _MODULES,
    warm_modules: Sequence[str] = _WARM_MODULES,
    grace_seconds: float = _GRACE_SECONDS,
) -> int:
    """Carry out the job of a run folder. Returns 0 when the stream ended with JobFinished, whatever the outcome.

    `modules` names the module that runs each kind of job, `warm_modules` what a warm worker loads before it is told its
    job; a job that does not hear is ended after `grace_seconds`.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    events = _claim_stdout()
    _limit_threads()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    commands = _Commands()
    if words == ["--warm"]:
        _warm_up(warm_modules)
        folder = commands.next()
        if not folder:
            return 0
    elif len(words) == 1:
        folder = words[0]
    else:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    return _carry_out(Path(folder), events, _Listener(commands, grace_seconds), modules)


def _carry_out(run_folder: Path, events: int, listener: "_Listener", modules: Mapping[str, str]) -> int:
    folder = RunFolder(run_folder)
    _log_to(folder.log_path)
    job = folder.job()
    kind = str(type(job).__struct_config__.tag)
    controls = Controls()
    signal.signal(signal.SIGTERM, lambda _number, _frame: controls.hear("cancel"))
    with folder.events_path.open("ab", buffering=0) as transcript:
        sink = EventSink(job.job_id, _Writer(transcript, events).write, kind)
        listener.start(controls, sink)
        sampler = ResourceSampler(sink)
        sampler.start()
        last = _outcome(job, modules[kind], run_folder, sink, controls)
        sampler.stop()
        sink.emit(last)
    return 0


def _outcome(job: Job, module: str, run_folder: Path, sink: EventSink, controls: Controls) -> JobFinished:
    """Run the job and say how it ended. This is the one boundary of the worker where any fault is caught."""
    project: Project | None = None
    issues: tuple[Issue, ...] = ()
    try:
        if job.project:
            project = Project.open(Path(job.project), Access.WORKER)
            project.runs.begin(job.job_id, *processes.myself())
        budget = job.goal.budget_seconds if isinstance(job, TrainJob) else None
        context = JobContext(
            sink=sink, controls=controls, run_folder=run_folder, project=project, budget_seconds=budget
        )
        context.check_stop()
        importlib.import_module(module).run(job, context)
        outcome = Outcome.COMPLETED
    except Stopped:
        outcome = Outcome.CANCELED
    except Refusal as refusal:
        outcome, issues = Outcome.FAILED, refusal.issues
    except Exception as error:
        _logger.exception("the job failed")
        outcome, issues = Outcome.FAILED, (_fault(error),)
    return _ended(project, job.job_id, JobFinished(outcome=outcome, issues=issues))


def _ended(project: Project | None, run_id: str, last: JobFinished) -> JobFinished:
    """Write the end into the project and count what is kept. A disk that is full by now does not hide the end."""
    if project is None:
        return last
    try:
        with project:
            kept = len(project.runs.trials(run_id))
            project.runs.end(run_id, _STATUS[last.outcome])
        return msgspec.structs.replace(last, kept_trials=kept)
    except Refusal as refusal:
        return msgspec.structs.replace(last, issues=(*last.issues, *refusal.issues))


def _fault(error: Exception) -> Issue:
    if isinstance(error, MemoryError):
        return Issue("fault.memory")
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return Issue("storage.disk_full", parameters={"path": str(error.filename or "")})
    where = "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__
    code = hashlib.sha256(where.encode()).hexdigest()[:8].upper()
    return Issue("fault.unexpected", parameters={"error_code": code, "kind": type(error).__name__})


class _Commands:
    """Lines of standard input. Read from the descriptor itself: a buffer would be locked when the process ends."""

    def __init__(self) -> None:
        self._rest = b""

    def next(self) -> str:
        """Wait for the next line and return it; empty when the input is closed."""
        while b"\n" not in self._rest:
            received = os.read(0, 4096)
            if not received:
                return ""
            self._rest += received
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode("utf-8").strip()


class _Listener:
    """Hands words to the job, and ends a job that was canceled and does not stop."""

    def __init__(self, commands: _Commands, grace_seconds: float) -> None:
        self._commands = commands
        self._grace_seconds = grace_seconds

    def start(self, controls: Controls, sink: EventSink) -> None:
        """Listen from now on."""
        threading.Thread(target=self._listen, args=(controls, sink), name="commands", daemon=True).start()

    def _listen(self, controls: Controls, sink: EventSink) -> None:
        while word := self._commands.next():
            controls.hear(word)
            if word == "cancel":
                break
        controls.hear("cancel")
        watchdog = threading.Timer(self._grace_seconds, _leave, args=(sink,))
        watchdog.daemon = True
        watchdog.start()


def _leave(sink: EventSink) -> None:
    """End a job that does not hear, with everything it started. What it finished is already stored."""
    farewell = threading.Thread(target=sink.emit, args=(JobFinished(outcome=Outcome.CANCELED),), daemon=True)
    farewell.start()
    farewell.join(_LAST_WORD_SECONDS)
    if hasattr(os, "killpg") and os.getsid(0) == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(3)


class _Writer:
    """Writes lines to the transcript, then to the front end as long as it listens."""

    def __init__(self, transcript: BinaryIO, events: int) -> None:
        self._transcript = transcript
        self._events: int | None = events

    def write(self, line: bytes) -> None:
        """Write one line to both."""
        # A full disk must not stop a job that could still end well: the front end has the event all the same.
        with contextlib.suppress(OSError):
            self._transcript.write(line)
        rest = line
        while rest and self._events is not None:
            try:
                rest = rest[os.write(self._events, rest) :]
            except OSError:
                self._events = None


def _claim_stdout() -> int:
    """Keep standard output for events; what libraries print, C code included, goes to standard error."""
    events = os.dup(1)
    os.dup2(2, 1)
    return events


def _log_to(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)
    faulthandler.enable(2)
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(name)s %(levelname)s %(message)s")


def _limit_threads() -> None:
    """Tell OpenMP and BLAS how many cores there are before anything loads them; they would count those of others too."""
    for name in _THREAD_VARIABLES:
        os.environ.setdefault(name, str(usable_cores()))
    # Threads that wait for each other sleep instead of spinning: beside other programs that makes learning 10 times faster.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")


def _warm_up(modules: Sequence[str]) -> None:
    for name in modules:
        importlib.import_module(name)


if __name__ == "__main__":
    sys.exit(main())
