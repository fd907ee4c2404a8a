"""Suggestions while images are being labelled: one worker beside the queue that learns again whenever labels have come."""

from PySide6.QtCore import QObject, QTimer, Signal

from automl import api
from automl.domain.issues import Refusal
from automl.domain.job import SuggestJob
from automl.domain.labels import Suggestions
from automl.domain.run_state import RunState
from desktop.jobs.job_process import JobProcess

ARTIFACT = "suggestions"
_QUIET_MILLISECONDS = 1_000
_MANY_LABELS = 8
_CLOSE_MILLISECONDS = 500


class SuggestionService(QObject):
    """Starts, tells and stops the worker of one dataset version. `changed` is sent with progress, `suggested` with answers.

    Everything works without it: what it said last stays until it says more, and a worker that is gone costs no label.
    """

    changed = Signal()
    suggested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: api.Project | None = None
        self._version = 0
        self._process: JobProcess | None = None
        self._suggestions: Suggestions | None = None
        self._heard = 0
        self._unlearned = 0
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MILLISECONDS)
        self._quiet.timeout.connect(self._refit)

    @property
    def suggestions(self) -> Suggestions | None:
        """What was said last, None before the first answer."""
        return self._suggestions

    @property
    def state(self) -> RunState:
        """The worker as its events tell it."""
        return self._process.state if self._process is not None else RunState()

    @property
    def running(self) -> bool:
        """Whether the worker is there."""
        return self._process is not None and not self._process.over

    @property
    def failed(self) -> bool:
        """Whether the worker ended although nobody asked it to."""
        return self._process is not None and self._process.over and not self.state.succeeded

    def start(self, project: api.Project, version: int) -> None:
        """Have a worker for this version; one that is there stays. A project that is only read gets none."""
        same = self._project is project and self._version == version
        if same and (self.running or self.failed):
            return
        self.close()
        self._project, self._version = project, version
        self._suggestions = _last_of(project, version)
        if not project.read_only:
            self._begin(project, version)
        self.suggested.emit()

    def start_again(self) -> None:
        """Try once more after the worker failed."""
        if self._project is not None and self.failed:
            self._begin(self._project, self._version)

    def labels_changed(self, count: int) -> None:
        """Learn again soon: after a second of quiet, at once after many labels."""
        if not self.running:
            return
        self._unlearned += count
        if self._unlearned >= _MANY_LABELS:
            self._refit()
        else:
            self._quiet.start()

    def close(self) -> None:
        """End the worker, because its project closes or another version is in use."""
        self._quiet.stop()
        if self._process is not None:
            self._process.blockSignals(True)
            self._process.close(_CLOSE_MILLISECONDS)
            self._process.deleteLater()
        self._process, self._project = None, None
        self._suggestions, self._heard, self._unlearned = None, 0, 0

    def _begin(self, project: api.Project, version: int) -> None:
        job = SuggestJob(job_id=api.new_job_id(), project=str(project.folder), version=version)
        try:
            run_folder = api.submit(project, job)
        except Refusal:
            # Nothing can be written here, which every label will say; suggestions are an extra.
            return
        self._heard = 0
        self._process = JobProcess(project, job, run_folder, self)
        self._process.state_changed.connect(self._listen)
        self._process.ended.connect(self._listen)
        self._process.start()

    def _refit(self) -> None:
        self._quiet.stop()
        self._unlearned = 0
        if self._process is not None and self.running:
            self._process.refit()

    def _listen(self, state: RunState) -> None:
        answers = sum(1 for artifact in state.artifacts if artifact.kind == ARTIFACT)
        if answers > self._heard and self._project is not None and self._process is not None:
            self._heard = answers
            self._suggestions = api.suggestions(self._project, self._process.job.job_id) or self._suggestions
            self.suggested.emit()
        self.changed.emit()


def _last_of(project: api.Project, version: int) -> Suggestions | None:
    """What an earlier worker said about the same version, until the new one is ready."""
    for run in api.runs(project, "suggest"):
        job = api.job_of(project, run.run_id)
        if isinstance(job, SuggestJob) and job.version == version:
            found = api.suggestions(project, run.run_id)
            if found is not None:
                return found
    return None
