"""What the Deploy page reads off records and files. Pure, but for looking at what lies on the disk."""

import csv
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from automl.domain.dataset import DatasetProfile
from automl.domain.events import JobProgress
from automl.domain.image_result import ImageEvaluation
from automl.domain.issues import Issue
from automl.domain.model_card import OFTEN_MISSING
from automl.domain.project import BundleRecord
from automl.domain.run_state import RunState
from automl.domain.schema import Schema
from automl.domain.verification import BundleFile

ZIP, FOLDER = "zip", "folder"
FILE_KINDS = ("start", "model", "card", "manifest", "golden", "runtime", "requirements", "readme")
CHECKS = ("whole", "signed", "runs_alone", "predicted_again", "fast_enough", "refuses_broken_input")
IMAGE_FILE_KINDS = (*FILE_KINDS, "csharp")
IMAGE_CHECKS = ("whole", "signed", "runs_alone", "every_size_images", "fast_enough", "refuses_broken_input_images")
ROW_ISSUES = (
    "out_of_range",
    "unseen_category",
    "missing_value",
    "not_a_number",
    "not_a_time",
    "unit_suspected",
    "empty_column",
    "too_few_cells",
    "too_many_cells",
    "no_answer",
    "image.unlike_learned",
    "image.smaller",
    "image.larger",
    "image.no_answer",
    "image.damaged",
    "image.empty",
    "image.unknown_format",
    "image.too_large",
    "image.too_deep",
)
_MANIFEST = "manifest.json"
_HAVE_ISSUES = ("predict.rows_have_issues", "predict.images_have_issues")
_IMAGES_JUDGED = "predict.images_judged"


@dataclass(frozen=True)
class FileGroup:
    """The files of a bundle that serve one end; no names and no size before there is a bundle."""

    kind: str
    names: tuple[str, ...] = ()
    size_bytes: int | None = None


def file_groups(files: Sequence[BundleFile], *, of_images: bool = False) -> tuple[FileGroup, ...]:
    """Return the files by what they are for, in the order a person meets them; without files what there will be."""
    usual = IMAGE_FILE_KINDS if of_images else FILE_KINDS
    if not files:
        return tuple(FileGroup(kind) for kind in usual)
    kinds = [*usual, *sorted({one.kind for one in files} - set(usual))]
    groups = ((kind, [one for one in files if one.kind == kind]) for kind in kinds)
    return tuple(
        FileGroup(kind, tuple(one.name for one in found), sum(one.size_bytes for one in found))
        for kind, found in groups
        if found
    )


def is_bundle(path: Path) -> bool:
    """Whether something looks like a bundle: a folder or zip with a manifest. What is in it is checked when it is used."""
    if path.is_dir():
        return (path / _MANIFEST).is_file()
    return path.suffix.lower() == ".zip" and zipfile.is_zipfile(path)


def bundle_of(path: Path) -> Path:
    """Return the bundle a person means: the folder when its manifest was chosen."""
    return path.parent if path.name == _MANIFEST else path


def bundle_of_model(bundles: Sequence[BundleRecord], run_id: str, model_id: str) -> BundleRecord | None:
    """Return the newest bundle of a model, None before the first."""
    return next((one for one in bundles if (one.run_id, one.model_id) == (run_id, model_id)), None)


def any_heatmap(images: ImageEvaluation) -> bool:
    """Whether a model can say where it looked."""
    return any(judged.heatmap for judged in images.judged)


def free_path(parent: Path, stem: str, ending: str) -> Path:
    """Return a path that is not taken: the name, or the name with a number behind it."""
    candidate, number = parent / f"{stem}{ending}", 2
    while candidate.exists():
        candidate = parent / f"{stem} {number}{ending}"
        number += 1
    return candidate


def often_missing(profile: DatasetProfile | None, schema: Schema, target: str) -> tuple[str, ...]:
    """Return the inputs that are often empty."""
    if profile is None:
        return ()
    inputs = {column.name for column in schema.inputs() if column.name != target}
    return tuple(
        column.name
        for column in profile.columns
        if column.name in inputs and column.missing >= OFTEN_MISSING * max(1, profile.row_count)
    )


@dataclass(frozen=True)
class PredictionCounts:
    """How many rows were predicted, how many have something unusual, and what, most frequent first."""

    rows: int
    unusual: int
    kinds: tuple[tuple[str, int], ...]


def prediction_counts(state: RunState) -> PredictionCounts:
    """Return what a prediction that ended well came to."""
    told = next((issue for issue in state.issues if issue.code in _HAVE_ISSUES), None)
    if told is None:
        return PredictionCounts(_rows_done(state.progress), 0, ())
    counts = ((kind, int(told.parameters.get(kind, 0))) for kind in ROW_ISSUES)
    kinds = sorted(((kind, count) for kind, count in counts if count), key=lambda one: -one[1])
    return PredictionCounts(int(told.parameters["total"]), int(told.parameters["rows"]), tuple(kinds))


def file_notes(state: RunState) -> tuple[Issue, ...]:
    """Return what was said about the whole table or the bundle rather than about rows or images."""
    return tuple(issue for issue in state.issues if issue.code not in (*_HAVE_ISSUES, _IMAGES_JUDGED))


def images_judged(state: RunState) -> Issue | None:
    """Return how often each verdict was given, None when it was rows that were predicted."""
    return next((issue for issue in state.issues if issue.code == _IMAGES_JUDGED), None)


def first_rows(predictions: Path, count: int) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the column names and the first rows of a predictions file; nothing when it is gone."""
    try:
        with predictions.open(encoding="utf-8-sig", newline="") as file:
            lines: Iterator[list[str]] = csv.reader(file)
            names = tuple(next(lines, ()))
            return names, [tuple(line) for line in islice(lines, count)]
    except (OSError, ValueError, csv.Error):
        return (), []


def _rows_done(progress: JobProgress | None) -> int:
    return round(progress.done) if progress is not None else 0
