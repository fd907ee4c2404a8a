"""One model of a finished training run, with what is known of every model."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from automl.domain.dataset import DatasetVersion
from automl.domain.issues import Issue, Refusal
from automl.domain.job import ExportJob, TrainJob
from automl.domain.result import Leaderboard, ModelEvaluation, ModelSummary
from automl.storage.project import Project
from automl.storage.run_folder import RunFolder

_Record = TypeVar("_Record", bound=msgspec.Struct)


@dataclass(frozen=True, kw_only=True)
class TrainedModel:
    """A model as training left it; `folder` is that of its run."""

    folder: RunFolder
    path: Path
    training: TrainJob
    version: DatasetVersion
    leaderboard: Leaderboard
    summary: ModelSummary
    evaluation: ModelEvaluation
    onnx: bytes

    @property
    def name(self) -> str:
        """What a file calls the model, in no language: its family and number."""
        return f"{self.summary.family.value} {self.summary.number}"

    @property
    def model_folder(self) -> Path:
        """The folder of the model in that of its run."""
        return self.folder.model_folder(self.summary.model_id)


def trained_model(project: Project, job: ExportJob) -> TrainedModel:
    """Find the model of an order. Raises Refusal when there is none."""
    path = project.run_folder(job.run_id)
    folder = RunFolder(path)
    board, evaluation = folder.leaderboard(), folder.evaluation(job.model_id)
    training = _training_job(project, job)
    summary = next((model for model in board.models if model.model_id == job.model_id), None) if board else None
    if board is None or evaluation is None or training is None or summary is None:
        raise Refusal(Issue("bundle.no_such_model", parameters={"model": job.model_id}))
    return TrainedModel(
        folder=folder,
        path=path,
        training=training,
        version=project.datasets.version(training.version),
        leaderboard=board,
        summary=summary,
        evaluation=evaluation,
        onnx=project.objects.read_bytes(project.runs.model(job.run_id, job.model_id).onnx),
    )


def read_record(path: Path, kind: type[_Record], missing: Issue) -> _Record:
    """Read a JSON record; raises Refusal with `missing` when it is not there or damaged."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (FileNotFoundError, msgspec.DecodeError) as error:
        raise Refusal(missing) from error


def _training_job(project: Project, job: ExportJob) -> TrainJob | None:
    try:
        training = project.runs.job(job.run_id)
    except KeyError:
        return None
    return training if isinstance(training, TrainJob) else None
