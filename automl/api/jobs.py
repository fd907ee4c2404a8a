"""Long work: checking a job, writing it down, the worker that carries it out, and how it went."""

import os
import shutil
import sys
import tempfile
import uuid
from datetime import UTC, datetime
from pathlib import Path

from automl.domain.dataset import DataKind, Dataset, DatasetVersion
from automl.domain.events import JobFinished, Outcome
from automl.domain.goal_checks import check_goal
from automl.domain.image_goal import check_image_goal, class_counts
from automl.domain.inspection import FileInspection
from automl.domain.issues import Issue
from automl.domain.job import ExportJob, ImportJob, ImportWeightsJob, Job, PredictJob, TrainJob, VerifyJob
from automl.domain.project import RunRecord, RunStatus
from automl.domain.run_state import RunState, advance, fold
from automl.domain.spelling import nearest
from automl.storage import atomic
from automl.storage.project import Project
from automl.storage.run_folder import RunFolder


def validate(project: Project | None, job: Job) -> tuple[Issue, ...]:
    """Return what stands in the way of a job, blocking issues (see `blocks`) first. Predicting and verifying need no project."""
    match job:
        case ImportJob(path=path):
            return _missing_files(path)
        case PredictJob(bundle=bundle, data=data):
            return _missing_files(bundle, data)
        case ImportWeightsJob(path=path) if path:
            return _missing_files(path)
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
    here = str(Path(__file__).resolve().parents[2])
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


def inspection(project: Project, run_id: str) -> FileInspection | None:
    """Return what an import saw in its file, None when it never got that far."""
    return RunFolder(project.run_folder(run_id)).inspection()


def _missing_files(*paths: str) -> tuple[Issue, ...]:
    missing = (path for path in paths if not Path(path).exists())
    return tuple(Issue("job.file_missing", parameters={"path": path, "file": Path(path).name}) for path in missing)


def _check_training(project: Project, job: TrainJob) -> tuple[Issue, ...]:
    try:
        dataset = Dataset(project.datasets.version(job.version), job.steps)
    except KeyError:
        return (Issue("job.no_data"),)
    if dataset.version.kind is DataKind.IMAGES:
        return check_image_goal(_classes_to_learn(project, dataset.version, job.labels), job.goal)
    found = project.datasets.profile(job.version, job.steps, job.goal.target)
    known = found or project.datasets.newest_profile(job.version)
    if known is None:
        return (Issue("job.not_profiled"),)
    return check_goal(dataset.schema(), job.steps, known, job.goal)


def _classes_to_learn(project: Project, version: DatasetVersion, frozen: str) -> dict[str, int]:
    """Count the images of each class by labels that were frozen, or by those in force."""
    labels = project.labels.frozen(frozen) if frozen else project.labels.current()
    return class_counts(labels[one.sha256] for one in project.images.listing(version).images if one.sha256 in labels)


def _check_export(project: Project, job: ExportJob) -> tuple[Issue, ...]:
    models = [record.summary.model_id for record in project.runs.models(job.run_id)]
    if job.model_id in models:
        return ()
    return (Issue("job.no_such_model", parameters={"model": job.model_id, "nearest": nearest(job.model_id, models)}),)
