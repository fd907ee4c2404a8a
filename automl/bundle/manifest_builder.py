"""From what training left behind to the manifest of a bundle."""

import hashlib
import math
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from platform import python_version
from typing import Any

import msgspec
import onnx

from automl import __version__
from automl.bundle.source import BundleSource, ImagesSource, TableSource
from automl.domain.result import Interval
from automl.domain.schema import Column
from automl.domain.task import TaskKind
from automl.runtime.image_manifest import IMAGE_FORMAT, IMAGES, ImageManifest, WeightsFacts
from automl.runtime.manifest import (
    Cost,
    DataFacts,
    FileFacts,
    GoldenFacts,
    Score,
    SplitFacts,
)
from automl.runtime.manifest_reading import AnyManifest
from automl.runtime.table_manifest import TABLE_FORMAT, InputColumn, TableManifest

TOLERANCE = 1e-5
# Pixels become features in float32 sums over thousands of neighbours.
IMAGE_TOLERANCE = 1e-4
_MIDDLE, _NEVER = 0.5, 2.0
_LIBRARIES = ("numpy", "onnxruntime", "onnx", "scikit-learn", "lightgbm", "torch", "duckdb", "pillow")


def input_names(model: bytes) -> tuple[str, ...]:
    """Return the columns the graph asks for."""
    return tuple(each.name for each in onnx.load_model_from_string(model).graph.input)


def build_manifest(source: BundleSource, key_id: str) -> AnyManifest:
    """Describe the bundle; its files are named once they are there. Raises TypeError for a source of neither kind."""
    match source:
        case TableSource():
            return table_manifest(source, key_id)
        case ImagesSource():
            return image_manifest(source, key_id)
    raise TypeError(f"{type(source).__name__} is no model of tables or images")


def table_manifest(source: TableSource, key_id: str) -> TableManifest:
    """Describe a bundle for tables."""
    widths = source.evaluation.interval_halfwidths or ()
    return TableManifest(
        **_of_every_kind(source, key_id),
        format=TABLE_FORMAT,
        golden=GoldenFacts(len(source.golden), TOLERANCE, source.golden.target_spread),
        interval_halfwidths=widths if all(map(math.isfinite, widths)) else (),
        inputs=tuple(_input(source, name) for name in input_names(source.onnx)),
        recipe=tuple(msgspec.to_builtins(step) for step in source.steps),
    )


def image_manifest(source: ImagesSource, key_id: str) -> ImageManifest:
    """Describe a bundle for images."""
    images, learned, band = source.images, source.learned, source.images.band
    usual = (_MIDDLE, _MIDDLE) if images.good else (_NEVER, _NEVER)
    lower, upper = (band.lower, max(band.lower, band.upper)) if band is not None else usual
    common = _of_every_kind(source, key_id)
    if common["alarm_line"] is not None and images.good:
        # A prediction must not contradict the verdict beside it.
        common["alarm_line"] = min(1.0, max(lower, min(upper, common["alarm_line"])))
    return ImageManifest(
        **common,
        format=IMAGE_FORMAT,
        kind=IMAGES,
        golden=GoldenFacts(len(source.golden), IMAGE_TOLERANCE, 1.0),
        good=tuple(images.classes[place] for place in images.good),
        lower=lower,
        upper=upper,
        class_counts=learned.class_counts,
        smallest=learned.smallest,
        largest=learned.largest,
        milliseconds=source.milliseconds,
        numbers=source.numbers,
        weights=tuple(WeightsFacts(one.name, one.licence, one.non_commercial) for one in source.weights),
    )


def _of_every_kind(source: BundleSource, key_id: str) -> dict[str, Any]:
    """Return the fields that every manifest has, but for its format and golden answers."""
    board, summary, cost = source.leaderboard, source.summary, source.leaderboard.goal.cost
    judged = summary.holdout or summary.checking
    has_line = board.task in (TaskKind.BINARY, TaskKind.ANOMALY)
    return {
        "made_by": f"Lathe {__version__}",
        "created": source.created,
        "project": source.project.name,
        "project_id": source.project.id,
        "model": source.model_name,
        "model_id": summary.model_id,
        "family": summary.family.value,
        "task": board.task.value,
        "target": board.goal.target,
        "classes": () if board.task is TaskKind.REGRESSION else board.classes,
        "alarm_line": summary.alarm_line if has_line else None,
        "cost": Cost(cost.miss, cost.false_alarm, cost.currency) if cost else None,
        "metric": summary.metric.value,
        "metrics": _scores({summary.metric.value: judged, **summary.metrics}),
        "metrics_on": "holdout" if summary.holdout else "out_of_fold",
        "split": SplitFacts(
            board.split.kind,
            board.split.column,
            board.split.learn_rows,
            board.split.holdout_rows,
            board.split.folds,
            board.split.boundary,
        ),
        "data": DataFacts(source.version.source.file_name, source.version.fingerprint, source.version.row_count),
        "versions": _versions(),
        "key_id": key_id,
        "files": {},
    }


def file_facts(files: Mapping[str, bytes]) -> dict[str, FileFacts]:
    """Return what every file must be."""
    return {name: FileFacts(hashlib.sha256(content).hexdigest(), len(content)) for name, content in files.items()}


def _input(source: TableSource, name: str) -> InputColumn:
    column: Column = source.schema.column(name)
    learned = source.learned.column(name)
    lower, upper = column.limits or (None, None)
    return InputColumn(
        name=name,
        kind=column.type.value,
        decimal=column.number_format.decimal,
        thousands=column.number_format.thousands,
        unit=column.number_format.unit,
        time_format=column.time_format,
        missing_values=column.missing_values,
        lower_limit=lower,
        upper_limit=upper,
        missing_share=learned.missing_share,
        minimum=learned.minimum,
        median=learned.median,
        maximum=learned.maximum,
        category_count=learned.category_count,
        categories=learned.categories,
        category_hashes=learned.category_hashes,
    )


def _scores(metrics: Mapping[str, Interval]) -> dict[str, Score]:
    """Return the scores that are numbers; one that could not be computed on these rows is not claimed."""
    return {
        name: Score(score.value, score.lower, score.upper)
        for name, score in metrics.items()
        if all(map(math.isfinite, (score.value, score.lower, score.upper)))
    }


def _versions() -> dict[str, str]:
    found = {"python": python_version(), "lathe": __version__}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
