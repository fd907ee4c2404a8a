"""Look at a project folder without opening it for work: for the list of recent projects."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from automl.domain.dataset import DataKind, Dataset
from automl.domain.glance import ProjectGlance
from automl.domain.issues import Refusal, Severity
from automl.domain.project import RunRecord
from automl.domain.result import Leaderboard, ModelSummary
from automl.storage.project import Access, Project


def glance(folder: Path) -> ProjectGlance:
    """Return what a list shows of a project; a folder that is gone or damaged gives a glance that is not `found`."""
    try:
        with Project.open(folder, Access.READ) as project:
            return _of(project)
    except Refusal:
        return ProjectGlance(folder=str(folder), name=folder.name, found=False)


def _of(project: Project) -> ProjectGlance:
    dataset = project.datasets.current()
    goal = project.goals.current()
    runs = project.runs.runs("train")
    board = next((found for run in runs if (found := _leaderboard(project, run)) is not None), None)
    chosen = next((run.chosen for run in runs if board is not None and run.run_id == board.run_id), "")
    best = _model(board, chosen) if board else None
    return ProjectGlance(
        folder=str(project.folder),
        name=project.name,
        kind=dataset.version.kind if dataset else DataKind.TABLE,
        rows=dataset.version.row_count if dataset else None,
        open_findings=_open_findings(project, dataset) if dataset else 0,
        target=goal.target if goal else "",
        training=runs[0].status if runs else None,
        models=runs[0].models if runs else 0,
        model_chosen=bool(chosen),
        bundles=len(project.bundles.bundles()),
        metric=board.metric if board else None,
        score=(best.holdout or best.checking) if best else None,
        changed=_changed(project),
    )


def _open_findings(project: Project, dataset: Dataset) -> int:
    profile = project.datasets.newest_profile(dataset.version.number)
    findings = profile.findings if profile else ()
    return sum(finding.severity is not Severity.INFO and finding.fix not in dataset.steps for finding in findings)


def _leaderboard(project: Project, run: RunRecord) -> Leaderboard | None:
    try:
        content = (project.run_folder(run.run_id) / "leaderboard.json").read_bytes()
        return msgspec.json.decode(content, type=Leaderboard)
    except (OSError, msgspec.DecodeError):
        return None


def _model(board: Leaderboard, model_id: str) -> ModelSummary | None:
    wanted = model_id or board.chosen
    return next((model for model in board.models if model.model_id == wanted), None)


def _changed(project: Project) -> str:
    newest = project.audit.newest(1)
    if newest:
        return newest[0].time
    return datetime.fromtimestamp(project.folder.stat().st_mtime, UTC).isoformat()
