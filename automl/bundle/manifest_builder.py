"""From what training left behind to the manifest of a bundle."""

import hashlib
import math
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from platform import python_version

import msgspec
import onnx

from automl import __version__
from automl.bundle.source import BundleSource
from automl.domain.result import Interval
from automl.domain.schema import Column
from automl.domain.task import TaskKind
from automl.runtime.manifest import (
    Cost,
    DataFacts,
    FileFacts,
    GoldenFacts,
    Score,
    SplitFacts,
)
from automl.runtime.table_manifest import TABLE_FORMAT, InputColumn, TableManifest

TOLERANCE = 1e-5
_LIBRARIES = ("numpy", "onnxruntime", "onnx", "scikit-learn", "lightgbm", "torch", "duckdb")


def input_names(model: bytes) -> tuple[str, ...]:
    """Return the columns the graph asks for."""
    return tuple(each.name for each in onnx.load_model_from_string(model).graph.input)


def build_manifest(source: BundleSource, key_id: str) -> TableManifest:
    """Describe the bundle; its files are named once they are there."""
    board, summary, cost = source.leaderboard, source.summary, source.leaderboard.goal.cost
    judged = summary.holdout or summary.checking
    widths = source.evaluation.interval_halfwidths or ()
    is_number = board.task is TaskKind.REGRESSION
    return TableManifest(
        format=TABLE_FORMAT,
        made_by=f"Lathe {__version__}",
        created=source.created,
        project=source.project.name,
        project_id=source.project.id,
        model=source.model_name,
        model_id=summary.model_id,
        family=summary.family.value,
        task=board.task.value,
        target=board.goal.target,
        classes=() if is_number else board.classes,
        alarm_line=summary.alarm_line if board.task is TaskKind.BINARY else None,
        cost=Cost(cost.miss, cost.false_alarm, cost.currency) if cost else None,
        interval_halfwidths=widths if all(map(math.isfinite, widths)) else (),
        inputs=tuple(_input(source, name) for name in input_names(source.onnx)),
        recipe=tuple(msgspec.to_builtins(step) for step in source.steps),
        metric=summary.metric.value,
        metrics=_scores({summary.metric.value: judged, **summary.metrics}),
        metrics_on="holdout" if summary.holdout else "out_of_fold",
        split=SplitFacts(
            board.split.kind,
            board.split.column,
            board.split.learn_rows,
            board.split.holdout_rows,
            board.split.folds,
            board.split.boundary,
        ),
        data=DataFacts(source.version.source.file_name, source.version.fingerprint, source.version.row_count),
        versions=_versions(),
        golden=GoldenFacts(len(source.golden), TOLERANCE, source.golden.target_spread),
        key_id=key_id,
        files={},
    )


def file_facts(files: Mapping[str, bytes]) -> dict[str, FileFacts]:
    """Return what every file must be."""
    return {name: FileFacts(hashlib.sha256(content).hexdigest(), len(content)) for name, content in files.items()}


def _input(source: BundleSource, name: str) -> InputColumn:
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
