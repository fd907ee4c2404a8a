"""Export: one model as a bundle that was verified before anybody gets it."""

from pathlib import Path
from typing import TypeVar

import msgspec

from automl.bundle.config_folder import config_folder
from automl.bundle.learned import LearnedTable
from automl.bundle.probes import GoldenRows
from automl.bundle.signing import this_computers_key
from automl.bundle.source import TableSource
from automl.bundle.trust import TrustStore
from automl.bundle.verifier import require_verified
from automl.bundle.writer import bundle_files, check_place, write_bundle
from automl.data.typed_table import load_texts
from automl.domain.events import ArtifactWritten, JobStarted, Phase
from automl.domain.issues import Issue, Refusal
from automl.domain.job import ExportJob, TrainJob
from automl.domain.recipe import apply_to_schema
from automl.domain.result import Leaderboard
from automl.domain.verification import VerificationReport
from automl.jobs.context import JobContext
from automl.runtime.opening import open_bundle
from automl.storage import atomic, clock
from automl.storage.run_folder import RunFolder
from automl.training.problem import used_schema
from automl.training.run_record import GOLDEN_FILE, LEARNED_FILE

_Record = TypeVar("_Record", LearnedTable, GoldenRows)
_PREPARED, _WRITTEN = 0.2, 0.4


def run(job: ExportJob, context: JobContext) -> None:
    """Write the bundle. Raises Refusal when the model cannot be exported or does not prove itself; nothing is left then."""
    context.emit(JobStarted(kind="export", phases=(Phase.PREPARE, Phase.WRITE, Phase.VERIFY)))
    to = Path(job.to)
    context.progress(Phase.PREPARE, 0, 1, fraction=0.0)
    check_place(to)
    source = gather(job, context)
    context.check_stop()
    context.progress(Phase.WRITE, 0, 1, fraction=_PREPARED)
    key, trust = this_computers_key(config_folder()), TrustStore(config_folder())
    files = bundle_files(source, key)
    context.check_stop()
    reports: list[VerificationReport] = []

    def gate(staged: Path) -> None:
        context.progress(Phase.VERIFY, 0, 1, fraction=_WRITTEN)
        reports.append(msgspec.structs.replace(require_verified(staged, trust), bundle=to.name))
        context.check_stop()

    write_bundle(files, to, gate)
    trust.note_own(source.project.id)
    manifest_sha256 = open_bundle(to).manifest_sha256
    size = sum(map(len, files.values()))
    context.project.bundles.add(job.run_id, job.model_id, str(to), manifest_sha256, size)
    write_report(reports[0], context)
    context.progress(Phase.VERIFY, 1, 1, fraction=1.0)
    context.emit(ArtifactWritten(kind="bundle", path=str(to), sha256=manifest_sha256))


def write_report(report: VerificationReport, context: JobContext) -> None:
    """Keep a verification report in the run folder and tell where it is."""
    path = RunFolder(context.run_folder).verification_path
    atomic.write_bytes(path, msgspec.json.format(msgspec.json.encode(report)))
    context.emit(ArtifactWritten(kind="verification", path=str(path)))


def gather(job: ExportJob, context: JobContext) -> TableSource:
    """Collect everything a bundle is made from. Raises Refusal when the model or its golden rows are missing."""
    project = context.project
    folder = RunFolder(project.run_folder(job.run_id))
    board, evaluation = folder.leaderboard(), folder.evaluation(job.model_id)
    training = _training_job(job, context)
    if board is None or evaluation is None or training is None:
        raise _no_such_model(job)
    summary = next((model for model in board.models if model.model_id == job.model_id), None)
    if summary is None:
        raise _no_such_model(job)
    learned = _read(project.run_folder(job.run_id) / LEARNED_FILE, LearnedTable)
    golden = _read(folder.model_folder(job.model_id) / GOLDEN_FILE, GoldenRows)
    version = project.datasets.version(training.version)
    schema = used_schema(apply_to_schema(version.schema, training.steps), training.goal)
    real_rows = [row for row in golden.row_numbers if row > 0]
    raw_texts = load_texts(
        project.objects.path(version.snapshot), schema, (*golden.numbers, *golden.texts), rows=real_rows
    )
    return TableSource(
        project=project.info,
        version=version,
        steps=training.steps,
        schema=schema,
        leaderboard=board,
        summary=summary,
        evaluation=evaluation,
        learned=learned,
        golden=golden,
        raw_texts=raw_texts,
        onnx=project.objects.read_bytes(project.runs.model(job.run_id, job.model_id).onnx),
        model_name=_model_name(board, job.model_id),
        created=clock.now(),
    )


def _training_job(job: ExportJob, context: JobContext) -> TrainJob | None:
    try:
        training = context.project.runs.job(job.run_id)
    except KeyError:
        return None
    return training if isinstance(training, TrainJob) else None


def _model_name(board: Leaderboard, model_id: str) -> str:
    """What a file calls the model, in no language: its family and number."""
    model = next(model for model in board.models if model.model_id == model_id)
    return f"{model.family.value} {model.number}"


def _read(path: Path, kind: type[_Record]) -> _Record:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (FileNotFoundError, msgspec.DecodeError) as error:
        raise Refusal(Issue("bundle.no_golden_rows")) from error


def _no_such_model(job: ExportJob) -> Refusal:
    return Refusal(Issue("bundle.no_such_model", parameters={"model": job.model_id}))
