"""A bundle for images proving itself: its golden images give their golden answers, and what is no image gets none."""

import time
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from automl.runtime.answers import number_titles
from automl.runtime.image.answers import OUTSIDE, lines_of
from automl.runtime.image.predictor import ImagePredictor
from automl.runtime.image.sources import ImageSource
from automl.runtime.image.verdicts import GATE, unusual, verdicts_of
from automl.runtime.image_manifest import ImageManifest
from automl.runtime.member_names import GOLDEN_ANSWERS_FILE
from automl.runtime.problems import refused
from automl.runtime.selftest import SelfTest, count_other_labels, largest_difference, read_cells

IMAGE = "image"
_SMALLEST_GATE_MARGIN = 1e-3


class Numbers:
    """What a graph says of some images: probabilities [n, classes] and distances to the learned images [n], float32."""

    def __init__(self, probabilities: NDArray[np.floating], outside: NDArray[np.floating]) -> None:
        self.probabilities = probabilities.astype(np.float32)
        self.outside = outside.astype(np.float32)

    def __len__(self) -> int:
        return len(self.outside)


def run_selftest(predictor: ImagePredictor) -> SelfTest:
    """Judge the golden images again, time single ones and offer files that are no images."""
    manifest, bundle = predictor.manifest, predictor.bundle
    names, expected = read_golden(manifest, bundle.read(GOLDEN_ANSWERS_FILE))
    if names != bundle.golden_images or len(names) != manifest.golden.rows:
        raise refused("bundle.golden_unreadable", file=GOLDEN_ANSWERS_FILE)
    contents = [bundle.read(name) for name in names]
    found, milliseconds = _judged(predictor, contents)
    refusals = [
        not predictor.predict_source(_source(name, content)).answer.answered
        for name, content in broken_images(contents[0])
    ]
    return SelfTest(
        rows=len(names),
        difference=difference(manifest, expected, found),
        other_labels=other_answers(manifest, expected, found),
        tolerance=manifest.golden.tolerance,
        milliseconds_per_row=milliseconds,
        broken_refused=sum(refusals),
        broken_tried=len(refusals),
    )


def read_golden(manifest: ImageManifest, content: bytes) -> tuple[tuple[str, ...], Numbers]:
    """Return the names of the golden images and what the model said of them where it was made."""
    titles, rows = read_cells(content)
    try:
        places = [titles.index(name) for name in (*number_titles(manifest), OUTSIDE)]
        names = tuple(row[titles.index(IMAGE)] for row in rows)
        values = np.array([[float(row[place]) for place in places] for row in rows], dtype=np.float32)
    except ValueError as error:
        raise refused("bundle.golden_unreadable", file=GOLDEN_ANSWERS_FILE) from error
    values = values.reshape(len(rows), len(places))
    return names, Numbers(values[:, :-1], values[:, -1])


def difference(manifest: ImageManifest, expected: Numbers, found: Numbers) -> float:
    """Return the largest difference of a probability; an answer that is missing counts as the largest there is."""
    return largest_difference(manifest, expected.probabilities.astype(np.float64), found.probabilities)


def other_answers(manifest: ImageManifest, expected: Numbers, found: Numbers) -> int:
    """Count images with another prediction or verdict, left aside those that lie on a line within the tolerance."""
    lines, tolerance = lines_of(manifest), manifest.golden.tolerance
    risks = unusual(expected.probabilities, lines.good)
    on_a_line = np.min([np.abs(risks - line) for line in (lines.lower, lines.upper)], axis=0) <= 2 * tolerance
    on_a_line |= np.abs(expected.outside - GATE) <= _SMALLEST_GATE_MARGIN
    verdicts = [verdicts_of(each.probabilities, each.outside, lines) for each in (expected, found)]
    differ = np.array([one != other for one, other in zip(*verdicts, strict=True)], dtype=bool)
    return int(np.count_nonzero(differ & ~on_a_line)) + count_other_labels(
        manifest, expected.probabilities.astype(np.float64), found.probabilities
    )


def broken_images(whole: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield files that must get no answer, as (file name, bytes)."""
    yield "empty.png", b""
    yield "cut.png", whole[: len(whole) // 2]
    yield "start_only.png", whole[:20]
    yield "text.jpg", b"this is no image"
    yield "program.png", b"\x80\x04\x95\x1c\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94."
    yield "drawing.bmp", b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def _source(name: str, content: bytes) -> ImageSource:
    return ImageSource(name, lambda: content)


def _judged(predictor: ImagePredictor, contents: Sequence[bytes]) -> tuple[Numbers, float]:
    """Return what the graph says of the images, and the usual milliseconds from file to answer."""
    predictor.predict_source(_source("first", contents[0]))
    answers, took = [], []
    for content in contents:
        began = time.perf_counter()
        answers.append(predictor.predict_source(_source(IMAGE, content)).answer)
        took.append(time.perf_counter() - began)
    found = Numbers(np.stack([each.probabilities for each in answers]), np.array([each.outside for each in answers]))
    return found, 1000.0 * float(np.median(took))
