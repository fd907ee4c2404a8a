"""What a front end can ask for. Every verb is quick and loads nothing heavy; long work is a job for the worker process.

Verbs that cannot do what is asked raise `automl.domain.issues.Refusal` with the issues that say why.
"""

import os
import shutil
import sys
import tempfile
import uuid
from datetime import UTC, datetime
from pathlib import Path

from automl import __version__
from automl.computer import facts
from automl.domain.dataset import Dataset, DatasetProfile, DatasetVersion
from automl.domain.event_stream import EventDecoder
from automl.domain.events import JobFinished, Outcome
from automl.domain.glance import ProjectGlance
from automl.domain.goal_checks import blocks, check_goal, metrics_for
from automl.domain.goal_proposal import propose_goal, with_target
from automl.domain.inspection import FileInspection
from automl.domain.issues import Issue, Refusal
from automl.domain.job import ExportJob, ImportJob, Job, PredictJob, TrainJob, VerifyJob
from automl.domain.project import AuditEntry, BundleRecord, Computer, RunRecord, RunStatus
from automl.domain.recipe import RecipeStep
from automl.domain.recipe_editing import add_step, column_of
from automl.domain.result import Leaderboard, ModelEvaluation
from automl.domain.run_state import RunState, advance, fold
from automl.domain.schema import Role
from automl.domain.spelling import nearest
from automl.domain.task import Goal
from automl.domain.verification import VerificationReport
from automl.storage import atomic
from automl.storage.glance import glance
from automl.storage.project import Access, Project, restore_newest_backup
from automl.storage.row_pages import PageRow
from automl.storage.run_folder import RunFolder

__all__ = [
    "EventDecoder",
    "Project",
    "ProjectGlance",
    "blocks",
    "glance",
    "metrics_for",
    "propose_goal",
    "with_target",
]


def version() -> str:
    """Return the version of Lathe."""
    return __version__


def create_project(folder: Path, name: str = "") -> Project:
    """Make a project in a folder that is absent or empty and open it for writing."""
    return Project.create(folder, name)


def open_project(folder: Path, *, read_only: bool = False) -> Project:
    """Open a project. When somebody else writes to it, it opens read-only and `holder` says who that is."""
    return Project.open(folder, Access.READ if read_only else Access.WRITE)


def restore_backup(folder: Path) -> Path:
    """Put the newest backup in the place of a damaged project database; return where the damaged file was put."""
    return restore_newest_backup(folder)


def close(project: Project) -> None:
    """Close a project and let others write to it."""
    project.close()


def datasets(project: Project) -> tuple[DatasetVersion, ...]:
    """Return all dataset versions, oldest first."""
    return project.datasets.versions()


def current_dataset(project: Project) -> Dataset | None:
    """Return the dataset in use, None in an empty project."""
    return project.datasets.current()


def use_dataset(project: Project, number: int) -> Dataset:
    """Use another dataset version."""
    project.require_writing()
    return project.datasets.make_current(number)


def profile(project: Project) -> DatasetProfile | None:
    """Return the profile of the current dataset; that of a former recipe while a new one is not ready, None before any."""
    dataset = project.datasets.current()
    if dataset is None:
        return None
    number = dataset.version.number
    exact = project.datasets.profile(number, dataset.steps, target_in_force(project, dataset))
    return exact or project.datasets.newest_profile(number)


def profile_is_current(project: Project) -> bool:
    """Whether the profile was made under exactly the recipe and target in force."""
    dataset = project.datasets.current()
    if dataset is None:
        return False
    target = target_in_force(project, dataset)
    return project.datasets.profile(dataset.version.number, dataset.steps, target) is not None


def target_in_force(project: Project, dataset: Dataset) -> str:
    """Return the target as the recipe says, else as the goal says; empty when neither does."""
    named = dataset.schema().of_role(Role.TARGET)
    if named:
        return named[0].name
    goal_in_force = project.goals.current()
    known = goal_in_force is not None and goal_in_force.target in dataset.schema().names()
    return goal_in_force.target if goal_in_force is not None and known else ""


def rows(project: Project, start: int, count: int) -> list[PageRow]:
    """Return rows of the current dataset as (row number in the file, cells as text), from position `start`."""
    dataset = project.datasets.current()
    return [] if dataset is None else project.row_pages(dataset.version.pages).rows(start, count)


def rows_of(project: Project, version: DatasetVersion, start: int, count: int) -> list[PageRow]:
    """Return rows of one version in the same form, without asking the database which one is current."""
    return project.row_pages(version.pages).rows(start, count)


def row_count(project: Project) -> int:
    """Return how many rows the current dataset has."""
    dataset = project.datasets.current()
    return 0 if dataset is None else dataset.version.row_count


def apply_step(project: Project, step: RecipeStep) -> Dataset:
    """Add a correction to the recipe of the current dataset."""
    dataset = _dataset_to_change(project)
    column, names = column_of(step), dataset.version.schema.names()
    if column and column not in names:
        raise Refusal(Issue("recipe.unknown_column", parameters={"column": column, "nearest": nearest(column, names)}))
    return _change_recipe(project, dataset, add_step(dataset.version.schema, dataset.steps, step))


def remove_step(project: Project, step: RecipeStep) -> Dataset:
    """Take one correction out of the recipe, wherever it stands."""
    dataset = _dataset_to_change(project)
    return _change_recipe(project, dataset, tuple(one for one in dataset.steps if one != step))


def undo(project: Project) -> Dataset:
    """Go back to the recipe before the last change; nothing happens when there is none."""
    dataset = _dataset_to_change(project)
    with project.transaction():
        if project.recipes.undo(dataset.version.number):
            project.audit.add("recipe.undone", version=dataset.version.number)
    return project.datasets.dataset(dataset.version.number)


def redo(project: Project) -> Dataset:
    """Take the last undo back; nothing happens when there is none."""
    dataset = _dataset_to_change(project)
    with project.transaction():
        if project.recipes.redo(dataset.version.number):
            project.audit.add("recipe.redone", version=dataset.version.number)
    return project.datasets.dataset(dataset.version.number)


def can_undo(project: Project) -> bool:
    """Whether the recipe has a former state."""
    dataset = project.datasets.current()
    return dataset is not None and project.recipes.can_undo(dataset.version.number)


def can_redo(project: Project) -> bool:
    """Whether an undo can be taken back."""
    dataset = project.datasets.current()
    return dataset is not None and project.recipes.can_redo(dataset.version.number)


def goal(project: Project) -> Goal | None:
    """Return the goal in force, None before the first."""
    return project.goals.current()


def save_goal(project: Project, wanted: Goal) -> None:
    """Put a goal in force."""
    with project.transaction():
        project.goals.save(wanted)


def validate(project: Project | None, job: Job) -> tuple[Issue, ...]:
    """Return what stands in the way of a job, blocking issues (see `blocks`) first. Predicting and verifying need no project."""
    match job:
        case ImportJob(path=path):
            return _missing_files(path)
        case PredictJob(bundle=bundle, data=data):
            return _missing_files(bundle, data)
        case VerifyJob(bundle=bundle):
            return _missing_files(bundle)
        case TrainJob() if project is not None:
            return _check_training(project, job)
        case ExportJob() if project is not None:
            return _check_export(project, job)
        case _:
            return ()


def new_job_id() -> str:
    """Return a new id that sorts by time."""
    return f"{datetime.now(UTC).strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:6]}"


def submit(project: Project | None, job: Job) -> Path:
    """Write a job down, ready for the worker, and return its run folder. Without a project the folder is temporary."""
    if project is None:
        folder = Path(tempfile.mkdtemp(prefix="lathe-"))
    else:
        project.require_writing()
        folder = project.run_folder(job.job_id)
    with atomic.refused(folder):
        folder.mkdir(parents=True, exist_ok=project is None)
    RunFolder(folder).write_job(job)
    if project is not None:
        project.runs.add(job)
    return folder


def discard(run_folder: Path) -> None:
    """Remove the temporary run folder of a job without a project."""
    shutil.rmtree(run_folder, ignore_errors=True)


def worker_command(run_folder: Path) -> list[str]:
    """Return the command line that carries out the job of a run folder."""
    return [sys.executable, "-m", "automl.worker", str(run_folder)]


def warm_worker_command() -> list[str]:
    """Return the command line of a worker that loads its libraries and waits for a run folder on standard input."""
    return [sys.executable, "-m", "automl.worker", "--warm"]


def worker_environment() -> dict[str, str]:
    """Return the environment for a worker: it finds this very program, whatever the current folder holds."""
    here = str(Path(__file__).resolve().parents[1])
    others = os.environ.get("PYTHONPATH", "")
    path = os.pathsep.join([here, *([others] if others else [])])
    return {**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"}


def runs(project: Project, kind: str = "") -> tuple[RunRecord, ...]:
    """Return all runs, or those of one kind of job, newest first."""
    return project.runs.runs(kind)


def job_of(project: Project, run_id: str) -> Job:
    """Return the job of a run; KeyError when there is no such run."""
    return project.runs.job(run_id)


def run_state(project: Project, run_id: str) -> RunState:
    """Return a run as its events tell it; a run whose process is gone without a last word is marked crashed."""
    folder = RunFolder(project.run_folder(run_id))
    state = fold(folder.events())
    status = next((run.status for run in project.runs.runs() if run.run_id == run_id), None)
    gone = status is not None and status.ended and state.finished is None
    return folder.crashed(state) if gone else state


def conclude(project: Project | None, run_folder: Path, state: RunState, exit_code: int, *, canceled: bool) -> RunState:
    """Note that the worker of a run is gone, and return the final state.

    A worker that said no last word was `canceled` the hard way, or it crashed. `exit_code` is as `subprocess` gives it.
    """
    folder = RunFolder(run_folder)
    run_id = state.job_id or run_folder.name
    if state.finished is None and not canceled:
        if project is not None:
            project.runs.settle(run_id, RunStatus.STOPPED)
        return folder.crashed(state, exit_code)
    if state.finished is None:
        kept = len(project.runs.trials(run_id)) if project is not None else 0
        last = JobFinished(job_id=run_id, outcome=Outcome.CANCELED, kept_trials=kept)
        folder.add_last(last)
        state = advance(state, last)
    if project is not None and state.finished is not None:
        project.runs.settle(run_id, RunStatus(state.finished.outcome.value))
    return state


def log_tail(run_folder: Path) -> str:
    """Return the last lines of a run's log, for the person who is asked for help."""
    return RunFolder(run_folder).log_tail()


def leaderboard(project: Project, run_id: str) -> Leaderboard | None:
    """Return the leaderboard of a run, None before it is written."""
    return RunFolder(project.run_folder(run_id)).leaderboard()


def latest_leaderboard(project: Project) -> Leaderboard | None:
    """Return the leaderboard of the newest training run that has one."""
    boards = (leaderboard(project, run.run_id) for run in project.runs.runs("train"))
    return next((board for board in boards if board is not None), None)


def evaluation(project: Project, run_id: str, model_id: str) -> ModelEvaluation | None:
    """Return the numbers behind the charts of a model, None before they are written."""
    return RunFolder(project.run_folder(run_id)).evaluation(model_id)


def inspection(project: Project, run_id: str) -> FileInspection | None:
    """Return what an import saw in its file, None when it never got that far."""
    return RunFolder(project.run_folder(run_id)).inspection()


def choose_model(project: Project, run_id: str, model_id: str) -> None:
    """Note which model a person picked."""
    with project.transaction():
        project.runs.choose(run_id, model_id)


def chosen_model(project: Project, run_id: str) -> str:
    """Return the model a person picked, else the one Lathe suggests; empty before there is a leaderboard."""
    picked = project.runs.chosen(run_id)
    if picked:
        return picked
    board = leaderboard(project, run_id)
    return board.chosen if board else ""


def bundles(project: Project) -> tuple[BundleRecord, ...]:
    """Return all bundles written from the project, newest first."""
    return project.bundles.bundles()


def verification(project: Project, bundle: BundleRecord) -> VerificationReport | None:
    """Return what was found when a bundle was checked last, by its writing or later; None when that is no longer known."""
    for run in project.runs.runs():
        job = project.runs.job(run.run_id)
        place = job.to if isinstance(job, ExportJob) else job.bundle if isinstance(job, VerifyJob) else ""
        if place == bundle.path and (found := RunFolder(project.run_folder(run.run_id)).verification()) is not None:
            return found
    return None


def audit(project: Project, count: int = 200) -> tuple[AuditEntry, ...]:
    """Return the last entries of the audit log, newest first."""
    return project.audit.newest(count)


def computer(folder: Path | None = None) -> Computer:
    """Describe the computer; free disk space is that of `folder`, or of the home folder."""
    return facts.computer(folder or Path.home())


def _dataset_to_change(project: Project) -> Dataset:
    project.require_writing()
    dataset = project.datasets.current()
    if dataset is None:
        raise Refusal(Issue("project.no_data"))
    return dataset


def _change_recipe(project: Project, dataset: Dataset, steps: tuple[RecipeStep, ...]) -> Dataset:
    number = dataset.version.number
    if steps != dataset.steps:
        with project.transaction():
            project.recipes.change(number, steps)
            project.audit.add("recipe.changed", version=number, steps=len(steps))
    return project.datasets.dataset(number)


def _missing_files(*paths: str) -> tuple[Issue, ...]:
    missing = (path for path in paths if not Path(path).exists())
    return tuple(Issue("job.file_missing", parameters={"path": path, "file": Path(path).name}) for path in missing)


def _check_training(project: Project, job: TrainJob) -> tuple[Issue, ...]:
    try:
        dataset = Dataset(project.datasets.version(job.version), job.steps)
    except KeyError:
        return (Issue("job.no_data"),)
    found = project.datasets.profile(job.version, job.steps, job.goal.target)
    known = found or project.datasets.newest_profile(job.version)
    if known is None:
        return (Issue("job.not_profiled"),)
    return check_goal(dataset.schema(), job.steps, known, job.goal)


def _check_export(project: Project, job: ExportJob) -> tuple[Issue, ...]:
    models = [record.summary.model_id for record in project.runs.models(job.run_id)]
    if job.model_id in models:
        return ()
    return (Issue("job.no_such_model", parameters={"model": job.model_id, "nearest": nearest(job.model_id, models)}),)
