"""The job that takes weights of a network into the project: recognised, checked, proven, licence written down."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from automl.domain.events import ArtifactWritten, Phase
from automl.domain.issues import Issue, Parameter, Refusal, Severity
from automl.domain.job import ImportWeightsJob
from automl.domain.spelling import nearest
from automl.domain.weights import (
    ARCHITECTURES,
    Architecture,
    WeightsRecord,
    WeightsSource,
    architecture_named,
    forbids_business,
)
from automl.jobs.context import JobContext
from automl.storage import clock
from automl.storage.objects import file_sha256
from automl.weights.download import download
from automl.weights.layout import read_layout
from automl.weights.proof import prove
from automl.weights.recognition import recognise
from automl.weights.store import UsableWeights

_STEPS = 4


@dataclass(frozen=True)
class _Given:
    """A file at hand and what is said of it; `licence` counts where the file states none."""

    file: Path
    source: WeightsSource
    name: str
    licence: str


def run(job: ImportWeightsJob, context: JobContext, fetch: Callable[[Architecture, Path], Path] = download) -> None:
    """Import a file, or fetch the weights of an architecture and import them; nothing else ever asks the network."""
    with context.project.scratch() as scratch:
        given = _fetched(job, context, scratch, fetch) if job.download else _brought(job)
        record = _record(context, given)
        context.check_stop()
        context.progress(Phase.CHECK, 2, _STEPS)
        weights = UsableWeights(record, given.file, scratch / "graphs")
        prove(weights)
        context.check_stop()
        context.progress(Phase.WRITE, 3, _STEPS)
        context.project.weights.add(record, given.file, weights.graphs.iterdir())
    with context.project.transaction():
        context.project.audit.add("weights.added", name=record.title, file=record.name, sha256=record.sha256[:12])
    context.progress(Phase.WRITE, _STEPS, _STEPS)
    for issue in _warnings(record):
        context.issue(issue)
    context.emit(ArtifactWritten(kind="weights", path=record.architecture, sha256=record.sha256))


def _brought(job: ImportWeightsJob) -> _Given:
    file = Path(job.path)
    return _Given(file, WeightsSource.FILE, file.name, job.licence.strip())


def _fetched(
    job: ImportWeightsJob, context: JobContext, folder: Path, fetch: Callable[[Architecture, Path], Path]
) -> _Given:
    wanted = architecture_named(job.download)
    if wanted is None:
        known = [each.name for each in ARCHITECTURES]
        near = nearest(job.download, known)
        issue = Issue("weights.no_such_network", parameters={"name": job.download, "nearest": near})
        raise Refusal(issue)
    context.progress(Phase.READ, 0, _STEPS)
    file = fetch(wanted, folder)
    context.check_stop()
    return _Given(file, WeightsSource.DOWNLOAD, wanted.repository, job.licence.strip() or wanted.licence)


def _record(context: JobContext, given: _Given) -> WeightsRecord:
    """What is known of a file, or a Refusal that says why it cannot be used."""
    context.progress(Phase.READ, 1, _STEPS)
    layout = read_layout(given.file)
    found = recognise(layout, given.file.name)
    licence = layout.licence or given.licence
    return WeightsRecord(
        name=given.name,
        architecture=found.architecture.name,
        sha256=file_sha256(given.file),
        size_bytes=given.file.stat().st_size,
        source=given.source,
        licence=licence,
        non_commercial=forbids_business(licence),
        added=clock.now(),
    )


def _warnings(record: WeightsRecord) -> list[Issue]:
    if record.non_commercial:
        said: dict[str, Parameter] = {"name": record.title, "licence": record.licence}
        return [Issue("weights.non_commercial", Severity.ACT, parameters=said)]
    if not record.licence:
        return [Issue("weights.licence_unknown", Severity.LOOK, parameters={"name": record.title})]
    return []
