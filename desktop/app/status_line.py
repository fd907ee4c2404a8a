"""The status bar: device, memory, the running job, when the project was last written."""

from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from automl import api
from automl.domain.job import (
    ExportJob,
    ImportJob,
    ImportWeightsJob,
    Job,
    PredictJob,
    ProfileJob,
    SuggestJob,
    VerifyJob,
)
from desktop.actions import PageId
from desktop.i18n import translate, translator
from desktop.main_window import MainWindow
from desktop.pages.job_words import job_word, time_left_words
from desktop.pages.session import Session

_MEMORY_EVERY_MS = 5_000


class StatusLine(QObject):
    """Keeps the status bar true; a click on the job leads to its page."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._bar = window.status_bar
        self._session = session
        self._timer = QTimer(self)
        self._timer.setInterval(_MEMORY_EVERY_MS)
        self._timer.timeout.connect(self._show_computer)
        self._timer.start()
        window.job_clicked.connect(self._go_to_job)
        window.closing.connect(self._timer.stop)
        translator().language_changed.connect(self.refresh)
        session.jobs_changed.connect(self._show_job)
        for changed in (
            session.project_changed,
            session.dataset_changed,
            session.goal_changed,
            session.model_changed,
        ):
            changed.connect(self._show_saved)
        session.job_ended.connect(lambda _job, _state: self._show_saved())
        self.refresh()

    def refresh(self) -> None:
        """Say everything again."""
        self._show_computer()
        self._show_job()
        self._show_saved()

    def _show_computer(self) -> None:
        computer = api.computer()
        name = computer.gpu.name if computer.gpu is not None else computer.processor
        self._bar.set_device(name, is_graphics_card=computer.gpu is not None)
        self._bar.set_memory(translate("status.memory", used=computer.memory_used, total=computer.memory_total))

    def _show_job(self) -> None:
        running = self._session.running
        if running is None:
            self._bar.set_job("")
            return
        progress = running.state.progress
        rest = time_left_words(running.state)
        if running.canceling:
            rest = translate("app.job.canceling")
        elif running.paused:
            rest = translate("app.job.paused")
        self._bar.set_job(job_word(running.job), progress.fraction if progress else None, rest)

    def _show_saved(self) -> None:
        project = self._session.project
        if project is None:
            self._bar.set_saved("")
        elif project.read_only:
            self._bar.set_saved(translate("app.read_only"))
        else:
            newest = api.audit(project, 1)
            moment = datetime.fromisoformat(newest[0].time).astimezone() if newest else datetime.now().astimezone()
            self._bar.set_saved(translate("status.saved", time=moment))

    def _go_to_job(self) -> None:
        running = self._session.running
        if running is not None:
            self._session.go_to(*_page_of(running.job))


def _page_of(job: Job) -> tuple[PageId, str]:
    match job:
        case ImportJob():
            return PageId.DATA, "add"
        case ProfileJob():
            return PageId.DATA, "check"
        case SuggestJob():
            return PageId.DATA, "label"
        case ImportWeightsJob():
            return PageId.TRAIN, "weights"
        case ExportJob() | PredictJob() | VerifyJob():
            return PageId.DEPLOY, ""
        case _:
            return PageId.TRAIN, ""
