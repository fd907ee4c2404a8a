"""Predict: every row of a table through a bundle, by the runtime that travels in it."""

import tempfile
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
from automl.runtime.opening import open_bundle
from automl.runtime.predictor import Predictor, TableOutcome
from automl.runtime.words import Words, preferred_language


def run(job: PredictJob, context: JobContext) -> None:
    """Write the answers. Raises Refusal for a bundle or a table that cannot be used; nothing is written then."""
    context.emit(JobStarted(kind="predict", phases=(Phase.PREPARE, Phase.READ, Phase.PREDICT)))
    context.progress(Phase.PREPARE, 0, 1)
    with as_refusal():
        bundle = open_bundle(Path(job.bundle))
        note = TrustStore(config_folder()).require(bundle, accept=job.trust_key)
        if note is not None:
            context.issue(note)
        outcome = _predict(Predictor(bundle), job, context)
    for problem in outcome.notes:
        context.issue(to_issue(problem))
    if outcome.rows_with_issues:
        counts = ", ".join(f"{code} {count:,}" for code, count in sorted(outcome.issue_counts.items()))
        facts: dict[str, Parameter] = {
            "rows": outcome.rows_with_issues,
            "total": outcome.rows,
            "counts": counts,
            **outcome.issue_counts,
        }
        context.issue(Issue("predict.rows_have_issues", Severity.LOOK, facts))
    context.progress(Phase.PREDICT, outcome.rows, outcome.rows, fraction=1.0)
    context.emit(ArtifactWritten(kind="predictions", path=job.to))


def _predict(predictor: Predictor, job: PredictJob, context: JobContext) -> TableOutcome:
    data, to = Path(job.data), Path(job.to)
    language = job.language or preferred_language()
    words = Words.read(resources.path(f"translations/{language}/issues_predict.json"))

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
