"""What a running job has at hand: its project, its folder, its voice (events) and its ear (stop, finish, pause)."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from automl.domain.events import Event, IssueRaised, JobFinished, JobProgress, JobStarted, Phase
from automl.domain.issues import Issue
from automl.domain.result import InWords
from automl.storage import clock
from automl.storage.project import Project

_PROGRESS_EVERY_SECONDS = 0.1


class Stopped(Exception):
    """The job was asked to stop. Let it pass; the worker reports the end."""


class EventSink:
    """Numbers, dates and hands on events; nothing comes before JobStarted or after JobFinished. Threads may share it."""

    def __init__(self, job_id: str, write: Callable[[bytes], None], kind: str = "") -> None:
        self._job_id = job_id
        self._write = write
        self._kind = kind
        self._begun = False
        self._ended = False
        self._guard = threading.Lock()
        self._next = 0
        self._last_progress: tuple[Phase, float] | None = None

    @property
    def begun(self) -> bool:
        """Whether JobStarted was written."""
        return self._begun

    def emit(self, event: Event) -> None:
        """Write one event as a line. Progress of a phase more often than ten times a second is dropped."""
        with self._guard:
            if self._ended or (isinstance(event, JobProgress) and self._too_soon(event)):
                return
            if not self._begun and not isinstance(event, JobStarted):
                self._write_line(JobStarted(kind=self._kind))
            self._begun = True
            self._ended = isinstance(event, JobFinished)
            self._write_line(event)

    def _write_line(self, event: Event) -> None:
        whole = msgspec.structs.replace(event, seq=self._next, time=clock.now(), job_id=self._job_id)
        self._next += 1
        self._write(msgspec.json.encode(whole) + b"\n")

    def _too_soon(self, event: JobProgress) -> bool:
        moment = time.monotonic()
        complete = event.total is not None and event.done >= event.total
        if self._last_progress is not None and not complete:
            phase, before = self._last_progress
            if phase is event.phase and moment - before < _PROGRESS_EVERY_SECONDS:
                return True
        self._last_progress = (event.phase, moment)
        return False


class Controls:
    """The words of the front end: cancel, finish, pause, resume, refit. Set by the thread that listens, read by the job."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._cancel = False
        self._finish = False
        self._refit = False
        self._paused_since: float | None = None
        self._paused_before = 0.0

    def hear(self, word: str) -> None:
        """Take a word; unknown ones are ignored."""
        with self._changed:
            if word == "cancel":
                self._cancel = True
            elif word == "finish":
                self._finish = True
            elif word == "refit":
                self._refit = True
            elif word == "pause" and self._paused_since is None:
                self._paused_since = time.monotonic()
            if word in ("resume", "finish", "cancel") and self._paused_since is not None:
                self._paused_before += time.monotonic() - self._paused_since
                self._paused_since = None
            self._changed.notify_all()

    @property
    def cancel_requested(self) -> bool:
        """Whether the job is to stop."""
        return self._cancel

    @property
    def finish_requested(self) -> bool:
        """Whether the job is to end well with what it has."""
        return self._finish

    @property
    def paused_seconds(self) -> float:
        """How long the job has stood still altogether."""
        with self._changed:
            running = 0.0 if self._paused_since is None else time.monotonic() - self._paused_since
            return self._paused_before + running

    def wait_while_paused(self) -> None:
        """Return at once, or when the pause ends."""
        with self._changed:
            self._changed.wait_for(lambda: self._paused_since is None)

    def wait_for_refit(self) -> bool:
        """Return True when labels are to be learned again, False when the job is to end; what was heard before counts."""
        with self._changed:
            self._changed.wait_for(lambda: self._refit or self._finish or self._cancel)
            wanted = self._refit and not (self._finish or self._cancel)
            self._refit = False
            return wanted


class JobContext:
    """Given to every job as its second argument. All of it may be used from several threads."""

    def __init__(
        self,
        *,
        sink: EventSink,
        controls: Controls,
        run_folder: Path,
        project: Project | None,
        budget_seconds: float | None = None,
    ) -> None:
        self.run_folder = run_folder
        self._sink = sink
        self._controls = controls
        self._project = project
        self._budget = budget_seconds
        self._began = time.monotonic()

    @property
    def project(self) -> Project:
        """The project of the job. Raises RuntimeError for a job without one."""
        if self._project is None:
            raise RuntimeError("this job has no project")
        return self._project

    @property
    def has_project(self) -> bool:
        """Whether the job belongs to a project."""
        return self._project is not None

    @property
    def finish_requested(self) -> bool:
        """Whether a person wants the best so far, now."""
        return self._controls.finish_requested

    @property
    def deadline(self) -> float | None:
        """When the time budget ends, on the clock of `time.monotonic`; pauses move it. None without a budget."""
        return None if self._budget is None else self._began + self._budget + self._controls.paused_seconds

    @property
    def elapsed(self) -> float:
        """Seconds of work since the job began, pauses left out."""
        return time.monotonic() - self._began - self._controls.paused_seconds

    def emit(self, event: Event) -> None:
        """Write an event; its `v`, `seq`, `time` and `job_id` are filled in here."""
        self._sink.emit(event)

    def issue(self, issue: Issue) -> None:
        """Tell something a person should know; the job goes on."""
        self.emit(IssueRaised(issue=issue))

    def progress(
        self,
        phase: Phase,
        done: float,
        total: float | None = None,
        *,
        fraction: float | None = None,
        eta_seconds: tuple[float, float] | None = None,
        doing: InWords | None = None,
    ) -> None:
        """Tell how far a phase is; call it as often as you like."""
        self.emit(
            JobProgress(phase=phase, done=done, total=total, fraction=fraction, eta_seconds=eta_seconds, doing=doing)
        )

    def check_stop(self) -> None:
        """Wait while paused; raise `Stopped` when the job was canceled. Call it often, at least once a second."""
        self._controls.wait_while_paused()
        if self._controls.cancel_requested:
            raise Stopped

    def wait_for_refit(self) -> bool:
        """Wait until labels are to be learned again. False when a person wants the job to end."""
        return self._controls.wait_for_refit()

    def cancelled(self) -> bool:
        """Whether the job was canceled, for loops that end by themselves."""
        return self._controls.cancel_requested
