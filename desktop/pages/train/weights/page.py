"""The page of weights: what networks the project can build on, and two ways to get more."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from automl import api
from automl.domain.issues import Issue, Severity
from automl.domain.job import ImportWeightsJob, Job
from automl.domain.run_state import RunState
from automl.domain.weights import WeightsRecord
from desktop.i18n import translate
from desktop.pages.issue_words import issue_detail, issue_next, issue_title
from desktop.pages.session import Session
from desktop.pages.train.weights.bring_card import BringCard
from desktop.pages.train.weights.download_card import DownloadCard
from desktop.pages.train.weights.list_card import ListCard
from desktop.widgets.card import scrolling
from desktop.widgets.note import Note
from desktop.widgets.page_frame import PageFrame
from desktop.widgets.progress import ProgressRow, ProgressState

_SIDE, _NARROW_SIDE = 344, 288
_EXTENSION = ".safetensors"
_TONES = {Severity.ACT: "bad", Severity.LOOK: "warn", Severity.INFO: "info"}


class WeightsPage(PageFrame):
    """Nothing is fetched before a person presses the button that says what comes from where."""

    def __init__(self, session: Session) -> None:
        super().__init__("weights.title", "weights.summary")
        self._session = session
        self._job: ImportWeightsJob | None = None
        self._told: Issue | None = None
        self.list = ListCard()
        self.bring = BringCard()
        self.download = DownloadCard()
        self._progress = ProgressRow()
        self._note = Note("ok")
        self._lay_out()
        self.list.remove_requested.connect(self._remove)
        self.bring.choose_requested.connect(self._choose)
        self.bring.files_dropped.connect(self._take_dropped)
        self.download.download_requested.connect(self._fetch)
        session.project_changed.connect(self._begin)
        session.jobs_changed.connect(self._follow)
        session.job_ended.connect(self._job_over)
        self._begin()

    def retranslate(self) -> None:
        """Say the last outcome and the progress again."""
        self._tell()
        self._follow()

    def set_narrow(self, narrow: bool) -> None:
        """Make the side narrower."""
        super().set_narrow(narrow)
        self._side.setFixedWidth(_NARROW_SIDE if narrow else _SIDE)
        for layout in self._gaps:
            layout.setSpacing(12 if narrow else 16)

    def import_file(self, path: Path) -> None:
        """Take a file of weights into the project."""
        self._start(path=str(path), licence=self.bring.licence.text().strip())

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self._note)
        left.addWidget(self._progress)
        left.addWidget(self.list, 1)
        side = QWidget()
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.bring)
        right.addWidget(self.download)
        right.addStretch(1)
        self._side = scrolling(side)
        self._side.setFixedWidth(_SIDE)
        row = QHBoxLayout()
        row.addLayout(left, 1)
        row.addWidget(self._side)
        self._gaps = (left, right, row)
        for layout in self._gaps:
            layout.setSpacing(16)
        self.body.addLayout(row, 1)

    def _begin(self) -> None:
        self._job, self._told = None, None
        self._show_weights()
        self._tell()
        self._follow()

    def _show_weights(self) -> None:
        project = self._session.project
        self.list.show_weights(api.weights(project) if project is not None else ())

    def _choose(self) -> None:
        title, pattern = translate("weights.bring.choose"), f"safetensors (*{_EXTENSION})"
        path, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), pattern)
        if path:
            self.import_file(Path(path))

    def _take_dropped(self, paths: list[str]) -> None:
        chosen = next((path for path in paths if path.lower().endswith(_EXTENSION)), "")
        if chosen:
            self.import_file(Path(chosen))
        else:
            self._session.notify("weights.bring.other", tone="warn", file=Path(paths[0]).name)

    def _fetch(self, name: str) -> None:
        self._start(download=name)

    def _start(self, *, path: str = "", download: str = "", licence: str = "") -> None:
        project = self._session.project
        if project is None or self._job is not None:
            return
        folder = str(project.folder)
        self._job = ImportWeightsJob(
            job_id=api.new_job_id(), project=folder, path=path, download=download, licence=licence
        )
        self._told = None
        if not self._session.start(self._job):
            self._job = None
        self._tell()
        self._follow()

    def _remove(self, record: WeightsRecord) -> None:
        if (project := self._session.project) is not None:
            api.remove_weights(project, record.sha256)
            self._session.notify("weights.removed", name=record.title)
            self._show_weights()

    def _follow(self) -> None:
        busy = self._job is not None
        self._progress.setVisible(busy)
        self.download.fetch.setEnabled(not busy)
        self.bring.setEnabled(not busy)
        if self._job is not None:
            words = "weights.fetching" if self._job.download else "weights.checking"
            self._progress.set(translate(words), "", ProgressState.UNKNOWN)

    def _job_over(self, job: Job, state: RunState) -> None:
        if job is not self._job:
            return
        self._job = None
        issues = state.finished.issues if state.finished is not None and not state.succeeded else state.issues
        self._told = issues[-1] if issues else None
        if state.succeeded:
            self.bring.licence.clear()
            self._session.notify("weights.done")
        elif self._told is None:
            self._session.notify("app.job.crashed", tone="bad", job=translate("app.job.import_weights"))
        self._show_weights()
        self._tell()
        self._follow()

    def _tell(self) -> None:
        """Say what stood in the way, or what to know about the weights that were taken in."""
        self._note.setVisible(self._told is not None)
        if self._told is not None:
            more = " ".join(part for part in (issue_detail(self._told), issue_next(self._told)) if part)
            self._note.set_words(_TONES[self._told.severity], issue_title(self._told), more)
