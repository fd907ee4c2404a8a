"""Export: one model as a bundle that was verified before anybody gets it."""

from pathlib import Path

import msgspec

from automl.bundle.config_folder import config_folder
from automl.bundle.proof_images import ProofImage
from automl.bundle.signing import this_computers_key
from automl.bundle.source import BundleSource
from automl.bundle.trust import TrustStore
from automl.bundle.verifier import require_verified
from automl.bundle.writer import bundle_files, check_place, write_bundle
from automl.domain.dataset import DataKind
from automl.domain.events import ArtifactWritten, JobStarted, Phase
from automl.domain.job import ExportJob
from automl.domain.verification import VerificationReport
from automl.jobs.context import JobContext
from automl.jobs.export_images import gather_images
from automl.jobs.export_table import gather_table
from automl.jobs.trained_model import trained_model
from automl.runtime.opening import open_bundle
from automl.storage import atomic
from automl.storage.run_folder import RunFolder

_PREPARED, _WRITTEN = 0.4, 0.5


def run(job: ExportJob, context: JobContext) -> None:
    """Write the bundle. Raises Refusal when the model cannot be exported or does not prove itself; nothing is left then."""
    context.emit(JobStarted(kind="export", phases=(Phase.PREPARE, Phase.WRITE, Phase.VERIFY)))
    to = Path(job.to)
    context.progress(Phase.PREPARE, 0, 1, fraction=0.0)
    check_place(to)
    source, proof = _gathered(job, context)
    context.check_stop()
    context.progress(Phase.WRITE, 0, 1, fraction=_PREPARED)
    key, trust = this_computers_key(config_folder()), TrustStore(config_folder())
    files = bundle_files(source, key)
    context.check_stop()
    reports: list[VerificationReport] = []

    def gate(staged: Path) -> None:
        context.progress(Phase.VERIFY, 0, 1, fraction=_WRITTEN)
        report = require_verified(staged, trust, proof, context.check_stop)
        reports.append(msgspec.structs.replace(report, bundle=to.name))
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


def _gathered(job: ExportJob, context: JobContext) -> tuple[BundleSource, tuple[ProofImage, ...]]:
    model = trained_model(context.project, job)
    if model.version.kind is DataKind.IMAGES:
        return gather_images(job, model, context, _PREPARED)
    return gather_table(context.project, model), ()
