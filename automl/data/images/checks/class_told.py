"""Something besides the part tells the class: the light, the border, the size, the file format or the folder.

A model would learn that instead of the flaw, look excellent here and fail on the line. Each trace alone guesses the class of
images whose group it has not seen; the score is balanced accuracy, 0 for guessing and 1 for always right. It must be high and
higher than with classes dealt out at random.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray

from automl.data.images.checks.base import Float, ImageEvidence, finding
from automl.domain.issues import Issue, Severity

Codes = NDArray[np.int64]

_FEWEST_IMAGES, _FEWEST_OF_A_CLASS = 40, 8
_MOST_CLASSES = 50
_BINS, _FOLDS, _SHUFFLES = 10, 5, 19
_TELLS = 0.6


def check(evidence: ImageEvidence) -> Iterator[Issue]:
    """Find traces that tell the class."""
    kept = np.array([evidence.counts.get(name, 0) >= _FEWEST_OF_A_CLASS for name in evidence.classes], bool)
    names, classes = np.unique(np.array(evidence.classes)[kept], return_inverse=True)
    if not 2 <= len(names) <= _MOST_CLASSES or kept.sum() < _FEWEST_IMAGES:
        return
    _, groups = np.unique([image.group for image in evidence.images], return_inverse=True)
    folds = groups[kept] % _FOLDS
    for code, traces in _traces(evidence):
        score = max(_score(trace[kept], classes, folds) for trace in traces)
        if score < _TELLS:
            continue
        chance = np.random.default_rng(0)
        shuffled = [chance.permutation(classes) for _ in range(_SHUFFLES)]
        if all(_score(trace[kept], other, folds) < score for other in shuffled for trace in traces):
            yield finding(code, Severity.LOOK, score=score)


def _traces(evidence: ImageEvidence) -> Iterator[tuple[str, tuple[Codes, ...]]]:
    brightness = evidence.values("brightness")
    yield "images.class_told_by_brightness", (_binned(brightness),)
    beyond = evidence.borders - brightness[:, None]
    yield "images.class_told_by_border", tuple(_binned(beyond[:, side]) for side in range(beyond.shape[1]))
    yield "images.class_told_by_size", (_codes([f"{image.width} {image.height}" for image in evidence.images]),)
    formats = (f"{PurePosixPath(i.path).suffix.lower()} {i.channels} {i.bits}" for i in evidence.images)
    yield "images.class_told_by_format", (_codes(list(formats)),)
    yield "images.class_told_by_folder", (_codes(_other_folders(evidence)),)


def _other_folders(evidence: ImageEvidence) -> list[str]:
    """The folders of every image without the one its class was read from."""
    parts = (PurePosixPath(image.path).parent.parts for image in evidence.images)
    named = zip(parts, evidence.images, strict=True)
    return ["/".join(part for part in each if part.casefold() != image.class_name.casefold()) for each, image in named]


def _score(trace: Codes, classes: Codes, folds: Codes) -> float:
    """Balanced accuracy of guessing the class by the trace, shares of classes made equal; 0 is chance, 1 always right."""
    count = int(classes.max()) + 1
    right = np.zeros(len(classes))
    for fold in range(_FOLDS):
        checked = folds == fold
        table = np.zeros((int(trace.max()) + 1, count))
        np.add.at(table, (trace[~checked], classes[~checked]), 1.0)
        shares = table / np.maximum(table.sum(axis=0), 1.0)
        best = shares == shares.max(axis=1, keepdims=True)
        right[checked] = (best / best.sum(axis=1, keepdims=True))[trace[checked], classes[checked]]
    recalls = np.bincount(classes, right, count) / np.bincount(classes, minlength=count)
    return float((recalls.mean() - 1.0 / count) / (1.0 - 1.0 / count))


def _binned(values: Float) -> Codes:
    edges = np.quantile(values, np.linspace(0.0, 1.0, _BINS + 1)[1:-1])
    return np.searchsorted(edges, values).astype(np.int64)


def _codes(texts: list[str]) -> Codes:
    return np.unique(np.array(texts), return_inverse=True)[1].astype(np.int64)
