"""The Goal page. It holds a draft; the draft becomes the goal when it is saved or training starts."""

import msgspec
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from automl import api
from automl.domain.dataset import Dataset
from automl.domain.issues import Issue
from automl.domain.job import TrainJob
from automl.domain.task import Family, Goal
from desktop.actions import PageId
from desktop.i18n import translate
from desktop.pages.goal.images.image_sheet import ImageSheet
from desktop.pages.goal.summary_panel import SummaryPanel
from desktop.pages.goal.table_sheet import TableSheet
from desktop.pages.session import Session
from desktop.widgets.buttons import button, primary_button
from desktop.widgets.card import scrolling
from desktop.widgets.empty_state import EmptyState, Promise
from desktop.widgets.page_frame import PageFrame

PANEL_WIDTH = 344
NARROW_PANEL_WIDTH = 288


class GoalPage(PageFrame):
    """Questions at the left, the goal in words at the right. Tables and images have their own sheet of questions."""

    def __init__(self, session: Session) -> None:
        super().__init__("goal.title", "goal.summary")
        self._session = session
        self._draft = Goal(target="")
        self._touched = False
        self._is_stale = False
        self._save = self.header.add_action(button("goal.save"), "goal.save", "goal.save.short")
        self._start = self.header.add_action(
            primary_button("goal.start", icon="play"), "goal.start", "goal.start.short"
        )
        self._save.clicked.connect(self.save)
        self._start.clicked.connect(self.start_training)
        self._table_sheet = TableSheet(session)
        self._image_sheet = ImageSheet(session)
        self._panel = SummaryPanel()
        self._to_data = primary_button("goal.empty.action", trailing="arrow-right")
        self._empty = EmptyState("goal.empty.title", "goal.empty.detail", [self._to_data], _promises())
        self._lay_out()
        self._connect()
        self._take_up()

    @property
    def draft(self) -> Goal:
        """The goal as the questions stand now."""
        return self._draft

    def save(self) -> bool:
        """Put the draft in force; False after a refusal was shown."""
        saved = self._session.save_goal(self._draft)
        if saved:
            self._session.notify("goal.saved")
        return saved

    def start_training(self) -> None:
        """Save and hand the training to the worker."""
        project, dataset = self._session.project, self._session.dataset
        if project is None or dataset is None or not self._session.save_goal(self._draft):
            return
        job = self._job(project, self._session.dataset or dataset, api.new_job_id())
        if self._session.has_images:
            job = msgspec.structs.replace(job, labels=api.freeze_labels(project))
        if self._session.start(job):
            self._session.go_to(PageId.TRAIN)

    def retranslate(self) -> None:
        """Say all composed sentences again."""
        if not self._is_stale:
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Take up what changed while another page was seen."""
        super().showEvent(event)
        if self._is_stale:
            self._take_up()

    def set_narrow(self, narrow: bool) -> None:
        """Make the panel narrower and everything closer."""
        super().set_narrow(narrow)
        self._panel.setFixedWidth(NARROW_PANEL_WIDTH if narrow else PANEL_WIDTH)
        gap = 12 if narrow else 16
        self._row.setSpacing(gap)
        for sheet in (self._table_sheet, self._image_sheet):
            sheet.set_gap(gap)

    def _lay_out(self) -> None:
        self._questions = QStackedWidget()
        for sheet in (self._table_sheet, self._image_sheet):
            self._questions.addWidget(scrolling(sheet))
        self._content = QWidget()
        self._row = QHBoxLayout(self._content)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._row.addWidget(self._questions, 1)
        self._row.addWidget(self._panel)
        self._panel.setFixedWidth(PANEL_WIDTH)
        self.body.addWidget(self._content, 1)
        self.body.addWidget(self._empty, 1)

    def _connect(self) -> None:
        for sheet in (self._table_sheet, self._image_sheet):
            sheet.changed.connect(self._change)
        self._panel.families_changed.connect(self._take_families)
        self._to_data.clicked.connect(lambda _checked=False: self._session.go_to(PageId.DATA))
        session = self._session
        session.project_changed.connect(self._begin)
        for changed in (session.dataset_changed, session.goal_changed):
            changed.connect(self._data_changed)
        session.images.changed.connect(self._data_changed)

    @property
    def _sheet(self) -> TableSheet | ImageSheet:
        return self._image_sheet if self._session.has_images else self._table_sheet

    def _begin(self) -> None:
        """Forget what was answered for another project."""
        self._touched = False
        self._data_changed()

    def _take_up(self) -> None:
        """Begin a draft from the goal in force, else from what the data suggest."""
        self._is_stale = False
        dataset, profile, goal = self._session.dataset, self._session.profile, self._session.goal
        if dataset is None or profile is None:
            self._draft = Goal(target="")
        elif goal is not None and (goal.image is not None) == self._session.has_images:
            self._draft = self._sheet.completed(goal, dataset, profile)
        elif not self._sheet.keeps(self._draft, touched=self._touched):
            self._draft = self._sheet.propose(dataset, profile)
        self._show()

    def _data_changed(self) -> None:
        """Labels come one by one while the person is elsewhere: all is taken up when this page is seen again."""
        self._is_stale = True
        if self.isVisible():
            self._take_up()

    def _take_families(self, families: tuple[Family, ...]) -> None:
        self._change(msgspec.structs.replace(self._draft, families=families))

    def _change(self, draft: Goal) -> None:
        if draft != self._draft:
            self._draft, self._touched = draft, True
            self._show()

    def _show(self) -> None:
        dataset, profile = self._session.dataset, self._session.profile
        ready = dataset is not None and profile is not None
        self._content.setVisible(ready)
        self._empty.setVisible(not ready)
        self._save.setVisible(ready)
        self._start.setVisible(ready)
        if dataset is None or profile is None:
            return
        goal, sheet = self._draft, self._sheet
        self._questions.setCurrentIndex(int(sheet is self._image_sheet))
        self.header.set_summary("goal.summary.images" if sheet is self._image_sheet else "goal.summary")
        sheet.show_goal(goal, dataset, profile)
        issues = self._issues(dataset)
        sentences = sheet.sentences(goal, dataset.schema())
        self._panel.show_goal(goal, sheet.families(goal), sentences, issues, sheet.good_news(goal, profile, issues))
        blocked = not goal.target or any(api.blocks(issue) for issue in issues)
        self._start.setEnabled(not blocked)
        self._start.setToolTip(translate("goal.start.blocked") if blocked else "")

    def _issues(self, dataset: Dataset) -> tuple[Issue, ...]:
        project = self._session.project
        if project is None or not self._draft.target:
            return ()
        return api.validate(project, self._job(project, dataset))

    def _job(self, project: api.Project, dataset: Dataset, job_id: str = "") -> TrainJob:
        return TrainJob(
            job_id=job_id,
            project=str(project.folder),
            version=dataset.version.number,
            steps=dataset.steps,
            goal=self._draft,
        )


def _promises() -> tuple[Promise, ...]:
    return (
        Promise("target", "goal.promise.target", "goal.promise.target.words"),
        Promise("scale", "goal.promise.cost", "goal.promise.cost.words"),
        Promise("timer", "goal.promise.time", "goal.promise.time.words"),
    )
