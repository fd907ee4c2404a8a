"""What came of training: leaderboards, evaluations, the chosen model, bundles."""

from automl.domain.image_result import ImageEvaluation
from automl.domain.job import ExportJob, VerifyJob
from automl.domain.labels import Suggestions
from automl.domain.project import BundleRecord
from automl.domain.result import Leaderboard, ModelEvaluation
from automl.domain.verification import VerificationReport
from automl.storage.project import Project
from automl.storage.run_folder import RunFolder


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


def image_evaluation(project: Project, run_id: str, model_id: str) -> ImageEvaluation | None:
    """Return what the pages of images show of a model, None for a model on tables."""
    return RunFolder(project.run_folder(run_id)).image_evaluation(model_id)


def heatmap(project: Project, run_id: str, model_id: str, number: int) -> bytes | None:
    """Return where a model looked on one image as an 8-bit grey PNG over the whole image, None when it was not kept."""
    try:
        return RunFolder(project.run_folder(run_id)).heatmap_path(model_id, number).read_bytes()
    except OSError:
        return None


def suggestions(project: Project, run_id: str) -> Suggestions | None:
    """Return what a run that suggests classes of images said last, None before it said anything."""
    return RunFolder(project.run_folder(run_id)).suggestions()


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
