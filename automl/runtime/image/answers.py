"""What a person reads of an image: prediction, probabilities, verdict, and what is unusual about it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.runtime.answers import ISSUES, PREDICTION, as_texts, choose, number_titles
from automl.runtime.image.decode import Pixels
from automl.runtime.image.session import Seen
from automl.runtime.image.verdicts import UNKNOWN, Lines, verdicts_of
from automl.runtime.image_manifest import ImageManifest
from automl.runtime.manifest import ANOMALY
from automl.runtime.problems import LOOK, Problem
from automl.runtime.words import Words

PATH, VERDICT, OUTSIDE, HEATMAP = "path", "verdict", "outside", "heatmap"
# Graphs scale images to one size: beyond this factor too little or too much is left of what was learned.
_STRANGE_FACTOR = 2.0


@dataclass(frozen=True)
class ImageAnswer:
    """The answer to one image. Without an answer the texts are empty and the numbers NaN; `issues` say why.

    `probabilities` is float32 [classes]; `heatmap` is float32 [h, w] on the model's scale, None when there is none.
    """

    prediction: str
    verdict: str
    probabilities: NDArray[np.float32]
    outside: float
    issues: tuple[Problem, ...] = ()
    heatmap: NDArray[np.float32] | None = None

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return bool(self.prediction)

    @property
    def probability(self) -> float:
        """The probability of the most probable class; NaN without an answer."""
        return float(self.probabilities.max())


def answer(manifest: ImageManifest, seen: Seen, pixels: Pixels) -> ImageAnswer:
    """Say what the graph's numbers mean for an image."""
    numbers = seen.probabilities[None]
    (verdict,) = verdicts_of(numbers, np.array([seen.outside]), lines_of(manifest))
    if not np.isfinite(numbers).all():
        return _nothing(manifest, Problem("image.no_answer", severity=LOOK))
    prediction = manifest.classes[int(choose(numbers, manifest.alarm_line)[0])]
    issues = [*_size_issue(manifest, pixels)]
    if verdict == UNKNOWN:
        issues.insert(0, Problem("image.unlike_learned", severity=LOOK))
    return ImageAnswer(prediction, verdict, seen.probabilities, seen.outside, tuple(issues), seen.heatmap)


def lines_of(manifest: ImageManifest) -> Lines:
    """Return where the verdicts of a bundle part."""
    return Lines(manifest.good_places, manifest.lower, manifest.upper, manifest.task == ANOMALY)


def unanswered(manifest: ImageManifest, problems: Sequence[Problem]) -> ImageAnswer:
    """Return the row of an image that could not be looked at."""
    return _nothing(manifest, *problems)


def titles(manifest: ImageManifest) -> tuple[str, ...]:
    """Return the header of a predictions file for images."""
    return (PATH, PREDICTION, *number_titles(manifest), VERDICT, OUTSIDE, HEATMAP, ISSUES)


def cells(name: str, given: ImageAnswer, heatmap: str, words: Words) -> tuple[str, ...]:
    """Return one row of a predictions file; numbers as texts that give back the same float32."""
    outside = as_texts(np.array([given.outside], dtype=np.float32))
    said = "; ".join(issue_text(issue, words) for issue in given.issues)
    return (name, given.prediction, *as_texts(given.probabilities), given.verdict, *outside, heatmap, said)


def issue_text(issue: Problem, words: Words) -> str:
    """Return one issue of an image: its code, then what it means."""
    return f"{issue.code}: {words.say(f'issue.{issue.code}.title', {'file': issue.file, **issue.parameters})}"


def _nothing(manifest: ImageManifest, *problems: Problem) -> ImageAnswer:
    nothing = np.full(len(manifest.classes), np.nan, dtype=np.float32)
    return ImageAnswer("", "", nothing, float("nan"), problems)


def _size_issue(manifest: ImageManifest, pixels: Pixels) -> tuple[Problem, ...]:
    height, width = pixels.shape[:2]
    small = width * _STRANGE_FACTOR < manifest.smallest[0] or height * _STRANGE_FACTOR < manifest.smallest[1]
    large = width > manifest.largest[0] * _STRANGE_FACTOR or height > manifest.largest[1] * _STRANGE_FACTOR
    if not small and not large:
        return ()
    return (Problem("image.smaller" if small else "image.larger", {"width": width, "height": height}, LOOK),)
