"""The Goal page. It holds a draft; the draft becomes the goal when it is saved or training starts."""

import msgspec
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl import api
from automl.domain.dataset import Dataset, DatasetProfile
from automl.domain.goal_proposal import facts_of, propose_split
from automl.domain.issues import Issue
from automl.domain.job import TrainJob
from automl.domain.schema import Schema
from automl.domain.task import Family, Goal, MistakeCost, Split
from desktop.actions import PageId
from desktop.i18n import translate
from desktop.pages.goal.candidates import group_candidates, time_candidates
from desktop.pages.goal.cost_question import CostQuestion
from desktop.pages.goal.more_options import MoreOptions
from desktop.pages.goal.sentences import ENOUGH
from desktop.pages.goal.summary_panel import SummaryPanel
from desktop.pages.goal.target_question import TargetQuestion
from desktop.pages.goal.time_question import TimeQuestion
from desktop.pages.goal.use_question import UseQuestion
from desktop.pages.session import Session
from desktop.widgets.buttons import button, primary_button
from desktop.widgets.card import scrolling
from desktop.widgets.empty_state import EmptyState, Promise
from desktop.widgets.page_frame import PageFrame

PANEL_WIDTH = 344
NARROW_PANEL_WIDTH = 288


class GoalPage(PageFrame):
    """Questions at the left, the goal in words at the right."""

    def __init__(self, session: Session) -> None:
        super().__init__("goal.title", "goal.summary")
        self._session = session
        self._draft = Goal(target="")
        self._save = self.header.add_action(button("goal.save"), "goal.save", "goal.save.short")
        self._start = self.header.add_action(
            primary_button("goal.start", icon="play"), "goal.start", "goal.start.short"
        )
        self._save.clicked.connect(self.save)
        self._start.clicked.connect(self.start_training)
        self._target = TargetQuestion()
        self._cost = CostQuestion()
        self._use = UseQuestion()
        self._time = TimeQuestion()
        self._more = MoreOptions()
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
        dataset = self._session.dataset or dataset
        job = TrainJob(
            job_id=api.new_job_id(),
            project=str(project.folder),
            version=dataset.version.number,
            steps=dataset.steps,
            goal=self._draft,
        )
        if self._session.start(job):
            self._session.go_to(PageId.TRAIN)

    def retranslate(self) -> None:
        """Say all composed sentences again."""
        self._show()

    def set_narrow(self, narrow: bool) -> None:
        """Make the panel narrower and everything closer."""
        super().set_narrow(narrow)
        self._panel.setFixedWidth(NARROW_PANEL_WIDTH if narrow else PANEL_WIDTH)
        for layout in self._gaps:
            layout.setSpacing(12 if narrow else 16)

    def _lay_out(self) -> None:
        questions = QWidget()
        column = QVBoxLayout(questions)
        column.setContentsMargins(0, 0, 0, 0)
        for card in (self._target, self._cost, self._use, self._time, self._more):
            column.addWidget(card)
        column.addStretch(1)
        self._content = QWidget()
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(scrolling(questions), 1)
        row.addWidget(self._panel)
        self._panel.setFixedWidth(PANEL_WIDTH)
        self._gaps = (column, row)
        for layout in self._gaps:
            layout.setSpacing(16)
        self.body.addWidget(self._content, 1)
        self.body.addWidget(self._empty, 1)

    def _connect(self) -> None:
        self._target.chosen.connect(self._take_target)
        self._cost.answered.connect(self._take_cost)
        self._use.chosen.connect(self._take_split)
        self._time.chosen.connect(
            lambda seconds: self._change(msgspec.structs.replace(self._draft, budget_seconds=seconds))
        )
        self._more.changed.connect(self._change)
        self._panel.families_changed.connect(self._take_families)
        self._to_data.clicked.connect(lambda _checked=False: self._session.go_to(PageId.DATA))
        for changed in (self._session.project_changed, self._session.dataset_changed, self._session.goal_changed):
            changed.connect(self._take_up)

    def _take_up(self) -> None:
        """Begin a draft from the goal in force, else from what the data suggest."""
        dataset, profile = self._session.dataset, self._session.profile
        if dataset is None or profile is None:
            self._draft = Goal(target="")
        elif self._session.goal is not None:
            self._draft = self._completed(self._session.goal, dataset.schema(), profile)
        elif self._draft.target != self._session.target or not self._draft.target:
            self._draft = api.propose_goal(dataset, profile)
        self._show()

    def _take_target(self, column: str) -> None:
        dataset, profile = self._session.dataset, self._session.profile
        if dataset is None or profile is None:
            return
        fresh = Goal(
            target=column,
            budget_seconds=self._draft.budget_seconds,
            families=self._draft.families,
            holdout=self._draft.holdout,
            seed=self._draft.seed,
            device=self._draft.device,
        )
        self._change(self._completed(fresh, dataset.schema(), profile))

    def _take_cost(self, cost: MistakeCost | None) -> None:
        self._change(msgspec.structs.replace(self._draft, cost=cost, metric=None))

    def _take_split(self, split: Split) -> None:
        self._change(msgspec.structs.replace(self._draft, split=split))

    def _take_families(self, families: tuple[Family, ...]) -> None:
        self._change(msgspec.structs.replace(self._draft, families=families))

    def _change(self, draft: Goal) -> None:
        if draft != self._draft:
            self._draft = draft
            self._show()

    def _completed(self, goal: Goal, schema: Schema, profile: DatasetProfile) -> Goal:
        known = goal.target in schema.names()
        return api.with_target(goal, schema, profile) if known else goal

    def _show(self) -> None:
        dataset, profile = self._session.dataset, self._session.profile
        ready = dataset is not None and profile is not None
        self._content.setVisible(ready)
        self._empty.setVisible(not ready)
        self._save.setVisible(ready)
        self._start.setVisible(ready)
        if dataset is None or profile is None:
            return
        schema, goal = dataset.schema(), self._draft
        facts = facts_of(profile, goal.target)
        self._target.show_goal(goal, schema, profile)
        self._cost.show_goal(goal)
        times = time_candidates(schema, goal.target)
        groups = group_candidates(schema, profile, goal.target)
        self._use.show_goal(goal, times, groups, propose_split(schema, profile, goal.target))
        self._time.show_goal(goal)
        self._more.show_goal(goal, facts)
        issues = self._issues(dataset)
        inputs = sum(column.name != goal.target for column in schema.inputs())
        self._panel.show_goal(goal, inputs, issues, self._good_news(profile, issues))
        blocked = not goal.target or any(api.blocks(issue) for issue in issues)
        self._start.setEnabled(not blocked)
        self._start.setToolTip(translate("goal.start.blocked") if blocked else "")

    def _issues(self, dataset: Dataset) -> tuple[Issue, ...]:
        project = self._session.project
        if project is None or not self._draft.target:
            return ()
        job = TrainJob(
            job_id="",
            project=str(project.folder),
            version=dataset.version.number,
            steps=dataset.steps,
            goal=self._draft,
        )
        return api.validate(project, job)

    def _good_news(self, profile: DatasetProfile, issues: tuple[Issue, ...]) -> tuple[str, ...]:
        """Return the checks that went well, each computed."""
        news = []
        facts = facts_of(profile, self._draft.target)
        counts = [
            count for value, count in facts.top_values if not self._draft.positive or value == self._draft.positive
        ]
        if self._draft.positive and counts and counts[0] >= ENOUGH:
            news.append(translate("goal.good.enough", value=self._draft.positive, count=counts[0]))
        elif not self._draft.positive and self._draft.target and profile.row_count - facts.missing >= ENOUGH:
            news.append(translate("goal.good.rows", count=profile.row_count - facts.missing))
        if self._draft.target and not any("leak" in issue.code for issue in (*issues, *self._session.open_findings)):
            news.append(translate("goal.good.no_leak"))
        return tuple(news)


def _promises() -> tuple[Promise, ...]:
    return (
        Promise("target", "goal.promise.target", "goal.promise.target.words"),
        Promise("scale", "goal.promise.cost", "goal.promise.cost.words"),
        Promise("timer", "goal.promise.time", "goal.promise.time.words"),
    )
