"""One job at a time; others wait in order. A worker that has loaded its libraries stands ready for the next."""

from PySide6.QtCore import QObject, QProcess, Signal

from automl import api
from automl.domain.job import Job, ProfileJob
from desktop.jobs import worker_process
from desktop.jobs.job_process import JobProcess

_WAIT_MILLISECONDS = 1_500


class JobQueue(QObject):
    """Starts jobs in the order they come. `changed` is sent when one starts, ends or joins the line."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: JobProcess | None = None
        self._line: list[JobProcess] = []
        self._warm: QProcess | None = None
        self._keeps_warm = False
        self._closed = False

    @property
    def running(self) -> JobProcess | None:
        """The job at work, None when there is none."""
        return self._running

    @property
    def waiting(self) -> tuple[JobProcess, ...]:
        """The jobs in line, next first."""
        return tuple(self._line)

    def warm_up(self) -> None:
        """Keep a worker ready from now on, so that the next job begins at once."""
        self._keeps_warm = True
        self._prepare()

    def submit(self, project: api.Project | None, job: Job) -> JobProcess:
        """Write the job down and start it as soon as no other is at work. Raises Refusal when it cannot be written."""
        if self._closed:
            raise RuntimeError("the queue is closed")
        run_folder = api.submit(project, job)
        process = JobProcess(project, job, run_folder, self)
        if isinstance(job, ProfileJob):
            self._drop_older_profiles()
        self._line.append(process)
        process.ended.connect(lambda _state: self._leave(process))
        self._start_next()
        return process

    def close(self) -> None:
        """Stop all jobs and workers; returns when they are gone. Finished trials are kept."""
        self._closed = True
        self._keeps_warm = False
        for process in (*reversed(self._line), *([self._running] if self._running else [])):
            process.close(_WAIT_MILLISECONDS)
        if self._warm is not None:
            worker_process.end_hard(self._warm.processId())
            self._warm.waitForFinished(_WAIT_MILLISECONDS)
            self._warm = None

    def _drop_older_profiles(self) -> None:
        older = [one for one in (*self._line, self._running) if one is not None and isinstance(one.job, ProfileJob)]
        for process in older:
            process.cancel()

    def _start_next(self) -> None:
        if self._running is None and self._line and not self._closed:
            self._running = self._line.pop(0)
            self._running.start(self._take_warm())
        self.changed.emit()

    def _leave(self, process: JobProcess) -> None:
        if process is self._running:
            self._running = None
        if process in self._line:
            self._line.remove(process)
        self._start_next()
        if self._running is None:
            self._prepare()

    def _prepare(self) -> None:
        if self._keeps_warm and self._warm is None:
            self._warm = worker_process.warm_worker(self)

    def _take_warm(self) -> QProcess | None:
        warm, self._warm = self._warm, None
        if warm is not None and warm.state() is QProcess.ProcessState.NotRunning:
            warm.deleteLater()
            return None
        return warm
