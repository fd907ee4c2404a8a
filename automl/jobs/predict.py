"""Predict: every row of a table, or every image, through a bundle, by the runtime that travels in it."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import resources
from automl.bundle.config_folder import config_folder
from automl.bundle.problems import as_refusal, to_issue
from automl.bundle.trust import TrustStore
from automl.data.readers.csv_reader import CsvReader
from automl.data.readers.registry import reader_for
from automl.data.snapshot_rows import snapshot_rows
from automl.domain.events import ArtifactWritten, JobStarted, Phase
from automl.domain.issues import Issue, Parameter, Severity
from automl.domain.job import PredictJob
from automl.jobs.context import JobContext
from automl.jobs.predict_images import predict_images
from automl.runtime.csv_writing import require_other_file
from automl.runtime.image.predictor import ImagesOutcome
from automl.runtime.image.sources import is_image_name
from automl.runtime.image.verdicts import VERDICTS
from automl.runtime.image_manifest import ImageManifest
from automl.runtime.opening import OpenedBundle, open_bundle
from automl.runtime.predictor import Predictor, TableOutcome
from automl.runtime.problems import refused
from automl.runtime.words import Words, preferred_language


def run(job: PredictJob, context: JobContext) -> None:
    """Write the answers. Raises Refusal for a bundle or data that cannot be used; nothing is written then."""
    context.emit(JobStarted(kind="predict", phases=(Phase.PREPARE, Phase.READ, Phase.PREDICT)))
    context.progress(Phase.PREPARE, 0, 1)
    language = job.language or preferred_language()
    words = Words.read(resources.path(f"translations/{language}/issues_predict.json"))
    with as_refusal():
        bundle = open_bundle(Path(job.bundle))
        note = TrustStore(config_folder()).require(bundle, accept=job.trust_key)
        if note is not None:
            context.issue(note)
        done = _predict(bundle, job, context, words)
    context.progress(Phase.PREDICT, done, done, fraction=1.0)
    context.emit(ArtifactWritten(kind="predictions", path=job.to))


def _predict(bundle: OpenedBundle, job: PredictJob, context: JobContext, words: Words) -> int:
    """Predict and tell what is unusual; returns how many rows or images there were."""
    if isinstance(bundle.manifest, ImageManifest):
        images = predict_images(bundle, job, context, words)
        context.issue(Issue("predict.images_judged", Severity.INFO, _verdicts(images)))
        if images.images_with_issues:
            code = "predict.images_have_issues"
            context.issue(_issues_of(code, images.images_with_issues, images.images, images.issue_counts))
        return images.images
    if Path(job.data).is_dir() or is_image_name(Path(job.data).name):
        raise refused("bundle.for_tables", file=bundle.path.name)
    require_other_file(Path(job.to), [bundle.path, Path(job.data)])
    table = _predict_table(Predictor(bundle), job, context, words)
    for problem in table.notes:
        context.issue(to_issue(problem))
    if table.rows_with_issues:
        context.issue(_issues_of("predict.rows_have_issues", table.rows_with_issues, table.rows, table.issue_counts))
    return table.rows


def _verdicts(outcome: ImagesOutcome) -> dict[str, Parameter]:
    """How many images there were and how often each verdict was given."""
    counts: dict[str, Parameter] = {"images": outcome.images, "unanswered": outcome.without_answer}
    return counts | {each: outcome.verdict_counts.get(each, 0) for each in VERDICTS}


def _issues_of(code: str, doubtful: int, total: int, by_code: Mapping[str, int]) -> Issue:
    counts = ", ".join(f"{each} {count:,}" for each, count in sorted(by_code.items()))
    facts: dict[str, Parameter] = {"rows": doubtful, "total": total, "counts": counts, **by_code}
    return Issue(code, Severity.LOOK, facts)


def _predict_table(predictor: Predictor, job: PredictJob, context: JobContext, words: Words) -> TableOutcome:
    data, to = Path(job.data), Path(job.to)

    def progress(rows: int) -> None:
        context.check_stop()
        context.progress(Phase.PREDICT, rows)

    reader = reader_for(data)
    if isinstance(reader, CsvReader):
        return predictor.predict_file(
            data,
            to,
            words,
            encoding=job.options.encoding,
            delimiter=job.options.delimiter,
            trust_columns=job.trust_columns,
            progress=progress,
        )
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder, "work")
        work.mkdir()
        snapshot = Path(folder, "snapshot.parquet")

        def reading(done: float, total: float | None) -> None:
            context.check_stop()
            context.progress(Phase.READ, done, total)

        read = reader.read(data, job.options, snapshot, work, reading)
        rows = snapshot_rows(snapshot, len(read.names))
        return predictor.predict_table(
            read.names, rows, to, words, file=data.name, trust_columns=job.trust_columns, progress=progress
        )
