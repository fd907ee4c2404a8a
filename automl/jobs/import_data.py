"""The import job: a file becomes a dataset version with its profile."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from automl.data.checks.registry import corrections, in_order
from automl.data.connection import part
from automl.data.images.sources import holds_images
from automl.data.infer_schema import InferredSchema, infer_schema
from automl.data.profiler import profile
from automl.data.readers.base import DamagedRows, ReadResult
from automl.data.readers.registry import reader_for
from automl.data.row_page_export import export_pages
from automl.domain.dataset import DatasetProfile, DatasetVersion, Source
from automl.domain.events import ArtifactWritten, Phase
from automl.domain.inspection import FileInspection
from automl.domain.issues import Issue, Refusal
from automl.domain.job import ImportJob
from automl.domain.recipe import RecipeStep
from automl.domain.schema import ColumnType, Role, Schema
from automl.domain.spelling import nearest
from automl.jobs import import_images
from automl.jobs.context import JobContext
from automl.jobs.phase_progress import progress_of
from automl.storage import atomic, clock
from automl.storage.objects import file_sha256

INSPECTION_FILE = "inspection.json"
_PARTS = {Phase.READ: (0.0, 0.3), Phase.CHECK: (0.3, 0.8), Phase.WRITE: (0.8, 1.0)}
_INFERRING = 0.3


@dataclass(frozen=True)
class _Imported:
    """What stands in the scratch folder before anything is stored."""

    result: ReadResult
    schema: Schema
    steps: tuple[RecipeStep, ...]
    profile: DatasetProfile
    snapshot: Path


def run(job: ImportJob, context: JobContext) -> None:
    """Read, check and store a file, or images. Raises Refusal when they cannot be used; nothing is stored then."""
    path = Path(job.path)
    if holds_images(path, job.options):
        import_images.run(job, context)
        return
    with context.project.scratch() as work:
        imported = _read(job, path, work, context)
        _store(job, path, imported, work, context)


def _read(job: ImportJob, path: Path, work: Path, context: JobContext) -> _Imported:
    snapshot = work / "snapshot.parquet"
    try:
        result = reader_for(path).read(path, job.options, snapshot, work, progress_of(context, Phase.READ, _PARTS))
    except DamagedRows as damaged:
        _write_inspection(damaged.inspection, context)
        raise Refusal(damaged.issue) from damaged
    checking = progress_of(context, Phase.CHECK, _PARTS)
    comma_is_decimal = result.options.delimiter == ";"
    inferred = infer_schema(snapshot, result.names, comma_is_decimal, part(checking, 0.0, _INFERRING))
    _write_inspection(_with_decimal_mark(result.inspection, inferred), context)
    schema = _with_target(inferred.schema, job.target, path)
    found = profile(snapshot, schema, job.target, part(checking, _INFERRING, 1.0))
    if not job.target and found.suggested_target:
        schema = schema.with_role(found.suggested_target, Role.TARGET)
    told = tuple(_in_file(issue, path.name) for issue in (*result.issues, *inferred.issues))
    found = msgspec.structs.replace(found, findings=in_order((*told, *found.findings)))
    for issue in found.findings:
        context.issue(issue)
    return _Imported(result, schema, corrections(found.findings), found, snapshot)


def _store(job: ImportJob, path: Path, imported: _Imported, work: Path, context: JobContext) -> None:
    project = context.project
    pages = work / "pages"
    fingerprint = export_pages(
        imported.snapshot, imported.result.names, pages, progress_of(context, Phase.WRITE, _PARTS)
    )
    inspection = imported.result.inspection
    source = Source(path.name, path.stat().st_size, file_sha256(path), imported.result.options)
    version = DatasetVersion(
        number=project.datasets.next_number(),
        source=source,
        snapshot=project.objects.put_file(imported.snapshot),
        pages=project.objects.put_file(pages),
        fingerprint=fingerprint,
        row_count=inspection.row_count - inspection.damaged_count,
        schema=imported.schema,
        proposed_steps=imported.steps,
        created=clock.now(),
    )
    with project.transaction():
        project.datasets.add(version)
        project.datasets.save_profile(version.number, imported.steps, job.target, imported.profile)
    context.emit(ArtifactWritten(kind="dataset", path=str(version.number), sha256=version.snapshot))
    context.emit(ArtifactWritten(kind="profile", path=str(version.number)))


def _with_target(schema: Schema, target: str, path: Path) -> Schema:
    if not target:
        return schema
    if target not in schema.names():
        parameters = {"column": target, "file": path.name, "nearest": nearest(target, schema.names())}
        raise Refusal(Issue("data.target_missing", parameters={**parameters}))
    return schema.with_role(target, Role.TARGET)


def _with_decimal_mark(inspection: FileInspection, inferred: InferredSchema) -> FileInspection:
    numbers = [column for column in inferred.schema.columns if column.type is ColumnType.NUMBER]
    comma = any(column.number_format.decimal == "," for column in numbers)
    return msgspec.structs.replace(inspection, decimal="," if comma else ".")


def _in_file(issue: Issue, file_name: str) -> Issue:
    parameters = {"column": issue.where.column, "file": file_name} | issue.parameters
    where = msgspec.structs.replace(issue.where, file=file_name)
    return msgspec.structs.replace(issue, where=where, parameters=parameters)


def _write_inspection(inspection: FileInspection, context: JobContext) -> None:
    path = context.run_folder / INSPECTION_FILE
    atomic.write_bytes(path, msgspec.json.format(msgspec.json.encode(inspection)))
    context.emit(ArtifactWritten(kind="inspection", path=str(path)))
