"""One job on its way: bytes of its worker become events, events become the state, the state becomes signals."""

from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from automl import api
from automl.domain.events import Event
from automl.domain.job import Job
from automl.domain.run_state import RunState, fold
from desktop.jobs import worker_process

_REDRAW_MILLISECONDS = 200
_GRACE_MILLISECONDS = 5_000


class JobProcess(QObject):
    """A submitted job. `state_changed` comes at most five times a second, `ended` once; both carry the RunState."""

    state_changed = Signal(object)
    ended = Signal(object)

    def __init__(self, project: api.Project | None, job: Job, run_folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.job = job
        self.run_folder = run_folder
        self._project = project
        self._state = RunState(job_id=job.job_id)
        self._decoder = api.EventDecoder()
        self._process: QProcess | None = None
        self._number = 0
        self._paused = False
        self._canceled = False
        self._over = False
        self._redraw = QTimer(self, singleShot=True, interval=_REDRAW_MILLISECONDS)
        self._redraw.timeout.connect(self._tell)
        self._grace = QTimer(self, singleShot=True, interval=_GRACE_MILLISECONDS)
        self._grace.timeout.connect(self._end_hard)

    @property
    def state(self) -> RunState:
        """The job as its events tell it so far."""
        return self._state

    @property
    def waiting(self) -> bool:
        """Whether the job stands in line."""
        return self._process is None and not self._over

    @property
    def paused(self) -> bool:
        """Whether the job was asked to stand still."""
        return self._paused

    @property
    def canceling(self) -> bool:
        """Whether the job was asked to stop and has not stopped yet."""
        return self._canceled and not self._over

    @property
    def over(self) -> bool:
        """Whether the job has ended."""
        return self._over

    def start(self, warm: QProcess | None = None) -> None:
        """Hand the job to a worker that waits, or to a new one."""
        if warm is not None:
            warm.setParent(self)
            worker_process.say(warm, str(self.run_folder))
        self._process = warm or worker_process.cold_worker(self.run_folder, self)
        self._number = self._process.processId()
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed_to_start)
        self._read()
        if warm is not None and warm.state() is QProcess.ProcessState.NotRunning:
            self._finished()

    def cancel(self) -> None:
        """Stop; what is finished is kept. The worker is ended with force when it does not stop in five seconds."""
        if self._over or self._canceled:
            return
        self._canceled = True
        if self._process is None:
            self._end(0)
            return
        worker_process.say(self._process, "cancel")
        self._grace.start()
        self._tell_soon()

    def finish_now(self) -> None:
        """Go on to the end with the best so far."""
        self._say("finish")
        self._paused = False

    def pause(self) -> None:
        """Stand still until `resume`."""
        self._say("pause")
        self._paused = True
        self._tell_soon()

    def resume(self) -> None:
        """Go on after a pause."""
        self._say("resume")
        self._paused = False
        self._tell_soon()

    def refit(self) -> None:
        """Learn from the labels as they are now; only a job that suggests classes of images listens."""
        self._say("refit")

    def close(self, wait_milliseconds: int) -> None:
        """Stop before the window closes: politely, then with force; returns when the worker is gone."""
        if self._over:
            return
        self.cancel()
        if self._process is not None and not self._process.waitForFinished(wait_milliseconds):
            self._end_hard()
            self._process.waitForFinished(wait_milliseconds)

    def _say(self, word: str) -> None:
        if self._process is not None and not self._over:
            worker_process.say(self._process, word)

    def _read(self) -> None:
        if self._process is not None:
            self._take(self._decoder.feed(bytes(self._process.readAllStandardOutput().data())))

    def _take(self, events: list[Event]) -> None:
        if events:
            self._state = fold(events, self._state)
            self._tell_soon()

    def _tell_soon(self) -> None:
        if not self._redraw.isActive():
            self._redraw.start()

    def _tell(self) -> None:
        self.state_changed.emit(self._state)

    def _end_hard(self) -> None:
        if self._process is not None:
            worker_process.end_hard(self._number)

    def _failed_to_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._finished()

    def _finished(self) -> None:
        if self._over or self._process is None:
            return
        self._read()
        code = worker_process.exit_code(self._process)
        # Children of the worker may outlive it after a crash; they hold memory and cores.
        self._end_hard()
        self._end(code)

    def _end(self, code: int) -> None:
        self._state = api.conclude(self._project, self.run_folder, self._state, code, canceled=self._canceled)
        self._over = True
        self._redraw.stop()
        self._grace.stop()
        self._tell()
        self.ended.emit(self._state)
