"""The open project as all pages see it. Pages read it, ask it for changes and follow its signals; it alone holds state."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from automl import api
from automl.domain.dataset import DataKind, Dataset, DatasetProfile, DatasetVersion, ReadOptions
from automl.domain.events import Outcome
from automl.domain.inspection import FileInspection
from automl.domain.issues import Issue, Refusal
from automl.domain.job import ExportJob, ImportJob, Job, ProfileJob, TrainJob
from automl.domain.project import BundleRecord
from automl.domain.recipe import RecipeStep, SetRole
from automl.domain.result import Leaderboard
from automl.domain.run_state import RunState
from automl.domain.schema import Role
from automl.domain.task import Goal
from desktop.actions import PageId, UndoHistory
from desktop.jobs.job_process import JobProcess
from desktop.jobs.job_queue import JobQueue
from desktop.pages.issue_words import issue_title
from desktop.pages.job_words import job_word
from desktop.pages.notice import Notice
from desktop.pages.project_images import ProjectImages


class Session(QObject):
    """One project at a time. Every change is written down before a signal tells of it."""

    project_changed = Signal()
    dataset_changed = Signal()
    goal_changed = Signal()
    run_changed = Signal()
    model_changed = Signal()
    jobs_changed = Signal()
    job_ended = Signal(object, object)
    page_requested = Signal(str, str)
    noticed = Signal(object)
    leaving = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.history = UndoHistory(self)
        self.images = ProjectImages(self.history, self)
        self.images.refused.connect(self.refuse)
        self._keeps_warm = False
        self._ended = False
        self._jobs = self._new_jobs()
        self.import_job: ImportJob | None = None
        self.import_state = RunState()
        self._project: api.Project | None = None
        self._dataset: Dataset | None = None
        self._profile: DatasetProfile | None = None
        self._profile_is_current = False
        self._goal: Goal | None = None
        self._run_id = ""
        self._run_state = RunState()
        self._leaderboard: Leaderboard | None = None
        self._versions: tuple[DatasetVersion, ...] = ()
        self._bundles: tuple[BundleRecord, ...] = ()

    # What pages read

    @property
    def project(self) -> api.Project | None:
        """The open project, None before the first."""
        return self._project

    @property
    def dataset(self) -> Dataset | None:
        """The dataset in use with its recipe, None before the first file was read."""
        return self._dataset

    @property
    def has_images(self) -> bool:
        """Whether the dataset in use is one of images."""
        return self._dataset is not None and self._dataset.version.kind is DataKind.IMAGES

    @property
    def versions(self) -> tuple[DatasetVersion, ...]:
        """All dataset versions, oldest first."""
        return self._versions

    @property
    def profile(self) -> DatasetProfile | None:
        """The newest profile; under a former recipe while `profile_is_current` is False."""
        return self._profile

    @property
    def profile_is_current(self) -> bool:
        """Whether the profile was made under the recipe and target in force."""
        return self._profile_is_current

    @property
    def target(self) -> str:
        """The column to predict, empty before one was chosen."""
        if self._project is None or self._dataset is None:
            return ""
        return api.target_in_force(self._project, self._dataset)

    @property
    def open_findings(self) -> tuple[Issue, ...]:
        """The findings whose fix is not part of the recipe, most severe first."""
        if self._profile is None or self._dataset is None:
            return ()
        steps = self._dataset.steps
        return tuple(found for found in self._profile.findings if found.fix is None or found.fix not in steps)

    @property
    def goal(self) -> Goal | None:
        """The goal in force, None before the first."""
        return self._goal

    @property
    def run_id(self) -> str:
        """The newest training run, empty before the first."""
        return self._run_id

    @property
    def run_state(self) -> RunState:
        """The newest training run as its events tell it, live while it runs."""
        return self._run_state

    @property
    def leaderboard(self) -> Leaderboard | None:
        """The newest leaderboard, None before the first training ended."""
        return self._leaderboard

    @property
    def chosen_model(self) -> str:
        """The model in use: picked by a person, else suggested; empty without a leaderboard."""
        if self._project is None or self._leaderboard is None:
            return ""
        return api.chosen_model(self._project, self._leaderboard.run_id)

    @property
    def model_was_chosen(self) -> bool:
        """Whether a person picked the model, rather than Lathe suggesting it."""
        if self._project is None or self._leaderboard is None:
            return False
        run_id = self._leaderboard.run_id
        return any(run.run_id == run_id and run.chosen for run in api.runs(self._project, "train"))

    @property
    def bundles(self) -> tuple[BundleRecord, ...]:
        """The bundles written from the project, newest first."""
        return self._bundles

    @property
    def running(self) -> JobProcess | None:
        """The job carried out now, to follow, pause, finish or cancel it."""
        return self._jobs.running

    @property
    def checking(self) -> bool:
        """Whether the data are being checked again, or wait for it."""
        jobs = [*self._jobs.waiting, *([self._jobs.running] if self._jobs.running else [])]
        return any(isinstance(process.job, ProfileJob) for process in jobs)

    @property
    def training(self) -> JobProcess | None:
        """The same if it is a training."""
        running = self._jobs.running
        return running if running is not None and isinstance(running.job, TrainJob) else None

    def process_of(self, job: Job) -> JobProcess | None:
        """Return the work on a job that runs or stands in line, None when it is over."""
        everything = (self._jobs.running, *self._jobs.waiting)
        return next((one for one in everything if one is not None and one.job is job), None)

    def rows(self, start: int, count: int) -> Sequence[tuple[int, Sequence[str]]]:
        """Return rows of the dataset in use."""
        if self._project is None or self._dataset is None:
            return ()
        return api.rows_of(self._project, self._dataset.version, start, count)

    def inspection(self) -> FileInspection | None:
        """Return what the last import saw in its file, None when it never got that far."""
        if self._project is None or self.import_job is None:
            return None
        return api.inspection(self._project, self.import_job.job_id)

    # Messages and places

    def notify(
        self,
        key: str,
        *,
        tone: str = "ok",
        action: str = "",
        act: Callable[[], None] | None = None,
        **parameters: object,
    ) -> None:
        """Show a short message wherever the person is."""
        self.noticed.emit(Notice(key, parameters, tone, action, act))

    def refuse(self, issues: Sequence[Issue]) -> None:
        """Say why something cannot be done."""
        for issue in issues[:1]:
            self.notify("app.refused", tone="bad", why=issue_title(issue))

    def go_to(self, page: PageId, sub_page: str = "") -> None:
        """Ask the window for a page."""
        self.page_requested.emit(page.value, sub_page)

    # Projects

    def create(self, folder: Path, name: str = "") -> bool:
        """Make a project and open it; False after a refusal was shown."""
        return self._take_up(lambda: api.create_project(folder, name))

    def open(self, folder: Path) -> bool:
        """Open a project in place of the one that is open; False after a refusal was shown."""
        if self._project is not None and self._project.folder == folder.resolve():
            return True
        return self._take_up(lambda: api.open_project(folder))

    def close(self) -> None:
        """Close the project; work that still runs ends politely and keeps what it has."""
        if self._project is not None:
            self._leave(self._project)
            self._forget()

    def _leave(self, project: api.Project) -> None:
        if self._jobs.running is not None and not self._ended:
            job = job_word(self._jobs.running.job)
            self.notify("app.switch.stopped", tone="info", job=job, name=project.name)
        self.leaving.emit()
        self._jobs.close()
        self._jobs.deleteLater()
        self._jobs = self._new_jobs()
        self.images.show(None, None)
        api.close(project)
        self._project = None

    def end(self) -> None:
        """Stop all work and close the project, because the window closes."""
        self._ended, self._keeps_warm = True, False
        self._jobs.close()
        self.close()
        self.images.close()

    # Data

    def import_file(self, path: Path, options: ReadOptions | None = None, target: str = "") -> bool:
        """Read data into the next dataset version; images join those there are. `target` is the column to predict, if known."""
        if self._project is None:
            return False
        job = ImportJob(
            job_id=api.new_job_id(),
            project=str(self._project.folder),
            path=str(path),
            options=options or ReadOptions(),
            target=target,
            adds=self.has_images,
        )
        former, self.import_job = self.import_job, job
        self.import_state = RunState()
        if not self.start(job):
            self.import_job = former
            return False
        return True

    def apply(self, step: RecipeStep, words: str) -> None:
        """Add a correction to the recipe; `words` name it in the undo history."""
        self._change_recipe(words, lambda project: api.apply_step(project, step))

    def remove(self, step: RecipeStep, words: str) -> None:
        """Take a correction out of the recipe."""
        self._change_recipe(words, lambda project: api.remove_step(project, step))

    def set_target(self, column: str, words: str) -> None:
        """Choose the column to predict; the goal follows."""
        self.apply(SetRole(column, Role.TARGET), words)

    def use_version(self, number: int) -> None:
        """Use another dataset version."""
        if self._project is None:
            return
        try:
            api.use_dataset(self._project, number)
        except Refusal as refusal:
            self.refuse(refusal.issues)
            return
        self.history.clear()
        self._data_changed()

    def check_again(self) -> None:
        """Look for problems in the data again, under the recipe and the labels in force."""
        project, dataset = self._project, self._dataset
        if project is None or dataset is None or project.read_only:
            return
        self.start(
            ProfileJob(
                job_id=api.new_job_id(),
                project=str(project.folder),
                version=dataset.version.number,
                steps=dataset.steps,
                target=self.target,
            )
        )

    def undo_and_tell(self) -> None:
        """Take the last change back and say which."""
        words = self.history.undo()
        self.notify("data.done.undone" if words else "data.done.nothing_to_undo", tone="info", what=words)

    def redo_and_tell(self) -> None:
        """Do what was undone again and say what."""
        words = self.history.redo()
        self.notify("data.done.redone" if words else "data.done.nothing_to_redo", tone="info", what=words)

    # Goal, training, models

    def save_goal(self, goal: Goal) -> bool:
        """Put a goal in force; the target becomes that of the recipe too."""
        if self._project is None:
            return False
        try:
            if self._dataset is not None and goal.target and goal.target != self.target:
                api.apply_step(self._project, SetRole(goal.target, Role.TARGET))
                self._data_changed()
            api.save_goal(self._project, goal)
        except Refusal as refusal:
            self.refuse(refusal.issues)
            return False
        self._goal = goal
        self.goal_changed.emit()
        return True

    def start(self, job: Job) -> bool:
        """Hand a job to the worker; False after a refusal was shown."""
        try:
            blocking = [issue for issue in api.validate(self._project, job) if api.blocks(issue)]
            if blocking:
                self.refuse(blocking)
                return False
            process = self._jobs.submit(self._project, job)
        except Refusal as refusal:
            self.refuse(refusal.issues)
            return False
        process.state_changed.connect(lambda state: self._job_moved(job, state))
        process.ended.connect(lambda state: self._job_over(job, state))
        self._job_moved(job, process.state)
        return True

    def warm_up(self) -> None:
        """Keep a worker ready, so that the next job begins at once; does nothing when the window is closing."""
        if not self._ended:
            self._keeps_warm = True
            self._jobs.warm_up()

    def choose_model(self, model_id: str) -> None:
        """Note which model of the newest leaderboard is to be used."""
        if self._project is None or self._leaderboard is None:
            return
        try:
            api.choose_model(self._project, self._leaderboard.run_id, model_id)
        except Refusal as refusal:
            self.refuse(refusal.issues)
            return
        self.model_changed.emit()

    # Inside

    def _new_jobs(self) -> JobQueue:
        jobs = JobQueue(self)
        jobs.changed.connect(self.jobs_changed)
        if self._keeps_warm:
            jobs.warm_up()
        return jobs

    def _take_up(self, opening: Callable[[], api.Project]) -> bool:
        try:
            project = opening()
        except Refusal as refusal:
            self.refuse(refusal.issues)
            return False
        if self._project is not None:
            self._leave(self._project)
        # Told once, with the new project in place: pages are not emptied in between.
        self._project = project
        self._forget()
        holder = project.holder
        if holder is not None:
            self.notify(
                "start.opening.read_only",
                tone="warn",
                name=project.name,
                user=holder.user,
                computer=holder.computer,
                since=datetime.fromisoformat(holder.since).astimezone() if holder.since else "",
            )
        return True

    def _forget(self) -> None:
        self.history.clear()
        self.import_job, self.import_state = None, RunState()
        self._read_data()
        self._goal = api.goal(self._project) if self._project else None
        self._read_training()
        for changed in (
            self.project_changed,
            self.dataset_changed,
            self.goal_changed,
            self.run_changed,
            self.model_changed,
            self.jobs_changed,
        ):
            changed.emit()

    def _read_data(self) -> None:
        project = self._project
        self._dataset = api.current_dataset(project) if project else None
        self._profile = api.profile(project) if project else None
        self._profile_is_current = api.profile_is_current(project) if project else False
        self._versions = api.datasets(project) if project else ()
        self.images.show(project, self._dataset)

    def _read_training(self) -> None:
        project = self._project
        runs = api.runs(project, "train") if project else ()
        self._run_id = runs[0].run_id if runs else ""
        self._run_state = api.run_state(project, self._run_id) if project and self._run_id else RunState()
        self._leaderboard = api.latest_leaderboard(project) if project else None
        self._bundles = api.bundles(project) if project else ()

    def _change_recipe(self, words: str, change: Callable[[api.Project], Dataset]) -> None:
        project = self._project
        if project is None:
            return
        done = False

        def do() -> None:
            nonlocal done
            self._carry_out(lambda: api.redo(project) if done else change(project))
            done = True

        self.history.do(words, do, lambda: self._carry_out(lambda: api.undo(project)))

    def _carry_out(self, change: Callable[[], Dataset]) -> None:
        try:
            change()
        except Refusal as refusal:
            self.refuse(refusal.issues)
            return
        self._data_changed()

    def _data_changed(self) -> None:
        self._read_data()
        self._keep_goal_in_step()
        self._check_again()
        self.dataset_changed.emit()

    def _keep_goal_in_step(self) -> None:
        """The goal and the recipe never name different targets."""
        target, goal = self.target, self._goal
        if self._project is None or goal is None or not target or goal.target == target:
            return
        if self._dataset is None or self._profile is None:
            return
        # Task, class and cost belong to the former target; how long and how to check do not.
        fresh = msgspec.structs.replace(goal, target=target, task=None, positive="", cost=None, metric=None)
        self._goal = api.with_target(fresh, self._dataset.schema(), self._profile)
        api.save_goal(self._project, self._goal)
        self.goal_changed.emit()

    def _check_again(self) -> None:
        if not self._profile_is_current:
            self.check_again()

    def _tell_failure(self, job: Job, state: RunState) -> None:
        """Say why a job without a page of its own did not come to its end."""
        canceled = state.finished is not None and state.finished.outcome is Outcome.CANCELED
        if state.succeeded or canceled:
            return
        why = issue_title(state.issues[-1]) if state.issues else ""
        self.notify("app.job.failed" if why else "app.job.crashed", tone="bad", job=job_word(job), why=why)

    def _job_moved(self, job: Job, state: RunState) -> None:
        if isinstance(job, ImportJob):
            self.import_state = state
        if isinstance(job, TrainJob):
            self._run_id, self._run_state = job.job_id, state
            self.run_changed.emit()
        self.jobs_changed.emit()

    def _job_over(self, job: Job, state: RunState) -> None:
        self._job_moved(job, state)
        if isinstance(job, (ImportJob, ProfileJob)):
            self._read_data()
            if isinstance(job, ProfileJob):
                self._tell_failure(job, state)
            if isinstance(job, ImportJob) and state.succeeded:
                self.history.clear()
                self._check_again()
            self.dataset_changed.emit()
        if isinstance(job, TrainJob):
            self._read_training()
            self.run_changed.emit()
            self.model_changed.emit()
        if isinstance(job, ExportJob) and self._project is not None:
            self._bundles = api.bundles(self._project)
            self.model_changed.emit()
        self.job_ended.emit(job, state)
        self.jobs_changed.emit()
