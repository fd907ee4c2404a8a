"""Images far from the others in light or sharpness: a lamp that was off, a lens out of focus, an empty shot."""

from collections.abc import Iterator

import numpy as np

from automl.data.images.checks.base import Float, ImageEvidence, finding
from automl.domain.issues import Issue, Severity

_FEWEST = 20
_FAR = 5.0
_BLANK_CONTRAST = 0.008
# What spreads less than this is not worth a word, however even the others are.
_LIGHT_SPREAD, _SHARPNESS_SPREAD = 0.02, 0.15
_FAINTEST = 1e-4
_NORMAL = 1.4826
_FEWEST_OF_A_CLASS = 10
_MOST = 0.1


def check(evidence: ImageEvidence) -> Iterator[Issue]:
    """Find blank, dark, bright and blurred images. What a whole class has in common is not odd."""
    if len(evidence.images) < _FEWEST:
        return
    blank = evidence.values("contrast") < _BLANK_CONTRAST
    light = _far_from_the_others(evidence, evidence.values("brightness"), _LIGHT_SPREAD)
    sharp = _far_from_the_others(evidence, np.log(evidence.values("sharpness") + _FAINTEST), _SHARPNESS_SPREAD)
    for code, odd in (
        ("images.blank", blank),
        ("images.dark", (light < -_FAR) & ~blank),
        ("images.bright", (light > _FAR) & ~blank),
        ("images.blurred", (sharp < -_FAR) & ~blank),
    ):
        numbers = [image.number for image, is_odd in zip(evidence.images, odd, strict=True) if is_odd]
        if numbers and len(numbers) <= max(1, _MOST * len(evidence.images)):
            yield finding(code, Severity.LOOK, numbers, count=len(numbers))


def _far_from_the_others(evidence: ImageEvidence, values: Float, least_spread: float) -> Float:
    """How many robust standard deviations each value lies from the middle of its class, or of all in a small class."""
    classes = np.array(evidence.classes)
    rest = values - np.median(values)
    for name in evidence.counts:
        of_class = classes == name
        if of_class.sum() >= _FEWEST_OF_A_CLASS:
            rest[of_class] = values[of_class] - np.median(values[of_class])
    spread = max(_NORMAL * float(np.median(np.abs(rest))), least_spread)
    return np.asarray(rest / spread, np.float64)
