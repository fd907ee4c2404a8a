"""Projects and their runs as the commands find them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from automl import api
from automl.domain.issues import Issue, Refusal
from automl.domain.project import RunRecord
from automl.domain.result import Leaderboard, ModelSummary
from automl.domain.spelling import nearest


@contextmanager
def opened(folder: Path, *, read_only: bool = False, create: bool = False) -> Iterator[api.Project]:
    """Open a project for the block. Raises Refusal when it cannot be opened, or is to be written and somebody else does."""
    is_new = create and not (folder / "project.json").exists()
    project = api.create_project(folder) if is_new else api.open_project(folder, read_only=read_only)
    try:
        if not read_only:
            project.require_writing()
        yield project
    finally:
        api.close(project)


def last_training(project: api.Project) -> RunRecord:
    """Return the newest training run. Raises Refusal when there is none."""
    runs = api.runs(project, "train")
    if not runs:
        raise Refusal(Issue("project.nothing_trained", parameters={"folder": str(project.folder)}))
    return runs[0]


def last_leaderboard(project: api.Project) -> Leaderboard:
    """Return the newest leaderboard. Raises Refusal when there is none."""
    board = api.latest_leaderboard(project)
    if board is None:
        raise Refusal(Issue("project.nothing_trained", parameters={"folder": str(project.folder)}))
    return board


def model_named(board: Leaderboard, name: str) -> ModelSummary:
    """Return a model by its id, its rank or its family. Raises Refusal with the nearest id when there is none."""
    for rank, model in enumerate(board.models, start=1):
        if name in (model.model_id, str(rank), model.family.value):
            return model
    ids = [model.model_id for model in board.models]
    parameters = {"model": name, "nearest": nearest(name, ids) or ids[0]}
    raise Refusal(Issue("job.no_such_model", parameters={**parameters}))
