"""What would help an image model, computed from its mistakes. Nothing is said that these results do not show."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from automl.domain.image_result import Advice, JudgedImage
from automl.domain.images import ImageRecord
from automl.domain.issues import Parameter
from automl.domain.result import InWords
from automl.evaluation.uncertainty import wilson

# A trait of images is worth a sentence when mistakes have it this often and chance would not do it.
UNUSUAL_TENTH = 0.1
FEWEST_ALIKE, LEAST_SHARE_ALIKE, CHANCE = 3, 0.3, 0.01
ENOUGH_IMAGES, ASK_FOR_AT_LEAST, WEAK_RECALL = 40, 10, 0.85
SURE_OF_ANOTHER, LITTLE_FOR_THE_LABEL = 0.8, 0.05
FEWEST_CONFUSED, LEAST_SHARE_CONFUSED = 4, 0.25
MOST_SENTENCES = 6


@dataclass(frozen=True)
class JudgedClasses:
    """Names of the classes, places of those that mean a good part, and how many images show each."""

    names: tuple[str, ...]
    good: tuple[int, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class _Results:
    classes: JudgedClasses
    judged: tuple[JudgedImage, ...]
    images: dict[int, ImageRecord]
    answers: NDArray[np.float64]

    @property
    def wrong(self) -> tuple[JudgedImage, ...]:
        return tuple(image for image in self.judged if image.actual != image.predicted)


def advise(
    classes: JudgedClasses,
    judged: tuple[JudgedImage, ...],
    images: Sequence[ImageRecord],
    answers: NDArray[np.float64],
) -> tuple[Advice, ...]:
    """Return what would help, what concerns most images first. `answers` [n, classes] belong to `judged`."""
    results = _Results(classes, judged, {image.number: image for image in images}, answers)
    found = [advice for check in _CHECKS for advice in check(results)]
    return tuple(sorted(found, key=lambda advice: -len(advice.numbers))[:MOST_SENTENCES])


def _trait(results: _Results, *, code: str, value: Callable[[ImageRecord], float], low: bool) -> list[Advice]:
    """Mistakes that stand out in one respect from images that were answered rightly."""
    wrong = results.wrong
    right = [image for image in results.judged if image.actual == image.predicted]
    if len(wrong) < FEWEST_ALIKE or len(right) < FEWEST_ALIKE:
        return []
    usual = np.array([value(results.images[image.number]) for image in right])
    edge = float(np.quantile(usual, UNUSUAL_TENTH if low else 1 - UNUSUAL_TENTH))
    alike = [image for image in wrong if (value(results.images[image.number]) < edge) == low]
    if len(alike) < FEWEST_ALIKE or len(alike) < LEAST_SHARE_ALIKE * len(wrong):
        return []
    if binomtest(len(alike), len(wrong), UNUSUAL_TENTH, alternative="greater").pvalue > CHANCE:
        return []
    facts: dict[str, Parameter] = {"count": len(alike), "mistakes": len(wrong)}
    return [Advice(InWords(code, facts), "show", tuple(image.number for image in alike))]


def _few_images(results: _Results) -> list[Advice]:
    """Classes that few images show and that are often not recognised."""
    found = []
    for place, count in enumerate(results.classes.counts):
        shown = [image for image in results.judged if image.actual == place]
        missed = [image for image in shown if image.predicted != place]
        if not shown or count >= ENOUGH_IMAGES or 1 - len(missed) / len(shown) > WEAK_RECALL:
            continue
        facts: dict[str, Parameter] = {
            "class_name": results.classes.names[place],
            "count": count,
            "more": max(ASK_FOR_AT_LEAST, ENOUGH_IMAGES - count),
            "missed": len(missed),
            "of": len(shown),
        }
        found.append(Advice(InWords("advice.few_images", facts), "add", tuple(image.number for image in missed)))
    return found


def _labels(results: _Results) -> list[Advice]:
    """Labels that a model which had not seen them contradicts firmly (confident learning, Northcutt et al. 2021)."""
    sure = _usual_confidence(results)
    suspects = [
        image.number
        for place, image in enumerate(results.judged)
        if image.actual != image.predicted
        and image.probability >= max(SURE_OF_ANOTHER, sure[image.predicted])
        and results.answers[place, image.actual] <= LITTLE_FOR_THE_LABEL
    ]
    if not suspects:
        return []
    return [Advice(InWords("advice.labels_look_wrong", {"count": len(suspects)}), "check", tuple(suspects))]


def _usual_confidence(results: _Results) -> list[float]:
    """How sure the model usually is of a class on images that are labelled with it."""
    actual = np.array([image.actual for image in results.judged])
    return [
        float(results.answers[actual == place, place].mean()) if (actual == place).any() else 1.0
        for place in range(len(results.classes.names))
    ]


def _twins(results: _Results) -> list[Advice]:
    """Near duplicates with different labels, where that is the exception."""
    classes_of: dict[int, Counter[int]] = {}
    for image in results.judged:
        classes_of.setdefault(results.images[image.number].group, Counter())[image.actual] += 1
    mixed = {group for group, classes in classes_of.items() if len(classes) > 1}
    of_several = sum(counts.total() > 1 for counts in classes_of.values())
    if not mixed or len(mixed) > 0.1 * max(of_several, 10):
        return []
    numbers = tuple(image.number for image in results.judged if results.images[image.number].group in mixed)
    facts: dict[str, Parameter] = {"count": len(numbers), "groups": len(mixed)}
    return [Advice(InWords("advice.twins_disagree", facts), "check", numbers)]


def _pairs(results: _Results) -> list[Advice]:
    """The two classes that are taken for each other most often."""
    if len(results.classes.names) < 3:
        return []
    wrong = results.wrong
    pairs = Counter(tuple(sorted((image.actual, image.predicted))) for image in wrong)
    if not pairs:
        return []
    (first, second), count = pairs.most_common(1)[0]
    if count < FEWEST_CONFUSED or count < LEAST_SHARE_CONFUSED * len(wrong):
        return []
    numbers = tuple(image.number for image in wrong if {image.actual, image.predicted} == {first, second})
    facts: dict[str, Parameter] = {
        "class_name": results.classes.names[first],
        "other": results.classes.names[second],
        "count": count,
        "mistakes": len(wrong),
    }
    return [Advice(InWords("advice.confused_pair", facts), "show", numbers)]


def _one_weak_class(results: _Results) -> list[Advice]:
    """A class of enough images that is still recognised clearly less often than all others together."""
    found = []
    for place, count in enumerate(results.classes.counts):
        shown = [image for image in results.judged if image.actual == place]
        rest = [image for image in results.judged if image.actual != place]
        if count < ENOUGH_IMAGES or not shown or not rest:
            continue
        missed = [image for image in shown if image.predicted != place]
        of_class = wilson(len(shown) - len(missed), len(shown))
        of_rest = wilson(sum(image.actual == image.predicted for image in rest), len(rest))
        if of_class.upper < of_rest.lower and of_class.value < WEAK_RECALL:
            facts: dict[str, Parameter] = {
                "class_name": results.classes.names[place],
                "missed": len(missed),
                "of": len(shown),
            }
            found.append(Advice(InWords("advice.weak_class", facts), "show", tuple(image.number for image in missed)))
    return found


_CHECKS: tuple[Callable[[_Results], list[Advice]], ...] = (
    partial(_trait, code="advice.dark_mistakes", value=lambda image: image.brightness, low=True),
    partial(_trait, code="advice.bright_mistakes", value=lambda image: image.brightness, low=False),
    partial(_trait, code="advice.blurred_mistakes", value=lambda image: image.sharpness, low=True),
    partial(_trait, code="advice.flat_mistakes", value=lambda image: image.contrast, low=True),
    _few_images,
    _one_weak_class,
    _labels,
    _twins,
    _pairs,
)
