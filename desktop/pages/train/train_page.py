"""The Train page: the newest training run as its events tell it."""

from datetime import datetime

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from automl import api
from automl.domain.job import TrainJob
from automl.domain.task import Metric, TaskKind, metric_of
from desktop.actions import PageId
from desktop.i18n import translator
from desktop.pages.issue_words import issue_detail, issue_title
from desktop.pages.session import Session
from desktop.pages.train.board_card import BoardCard
from desktop.pages.train.computer_card import ComputerCard
from desktop.pages.train.history_card import HistoryCard
from desktop.pages.train.outcome_card import OutcomeCard
from desktop.pages.train.progress_card import ProgressCard
from desktop.pages.train.readings import ending
from desktop.pages.train.trying_card import TryingCard
from desktop.widgets.buttons import button, danger_button, primary_button
from desktop.widgets.card import scrolling
from desktop.widgets.empty_state import EmptyState, Promise
from desktop.widgets.page_frame import PageFrame

SIDE_WIDTH = 328
NARROW_SIDE_WIDTH = 288
SHORT, SHORT_HISTORY, ANY_HEIGHT = 760, 200, 16_777_215


class TrainPage(PageFrame):
    """Live while a training runs; afterwards what it left; before the first one the way to it."""

    def __init__(self, session: Session) -> None:
        super().__init__("train.title")
        self._session = session
        self._cancel = self.header.add_action(danger_button("train.cancel", icon="x"), "train.cancel")
        self._pause = self.header.add_action(button("train.pause", icon="pause"), "train.pause")
        self._again = self.header.add_action(button("train.again", icon="refresh"), "train.again", "train.again.short")
        self._resume = self.header.add_action(
            primary_button("train.resume", icon="play"), "train.resume", "train.resume.short"
        )
        self._finish = self.header.add_action(
            primary_button("train.finish", icon="flag"), "train.finish", "train.finish.short"
        )
        self._compare = self.header.add_action(
            primary_button("train.compare", trailing="arrow-right"), "train.compare", "train.compare.short"
        )
        self._to_goal = primary_button("train.empty.action", trailing="arrow-right")
        self._empty = EmptyState("train.empty.title", "train.empty.detail", [self._to_goal], _promises())
        self._progress, self._history, self._board = ProgressCard(), HistoryCard(), BoardCard()
        self._trying, self._outcome, self._computer = TryingCard(), OutcomeCard(), ComputerCard()
        self._lay_out()
        self._connect()
        self.show_run()

    def show_run(self) -> None:
        """Show the newest training run of the session."""
        state, training = self._session.run_state, self._session.training
        begun = bool(self._session.run_id) or training is not None
        self._content.setVisible(begun)
        self._empty.setVisible(not begun)
        self._show_actions()
        if not begun:
            self.header.set_summary("train.summary.none")
            return
        self._show_summary()
        paused = training is not None and training.paused
        canceling = training is not None and training.canceling
        metric = self._metric()
        live = training is not None
        self._progress.show_state(state, live=live, paused=paused, canceling=canceling, why=self._why())
        self._history.show_state(state, metric)
        self._board.show_state(state, metric)
        self._trying.show_state(state, live=live)
        self._trying.setVisible(live)
        self._outcome.setVisible(not live)
        if not live:
            self._outcome.show_state(state, metric)
        self._computer.show_state(state)

    def retranslate(self) -> None:
        """Say all composed sentences again."""
        self.show_run()

    def set_narrow(self, narrow: bool) -> None:
        """Make the side narrower and everything closer."""
        super().set_narrow(narrow)
        self._side.setFixedWidth(NARROW_SIDE_WIDTH if narrow else SIDE_WIDTH)
        for layout in self._gaps:
            layout.setSpacing(12 if narrow else 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what is nice to have in a short window."""
        super().resizeEvent(event)
        short = self.height() < SHORT
        self._trying.set_short(short)
        self._history.setMaximumHeight(SHORT_HISTORY if short else ANY_HEIGHT)

    def _lay_out(self) -> None:
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._progress)
        main = QVBoxLayout()
        main.addWidget(self._history, 11)
        main.addWidget(self._board, 10)
        inner = _Side()
        side = QVBoxLayout(inner)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self._trying, 1)
        side.addWidget(self._outcome, 1)
        side.addWidget(self._computer)
        self._side = scrolling(inner)
        inner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._side.setFixedWidth(SIDE_WIDTH)
        row = QHBoxLayout()
        row.addLayout(main, 1)
        row.addWidget(self._side)
        column.addLayout(row, 1)
        self._gaps = (column, main, side, row)
        for layout in self._gaps:
            layout.setSpacing(16)
        self.body.addWidget(self._content, 1)
        self.body.addWidget(self._empty, 1)

    def _connect(self) -> None:
        session = self._session
        self._cancel.clicked.connect(self._ask_cancel)
        self._pause.clicked.connect(self._toggle_pause)
        self._finish.clicked.connect(self._ask_finish)
        self._again.clicked.connect(lambda _checked=False: session.go_to(PageId.GOAL))
        self._resume.clicked.connect(lambda _checked=False: self.go_on())
        self._compare.clicked.connect(lambda _checked=False: session.go_to(PageId.COMPARE))
        self._to_goal.clicked.connect(lambda _checked=False: session.go_to(PageId.GOAL))
        for changed in (session.project_changed, session.run_changed, session.jobs_changed):
            changed.connect(self.show_run)

    def go_on(self) -> None:
        """Go on with the newest run where it stopped."""
        job, project = self._job(), self._session.project
        if job is None or project is None:
            return
        self._session.start(
            TrainJob(
                job_id=api.new_job_id(),
                project=str(project.folder),
                version=job.version,
                steps=job.steps,
                goal=job.goal,
                resumes=job.resumes or job.job_id,
                labels=job.labels,
            )
        )

    def _ask_cancel(self) -> None:
        if (training := self._session.training) is not None:
            training.cancel()
            self.show_run()

    def _ask_finish(self) -> None:
        if (training := self._session.training) is not None:
            training.finish_now()
            self._session.notify("train.finishing", tone="info")
            self.show_run()

    def _toggle_pause(self) -> None:
        if (training := self._session.training) is not None:
            if training.paused:
                training.resume()
            else:
                training.pause()
            self.show_run()

    def _show_actions(self) -> None:
        training, end = self._session.training, ending(self._session.run_state)
        running = training is not None
        stopped = not running and end in ("canceled", "failed", "crashed")
        for one in (self._cancel, self._pause, self._finish):
            one.setVisible(running)
        self._cancel.setEnabled(training is not None and not training.canceling)
        self._finish.setEnabled(bool(self._session.run_state.models))
        self._again.setVisible(not running and bool(end))
        self._resume.setVisible(stopped)
        self._compare.setVisible(not running and end == "completed")
        if training is not None:
            self._pause.set_text("train.go_on" if training.paused else "train.pause")
            self._pause.set_icon("play" if training.paused else "pause")

    def _show_summary(self) -> None:
        started = self._session.run_state.started
        if started is None or not started.time:
            self.header.set_summary("train.summary.starting")
            return
        began = datetime.fromisoformat(started.time.replace("Z", "+00:00")).astimezone()
        key = "train.summary.over"
        if self._session.training is not None:
            key = "train.summary.usable" if self._session.run_state.models else "train.summary.running"
        self.header.set_summary(key, day=translator().day(began), time=translator().clock(began))

    def _why(self) -> str:
        finished = self._session.run_state.finished
        issues = (
            finished.issues if finished else self._session.run_state.issues if self._session.run_state.crashed else ()
        )
        return " ".join(f"{issue_title(issue)} {issue_detail(issue)}".strip() for issue in issues[-1:])

    def _job(self) -> TrainJob | None:
        project, run_id = self._session.project, self._session.run_id
        if project is None or not run_id:
            return None
        job = api.job_of(project, run_id)
        return job if isinstance(job, TrainJob) else None

    def _metric(self) -> Metric:
        job = self._job()
        if job is None:
            return Metric.LOG_LOSS
        return metric_of(job.goal, job.goal.task or TaskKind.REGRESSION)


class _Side(QWidget):
    """As high as its words at the width it has, not at the width they would like."""

    def minimumSizeHint(self) -> QSize:
        """Low enough not to scroll where everything fits."""
        layout = self.layout()
        return QSize(0, layout.totalHeightForWidth(self.width()) if layout is not None else 0)


def _promises() -> tuple[Promise, ...]:
    return (
        Promise("trend", "train.promise.history", "train.promise.history.words"),
        Promise("list-numbered", "train.promise.board", "train.promise.board.words"),
        Promise("flag", "train.promise.finish", "train.promise.finish.words"),
    )
