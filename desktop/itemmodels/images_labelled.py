"""Images with their labels and the model's suggestions put together: counts, filters, order, and who needs a look."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from math import gcd

from automl.domain.images import ImageRecord
from automl.domain.labels import Label, LabelClass, Provenance, Suggestion, Suggestions

_SURE = 2.0
_GOLDEN_RATIO = 0.6180339887498949


class Kind(StrEnum):
    """What a filter keeps."""

    ALL = "all"
    UNLABELLED = "unlabelled"
    CLASS = "class"
    SUSPECT = "suspect"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Filter:
    """Which images are shown; `class_name` is set for those of one class."""

    kind: Kind = Kind.ALL
    class_name: str = ""


@dataclass(frozen=True)
class Guess:
    """What the model would say of one image, and how sure it is, from 0 to 1."""

    class_name: str
    probability: float


@dataclass(frozen=True)
class LabelledImages:
    """One state of labelling. Nothing here changes; every change of labels or suggestions makes a new one."""

    records: Sequence[ImageRecord] = ()
    labels: Mapping[str, Label] = field(default_factory=dict)
    classes: Sequence[LabelClass] = ()
    suggestions: Suggestions | None = None

    @cached_property
    def by_number(self) -> Mapping[int, Label]:
        """The labels by image number; images without any are not in it."""
        labels = self.labels
        return {one.number: labels[one.sha256] for one in self.records if one.sha256 in labels}

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all images."""
        return tuple(record.number for record in self.records)

    @cached_property
    def unlabelled(self) -> tuple[int, ...]:
        """The images a person may still give a class: neither labelled nor hidden."""
        labels = self.by_number
        return tuple(one for one in self.numbers if one not in labels or _is_open(labels[one]))

    @cached_property
    def hidden(self) -> tuple[int, ...]:
        """The images left out of training."""
        labels = self.by_number
        return tuple(one for one in self.numbers if one in labels and labels[one].hidden)

    @cached_property
    def suspects(self) -> tuple[int, ...]:
        """Labelled images whose label looks wrong, worst first."""
        labels = self.by_number
        named = self.suggestions.suspects if self.suggestions is not None else ()
        return tuple(one for one in named if one in labels and labels[one].class_name and not labels[one].hidden)

    @cached_property
    def class_counts(self) -> Mapping[str, int]:
        """How many images that are not hidden have each class."""
        return Counter(one.class_name for one in self.by_number.values() if one.class_name and not one.hidden)

    @cached_property
    def provenance_counts(self) -> Mapping[Provenance, int]:
        """How many labels that are not hidden came from whom."""
        return Counter(one.provenance for one in self.by_number.values() if one.class_name and not one.hidden)

    @property
    def suggests(self) -> bool:
        """Whether the model has something to say about any image."""
        return bool(self._suggested)

    @cached_property
    def _suggested(self) -> Mapping[int, Suggestion]:
        found = self.suggestions.suggestions if self.suggestions is not None else ()
        return {suggestion.number: suggestion for suggestion in found}

    def place_of(self, class_name: str) -> int:
        """Return where a class stands in the list, which gives its key and its colour; -1 for an unknown one."""
        return self._places.get(class_name, -1)

    def probabilities(self, number: int) -> Mapping[str, float]:
        """Return the probability of each class of one image; empty before the model said something about it."""
        found = self._suggested.get(number)
        if found is None or self.suggestions is None:
            return {}
        pairs = zip(self.suggestions.classes, found.probabilities, strict=True)
        return {name: probability for name, probability in pairs if name in self._places}

    def guess(self, number: int) -> Guess | None:
        """Return what the model would say of one image, None when it has nothing to say."""
        probabilities = self.probabilities(number)
        if not probabilities:
            return None
        best = max(probabilities, key=lambda name: probabilities[name])
        return Guess(best, probabilities[best])

    def queue(self, skipped: Sequence[int] = ()) -> tuple[int, ...]:
        """Return the images to look at, the most useful first; skipped ones come last, in the order they were skipped."""
        named = self.suggestions.queue if self.suggestions is not None else ()
        wanted = dict.fromkeys((*(named or _scattered(self.numbers)), *self.unlabelled))
        open_ones, passed = set(self.unlabelled), set(skipped)
        first = [one for one in wanted if one in open_ones and one not in passed]
        return (*first, *(one for one in dict.fromkeys(skipped) if one in open_ones))

    def shown(self, kept: Filter, *, least_sure_first: bool = False) -> tuple[int, ...]:
        """Return the images a filter keeps, by number or the least sure first."""
        numbers = self._kept(kept)
        return tuple(sorted(numbers, key=self._sureness)) if least_sure_first else numbers

    def above(self, line: float) -> tuple[int, ...]:
        """Return the images without a class whose suggestion is at least so sure, the least sure first."""
        guesses = ((one, self.guess(one)) for one in self.unlabelled if one in self._suggested)
        sure = [(guess.probability, one) for one, guess in guesses if guess is not None and guess.probability >= line]
        return tuple(one for _, one in sorted(sure))

    def expected_wrong(self, line: float, count: int) -> float:
        """Return how many of `count` suggestions above a line are likely wrong, judged by answers on labelled images."""
        found = self.suggestions
        known = (
            [
                wrong / accepted
                for at, accepted, wrong in zip(found.lines, found.acceptable, found.expected_wrong, strict=True)
                if at <= line + 1e-9 and accepted
            ]
            if found is not None
            else []
        )
        return known[-1] * count if known else (1 - line) * count

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {one.name: place for place, one in enumerate(self.classes)}

    def _kept(self, kept: Filter) -> tuple[int, ...]:
        match kept.kind:
            case Kind.ALL:
                return self.numbers
            case Kind.UNLABELLED:
                return self.unlabelled
            case Kind.SUSPECT:
                return self.suspects
            case Kind.HIDDEN:
                return self.hidden
            case Kind.CLASS:
                labels = self.by_number
                return tuple(
                    one
                    for one in self.numbers
                    if one in labels and labels[one].class_name == kept.class_name and not labels[one].hidden
                )

    def _sureness(self, number: int) -> float:
        label = self.by_number.get(number)
        if label is not None and label.class_name:
            return label.confidence if label.provenance is Provenance.ACCEPTED else _SURE
        guess = self.guess(number)
        return guess.probability if guess is not None else _SURE


def _is_open(label: Label) -> bool:
    return not label.class_name and not label.hidden


def _scattered(numbers: Sequence[int]) -> tuple[int, ...]:
    """The numbers in an order that soon shows all parts of the list: neighbours are often shots of the same part."""
    step = max(1, round(len(numbers) * _GOLDEN_RATIO))
    while gcd(step, len(numbers)) > 1:
        step -= 1
    return tuple(numbers[place * step % len(numbers)] for place in range(len(numbers)))
