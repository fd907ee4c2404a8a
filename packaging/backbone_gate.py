"""Whether built-in weights are worth shipping: they must help on real images, beside descriptors that need no weights."""

import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from automl.data.images.loader import ImageLoader
from automl.domain.job import ImportJob
from automl.domain.task import Metric, RandomSplit
from automl.evaluation.metrics import Scoring, score
from automl.evaluation.splits import SplitInput, plan_split
from automl.jobs import import_data
from automl.jobs.context import Controls, EventSink, JobContext
from automl.labelling.head import fit_head
from automl.labelling.image_features import image_features
from automl.labelling.points import scattered
from automl.models.image.feature_cache import FeatureCache
from automl.storage.project import Project
from automl.weights.feature_graph import export_feature_graph

RESOLUTION = 224
NEEDED_GAIN = 0.01
_F1 = Scoring(Metric.F1_MACRO)


def gate(weights: Path, architecture: str, folders: list[Path]) -> dict[str, float]:
    """Mean F1 score of the classes of every folder of labelled images: without weights, with them alone, with both."""
    graph = export_feature_graph(weights, architecture, RESOLUTION)
    figures: dict[str, float] = {}
    for folder in folders:
        with tempfile.TemporaryDirectory() as scratch:
            classical, learned, codes, groups = _described(folder, Path(scratch) / "project", graph)
        for name, features in (
            ("without", classical),
            ("alone", learned),
            ("both", np.concatenate([classical, learned], axis=1)),
        ):
            figures[f"{folder.name}.{name}"] = round(_score(features, codes, groups), 4)
    return figures


def passes(figures: dict[str, float]) -> bool:
    """Whether both together beat the descriptors alone by a point on every folder; nothing measured does not pass."""
    names = {name.rpartition(".")[0] for name in figures}
    return bool(names) and all(figures[f"{name}.both"] >= figures[f"{name}.without"] + NEEDED_GAIN for name in names)


def _described(
    folder: Path, project_folder: Path, graph: bytes
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]:
    with Project.create(project_folder) as project:
        job = ImportJob(job_id="gate", project=str(project_folder), path=str(folder))
        run_folder = project.run_folder(job.job_id)
        run_folder.mkdir(parents=True)
        project.runs.add(job)
        sink = EventSink(job.job_id, lambda _line: None, "import")
        import_data.run(job, JobContext(sink=sink, controls=Controls(), run_folder=run_folder, project=project))
        images = project.images.listing(project.datasets.version(1)).images
        classical = image_features(project, images, lambda _done, _of: None)
        learned = FeatureCache(project_folder / "cache", graph).features(images, ImageLoader(project.objects))
    names = sorted({image.class_name for image in images})
    codes = np.array([names.index(image.class_name) for image in images], np.int64)
    return classical, learned, codes, np.array([image.group for image in images], np.int64)


def _score(features: NDArray[np.float32], codes: NDArray[np.int64], groups: NDArray[np.int64]) -> float:
    """Mean F1 of out-of-fold answers; images of one part never stand on both sides."""
    points = scattered(features).points
    classes = int(codes.max()) + 1
    answers = np.zeros((len(codes), classes))
    units = np.unique(groups, return_inverse=True)[1].astype(np.int64)
    for fold in plan_split(SplitInput(strata=codes, equal_rows=units), RandomSplit(), None, seed=0).folds:
        head = fit_head(points[fold.train], codes[fold.train], classes)
        answers[fold.check] = np.eye(classes)[head.logits(points[fold.check]).argmax(axis=1)]
    return score(_F1, codes, answers)
