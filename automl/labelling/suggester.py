"""Everything the Label page shows of the head, from features and the labels there are."""

import time
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from automl.domain.labels import Suggestion, Suggestions
from automl.labelling.acceptance import LINES, acceptance
from automl.labelling.curve import label_curve
from automl.labelling.head import Codes
from automl.labelling.learning import NO_CLASS, Labelled, Learned, Rows, learn
from automl.labelling.points import scattered
from automl.labelling.queue import first_images, next_images, unexplored
from automl.labelling.suspects import suspects

SURE_ENOUGH = 0.9
_ALWAYS_ASKED_LABELS = 20
_LONGEST_QUEUE = 1_000


class Suggester:
    """Knows the images of one dataset version; told the labels, it suggests."""

    def __init__(self, numbers: Sequence[int], features: NDArray[np.float32], groups: Sequence[int]) -> None:
        """Take the numbers of images, their features [n, D] and the groups of near duplicates they belong to."""
        self._numbers = np.asarray(numbers, np.int64)
        self._scattered = scattered(features)
        self._groups = np.asarray(groups, np.int64)

    def suggest(
        self, classes: Sequence[str], codes: Codes, by_person: NDArray[np.bool_], hidden: NDArray[np.bool_]
    ) -> Suggestions:
        """Learn from labels and suggest the rest.

        `codes` [n] are places in `classes`, -1 without a label. `by_person` tells which labels a person or the import gave;
        the others were accepted from suggestions. `hidden` images take no part.
        """
        began = time.perf_counter()
        known = np.where(hidden, NO_CLASS, codes)
        images = Labelled(self._scattered, self._groups, known, by_person, len(classes))
        free = np.flatnonzero((known == NO_CLASS) & ~hidden)
        learned = learn(images)
        found = self._cold(images, free, classes) if learned is None else self._warm(images, free, classes, learned)
        return _with_seconds(found, time.perf_counter() - began)

    def _cold(self, images: Labelled, free: Rows, classes: Sequence[str]) -> Suggestions:
        order = first_images(images, free) if len(free) else free
        return Suggestions(
            classes=tuple(classes),
            label_count=len(images.labelled),
            seconds=0.0,
            suggestions=(),
            queue=self._named(order[:_LONGEST_QUEUE]),
        )

    def _warm(self, images: Labelled, free: Rows, classes: Sequence[str], learned: Learned) -> Suggestions:
        codes = images.codes[images.checked]
        doubtful = suspects(codes, learned.unseen)
        accepted = acceptance(learned.probabilities[free], codes, learned.unseen)
        curve = label_curve(images, learned.unseen)
        suggested = [
            *self._suggestions(free, learned.probabilities[free]),
            *self._suggestions(images.checked[doubtful], learned.unseen[doubtful]),
        ]
        return Suggestions(
            classes=tuple(classes),
            label_count=len(images.labelled),
            seconds=0.0,
            suggestions=tuple(suggested),
            queue=self._queue(images, free, learned),
            suspects=self._named(images.checked[doubtful]),
            lines=LINES,
            acceptable=accepted.acceptable,
            expected_wrong=accepted.expected_wrong,
            curve=curve.points,
            enough=curve.enough,
        )

    def _queue(self, images: Labelled, free: Rows, learned: Learned) -> tuple[int, ...]:
        """Images worth a look: all while labels are few, afterwards those of which the head is not sure or knows no like."""
        if len(free) == 0:
            return ()
        unknown_kinds = unexplored(images, free)
        order = next_images(images, learned.probabilities, free, unknown_kinds)
        if len(images.checked) >= _ALWAYS_ASKED_LABELS:
            unsure = learned.probabilities[order].max(axis=1) < SURE_ENOUGH
            order = order[unsure | np.isin(order, unknown_kinds)]
        return self._named(order[:_LONGEST_QUEUE])

    def _suggestions(self, rows: Rows, probabilities: NDArray[np.float64]) -> list[Suggestion]:
        rounded = np.round(probabilities, 4).tolist()
        return [Suggestion(number, tuple(one)) for number, one in zip(self._named(rows), rounded, strict=True)]

    def _named(self, rows: Rows) -> tuple[int, ...]:
        return tuple(self._numbers[rows].tolist())


def _with_seconds(found: Suggestions, seconds: float) -> Suggestions:
    return msgspec.structs.replace(found, seconds=round(seconds, 3))
