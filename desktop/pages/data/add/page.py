"""Add data: drop or choose a file, follow the reading, decide about what could not be read."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget

from automl.domain.dataset import ReadOptions
from automl.domain.events import Outcome
from automl.domain.issues import Issue
from automl.domain.job import ImportJob, Job
from automl.domain.run_state import RunState
from desktop.actions import PageId
from desktop.pages.data.add.damaged_view import DamagedView
from desktop.pages.data.add.reading_card import ReadingCard
from desktop.pages.session import Session
from desktop.widgets.buttons import button, primary_button
from desktop.widgets.drop_zone import DropZone
from desktop.widgets.page_frame import PageFrame

_CHOOSE, _READING, _PROBLEM = range(3)


class AddDataPage(PageFrame):
    """`choose_requested` and `choose_folder_requested` ask for dialogs, `files_dropped` carries paths dropped on the zone."""

    choose_requested = Signal()
    choose_folder_requested = Signal()
    files_dropped = Signal(list)

    def __init__(self, session: Session) -> None:
        super().__init__("add.title", "add.summary.choose")
        self._session = session
        self._choose = self.header.add_action(button("add.choose_other", icon="file"), "add.choose_other", "add.choose")
        self._choose.clicked.connect(self.choose_requested)
        self._go_on = self.header.add_action(primary_button("add.continue_without", trailing="arrow-right", count=0))
        self._go_on.clicked.connect(self._continue_without)
        choose = primary_button("add.choose", icon="file")
        choose.clicked.connect(self.choose_requested)
        choose_folder = button("start.drop.choose_folder", icon="folder")
        choose_folder.clicked.connect(self.choose_folder_requested)
        self.zone = DropZone("start.drop.title", "start.drop.formats", "add.promise", [choose, choose_folder])
        self.zone.files_dropped.connect(self.files_dropped)
        self.reading = ReadingCard()
        self.reading.cancel_requested.connect(self._cancel)
        self.problem = DamagedView()
        self.problem.read_again.connect(self._read_again)
        self.problem.choose_requested.connect(self.choose_requested)
        self.problem.open_requested.connect(self._open_file)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._file_saved)
        self._stack = QStackedWidget()
        for part in (self.zone, self.reading, self.problem):
            self._stack.addWidget(part)
        self.body.addWidget(self._stack)
        session.project_changed.connect(lambda: self._show(_CHOOSE))
        session.dataset_changed.connect(lambda: self._show(self._stack.currentIndex()))
        session.jobs_changed.connect(self._follow)
        session.job_ended.connect(self._job_over)
        self._show(_CHOOSE)

    def retranslate(self) -> None:
        """Say again what is composed."""
        self.reading.retranslate()
        self.problem.retranslate()

    def set_narrow(self, narrow: bool) -> None:
        """Pass the form of the window on."""
        super().set_narrow(narrow)
        self.problem.set_narrow(narrow)

    def has_problem(self) -> bool:
        """Return whether a file waits for a decision."""
        return self._stack.currentIndex() == _PROBLEM

    def offer(self) -> None:
        """Show the zone for a new file, unless one is being read."""
        if self._stack.currentIndex() == _PROBLEM:
            self._show(_CHOOSE)

    def show_problem(self, issues: Sequence[Issue]) -> None:
        """Show why the file was refused."""
        inspection = self._session.inspection()
        self.problem.show_problem(issues, inspection)
        self._show(_PROBLEM)
        self._watch()

    def _show(self, part: int) -> None:
        self._stack.setCurrentIndex(part)
        damaged = self.problem.damaged_count() if part == _PROBLEM else 0
        self._choose.setVisible(part == _PROBLEM)
        self._go_on.setVisible(damaged > 0)
        job = self._session.import_job
        if part == _READING and job is not None:
            self.header.set_summary("data.summary.reading", file=Path(job.path).name)
        elif part == _PROBLEM and damaged:
            self.header.set_summary("add.summary.decision", count=damaged)
            self._go_on.set_text("add.continue_without", count=damaged)
        elif part == _PROBLEM:
            self.header.set_summary("add.summary.refused")
        else:
            self.header.set_summary("add.summary.images" if self._session.has_images else "add.summary.choose")

    def _follow(self) -> None:
        job, state = self._session.import_job, self._session.import_state
        if job is None or state.finished is not None or state.crashed:
            return
        running = self._session.running
        canceling = running is not None and running.job is job and running.canceling
        self.reading.show_state(Path(job.path).name, state, canceling=canceling)
        self._show(_READING)

    def _job_over(self, job: Job, state: RunState) -> None:
        if not isinstance(job, ImportJob):
            return
        if state.succeeded:
            self._imported(job)
        elif state.finished is not None and state.finished.outcome is Outcome.CANCELED:
            self._show(_CHOOSE)
            self._session.notify("data.reading.canceled", tone="info")
        else:
            self.show_problem(state.finished.issues if state.finished else state.issues)

    def _imported(self, job: ImportJob) -> None:
        self._show(_CHOOSE)
        self._unwatch()
        dataset = self._session.dataset
        if dataset is not None and self._session.has_images:
            count, classes = dataset.version.row_count, len(self._session.images.classes)
            self._session.notify("data.reading.done_images", file=Path(job.path).name, count=count, classes=classes)
        elif dataset is not None:
            rows, columns = dataset.version.row_count, len(dataset.version.schema.columns)
            self._session.notify("data.reading.done", file=Path(job.path).name, rows=rows, columns=columns)
        self._session.go_to(PageId.DATA, "check")

    def _continue_without(self) -> None:
        self._read_again(self.problem.without_damaged())

    def _read_again(self, options: ReadOptions) -> None:
        job = self._session.import_job
        if job is not None:
            self._session.import_file(Path(job.path), options)

    def _cancel(self) -> None:
        running = self._session.running
        if running is not None and running.job is self._session.import_job:
            running.cancel()

    def _open_file(self) -> None:
        job = self._session.import_job
        if job is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(job.path))

    def _watch(self) -> None:
        self._unwatch()
        job = self._session.import_job
        if job is not None and Path(job.path).is_file():
            self._watcher.addPath(job.path)

    def _unwatch(self) -> None:
        if self._watcher.files():
            self._watcher.removePaths(self._watcher.files())

    def _file_saved(self, path: str) -> None:
        if self.has_problem() and Path(path).is_file():
            self._session.notify("add.watch.changed", tone="info", file=Path(path).name)
            self._read_again(ReadOptions())
