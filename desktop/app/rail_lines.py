"""The live line and the state of every step in the rail, read off the session."""

from automl.domain.events import Outcome
from automl.domain.issues import Severity
from automl.domain.job import ImportJob
from automl.domain.result import Leaderboard
from automl.domain.task import Goal, TaskKind
from desktop.actions import PageId
from desktop.itemmodels.model_words import model_name, model_of
from desktop.pages.compare.compare_page import MISTAKES, RESULTS, WHY
from desktop.pages.data.page import ADD, CHECK, LABEL, VERSIONS, DataPage
from desktop.pages.session import Session
from desktop.pages.train.train_step import SEARCH, WEIGHTS
from desktop.widgets.rail import Rail, StepState, SubPage


class RailLines:
    """Keeps the rail true; nothing else sets its states."""

    def __init__(self, rail: Rail, session: Session, data_page: DataPage) -> None:
        self._rail = rail
        self._session = session
        self._data_page = data_page
        self._sub_pages: dict[PageId, list[SubPage]] = {}
        for changed in (
            session.project_changed,
            session.dataset_changed,
            session.goal_changed,
            session.run_changed,
            session.model_changed,
            session.jobs_changed,
        ):
            changed.connect(self.refresh)
        session.job_ended.connect(lambda _job, _state: self.refresh())
        session.images.changed.connect(self._data)
        self.refresh()

    def refresh(self) -> None:
        """Set every step anew."""
        self._data()
        self._goal()
        self._train()
        self._compare()
        self._deploy()
        self._rail.step(PageId.OPERATE.value).set_state(StepState.TO_DO, "app.rail.operate")

    def _data(self) -> None:
        session = self._session
        step = self._rail.step(PageId.DATA.value)
        dataset, running = session.dataset, session.running
        findings = [issue for issue in session.open_findings if issue.severity is not Severity.INFO]
        problem = self._data_page.add.problem.damaged_count() if self._data_page.add.has_problem() else 0
        self._show_data_pages(len(findings), problem)
        if running is not None and isinstance(running.job, ImportJob):
            progress = session.import_state.progress
            step.set_state(StepState.RUNNING, "app.rail.data.reading", progress=progress.fraction if progress else None)
        elif problem:
            step.set_state(StepState.ACT, "app.rail.data.damaged", count=problem)
        elif self._data_page.add.has_problem():
            step.set_state(StepState.ACT, "app.rail.data.refused")
        elif dataset is None:
            step.set_state(StepState.TO_DO, "app.rail.data.empty")
        elif any(issue.severity is Severity.ACT for issue in findings):
            step.set_state(StepState.ACT, "app.rail.data.findings", count=len(findings))
        elif self._to_label():
            step.set_state(StepState.LOOK, "label.rail", count=self._to_label())
        elif findings:
            step.set_state(StepState.LOOK, "app.rail.data.findings", count=len(findings))
        else:
            key, version = "images" if session.has_images else "done", dataset.version
            step.set_state(StepState.DONE, f"app.rail.data.{key}", count=version.row_count, number=version.number)

    def _to_label(self) -> int:
        """How many images wait for a class; none where only good parts are learned from."""
        goal = self._session.goal
        only_good = goal is not None and goal.task is TaskKind.ANOMALY
        progress = self._session.images.progress
        return 0 if only_good else progress.images - progress.labelled

    def _show_data_pages(self, findings: int, problem: int) -> None:
        wanted: list[SubPage] = []
        if self._session.project is not None:
            versions = len(self._session.versions)
            to_label = [SubPage(LABEL, "label.sub", self._to_label() or None)] if self._session.has_images else []
            wanted = [
                SubPage(CHECK, "data.sub.check", findings or None),
                *to_label,
                SubPage(ADD, "data.sub.add", problem or None),
                SubPage(VERSIONS, "data.sub.versions", versions or None),
            ]
        self._set_sub_pages(PageId.DATA, wanted)

    def _set_sub_pages(self, page: PageId, wanted: list[SubPage]) -> None:
        """Rebuild the links only when they change, so that the keyboard focus stays."""
        if wanted != self._sub_pages.get(page, []):
            self._sub_pages[page] = wanted
            self._rail.set_sub_pages(page.value, wanted)

    def _goal(self) -> None:
        goal = self._session.goal
        step = self._rail.step(PageId.GOAL.value)
        if goal is None or not goal.target:
            step.set_state(StepState.TO_DO, "app.rail.goal.empty")
        else:
            good = goal.image.good[0] if goal.image is not None and goal.image.good else ""
            step.set_state(StepState.DONE, _goal_key(goal), target=goal.target, good=good)

    def _train(self) -> None:
        session = self._session
        step = self._rail.step(PageId.TRAIN.value)
        pages = [SubPage(SEARCH, "train.sub.search"), SubPage(WEIGHTS, "train.sub.weights")]
        self._set_sub_pages(PageId.TRAIN, pages if session.has_images else [])
        state, training = session.run_state, session.training
        tried = len(state.trials)
        if training is not None:
            share = state.progress.fraction if state.progress else None
            key = "app.rail.train.running" if share is not None else "app.rail.train.waiting"
            key = "app.rail.train.paused" if training.paused and share is not None else key
            step.set_state(StepState.RUNNING, key, progress=share, share=share or 0.0)
        elif state.succeeded:
            step.set_state(StepState.DONE, "app.rail.train.done", count=tried)
        elif state.finished is not None and state.finished.outcome is Outcome.FAILED:
            step.set_state(StepState.ACT, "app.rail.train.failed")
        elif session.run_id and (state.finished is not None or state.crashed):
            step.set_state(StepState.LOOK, "app.rail.train.stopped", count=tried)
        else:
            ready = session.dataset is not None and session.goal is not None
            step.set_state(StepState.TO_DO, "app.rail.train.ready" if ready else "app.rail.train.not_started")

    def _compare(self) -> None:
        session = self._session
        step = self._rail.step(PageId.COMPARE.value)
        board = session.leaderboard
        self._set_sub_pages(PageId.COMPARE, _compare_pages(board) if board is not None else [])
        model = model_of(board, session.chosen_model) if board is not None else None
        if board is None:
            step.set_state(StepState.TO_DO, "app.rail.compare.empty")
        elif session.model_was_chosen and model is not None:
            step.set_state(StepState.DONE, "app.rail.compare.chosen", model=model_name(model))
        else:
            step.set_state(StepState.TO_DO, "app.rail.compare.ready")

    def _deploy(self) -> None:
        session = self._session
        step = self._rail.step(PageId.DEPLOY.value)
        bundles = len(session.bundles)
        if bundles:
            step.set_state(StepState.DONE, "app.rail.deploy.done", count=bundles)
        else:
            key = "app.rail.deploy.empty" if session.leaderboard is None else "app.rail.deploy.ready"
            step.set_state(StepState.TO_DO, key)


def _compare_pages(board: Leaderboard) -> list[SubPage]:
    """Models on tables rely on columns; models on images are understood by their mistakes."""
    results = SubPage(RESULTS, "compare.sub.results")
    second = (
        SubPage(MISTAKES, "compare.sub.mistakes") if board.goal.image is not None else SubPage(WHY, "compare.sub.why")
    )
    return [results, second]


def _goal_key(goal: Goal) -> str:
    """Return the key of the line that says what is to be predicted."""
    if goal.image is None:
        return "app.rail.goal.set"
    if goal.task is TaskKind.MULTICLASS and len(goal.image.good) == 1:
        return "app.rail.goal.images.multiclass_or"
    return f"app.rail.goal.images.{(goal.task or TaskKind.MULTICLASS).value}"
