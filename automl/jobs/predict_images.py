"""Every image of a folder, zip, list or file through a bundle for images."""

import tempfile
from pathlib import Path

from automl.data.readers.registry import reader_for
from automl.data.snapshot_rows import snapshot_rows
from automl.domain.events import Phase
from automl.domain.job import PredictJob
from automl.jobs.context import JobContext
from automl.runtime.image.predictor import ImagePredictor, ImagesOutcome
from automl.runtime.image.sources import ImageSource, image_sources, listed, path_column
from automl.runtime.opening import OpenedBundle
from automl.runtime.problems import refused
from automl.runtime.words import Words

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".parquet")
_LOOKED_AT_ROWS = 50


def predict_images(bundle: OpenedBundle, job: PredictJob, context: JobContext, words: Words) -> ImagesOutcome:
    """Judge every image and write the answers, heatmaps too where the job asks for them."""
    predictor = ImagePredictor(bundle)
    data = Path(job.data)
    sources = _listed_in_table(job, data, context) if data.suffix.lower() in _WORKBOOKS else image_sources(data)

    def progress(done: int, total: int) -> None:
        context.check_stop()
        context.progress(Phase.PREDICT, done, total, fraction=done / total)

    heatmaps = Path(job.heatmaps) if job.heatmaps else None
    return predictor.predict_to(sources, Path(job.to), words, heatmaps=heatmaps, progress=progress)


def _listed_in_table(job: PredictJob, data: Path, context: JobContext) -> tuple[ImageSource, ...]:
    """The images a workbook lists, which the runtime alone could not read."""

    def reading(done: float, total: float | None) -> None:
        context.check_stop()
        context.progress(Phase.READ, done, total)

    with tempfile.TemporaryDirectory() as folder:
        work, snapshot = Path(folder, "work"), Path(folder, "snapshot.parquet")
        work.mkdir()
        read = reader_for(data).read(data, job.options, snapshot, work, reading)
        rows = [[cell or "" for cell in row] for row in snapshot_rows(snapshot, len(read.names))]
    place = path_column(read.names, rows[:_LOOKED_AT_ROWS])
    if place is None:
        raise refused("predict.no_image_column", file=data.name)
    return listed((row[place] for row in rows if row[place]), data)
