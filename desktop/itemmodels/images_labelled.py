"""Images with their labels and the model's suggestions put together: counts, filters, order, and who needs a look."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from math import gcd
from typing import NamedTuple

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


class Guess(NamedTuple):
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

    def renewed(
        self,
        changed: Iterable[str],
        labels: Mapping[str, Label],
        classes: Sequence[LabelClass],
        suggestions: Suggestions | None,
    ) -> "LabelledImages":
        """Return the state of the same images after the labels of `changed` contents became others; quick when they are few."""
        fresh = LabelledImages(self.records, labels, classes, suggestions)
        by_number = dict(self.by_number)
        moved: dict[int, Label | None] = {}
        for sha256 in changed:
            label = labels.get(sha256)
            for number in self._numbers_of.get(sha256, ()):
                moved[number] = label
        former = [by_number.pop(number, None) for number in moved]
        by_number.update({number: label for number, label in moved.items() if label is not None})
        known = fresh.__dict__
        known["numbers"], known["_numbers_of"], known["_mixed"] = self.numbers, self._numbers_of, self._mixed
        known["by_number"] = by_number
        known["_tally"] = Counter(self._tally) + _counted(moved.values()) - _counted(former)
        known["unlabelled"] = _with(self.unlabelled, moved, [one for one in moved if _is_open(moved[one])])
        known["hidden"] = _with(self.hidden, moved, [one for one in moved if _is_hidden(moved[one])])
        if suggestions is self.suggestions:
            known["_suggested"], known["_sureness"] = self._suggested, self._sureness
        return fresh

    def changed(self, labels: Mapping[str, Label]) -> tuple[str, ...]:
        """Return the contents whose label is another one in `labels`, by SHA-256."""
        before = self.labels
        # Mostly the same object, which is quicker to see than that it says the same.
        moved = [
            sha256
            for sha256, label in labels.items()
            if (former := before.get(sha256)) is not label and former != label
        ]
        gone = before.keys() - labels.keys()
        return (*moved, *gone)

    @cached_property
    def by_number(self) -> Mapping[int, Label]:
        """The labels by image number; images without any are not in it."""
        find = self.labels.get
        return {one.number: label for one in self.records if (label := find(one.sha256)) is not None}

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all images."""
        return tuple([record.number for record in self.records])

    @cached_property
    def unlabelled(self) -> tuple[int, ...]:
        """The images a person may still give a class: neither labelled nor hidden."""
        closed = {sha256 for sha256, label in self.labels.items() if label.class_name or label.hidden}
        return tuple([record.number for record in self.records if record.sha256 not in closed])

    @cached_property
    def hidden(self) -> tuple[int, ...]:
        """The images left out of training."""
        labels = self.by_number
        return tuple(sorted([number for number, label in labels.items() if label.hidden]))

    @cached_property
    def suspects(self) -> tuple[int, ...]:
        """Labelled images whose label looks wrong, worst first."""
        labels = self.by_number
        named = self.suggestions.suspects if self.suggestions is not None else ()
        return tuple(one for one in named if one in labels and labels[one].class_name and not labels[one].hidden)

    @cached_property
    def class_counts(self) -> Mapping[str, int]:
        """How many images that are not hidden have each class."""
        counts = Counter[str]()
        for (name, _), count in self._tally.items():
            counts[name] += count
        return counts

    @cached_property
    def provenance_counts(self) -> Mapping[Provenance, int]:
        """How many labels that are not hidden came from whom."""
        counts = Counter[Provenance]()
        for (_, provenance), count in self._tally.items():
            counts[provenance] += count
        return counts

    @cached_property
    def _tally(self) -> Mapping[tuple[str, Provenance], int]:
        """How many images that are not hidden have each class from whom."""
        return _counted(self.by_number.values())

    @cached_property
    def _numbers_of(self) -> Mapping[str, tuple[int, ...]]:
        """The images of each content."""
        found: dict[str, tuple[int, ...]] = {}
        for record in self.records:
            known = found.get(record.sha256)
            found[record.sha256] = (record.number,) if known is None else (*known, record.number)
        return found

    @cached_property
    def _mixed(self) -> tuple[int, ...]:
        """The numbers in an order that soon shows all parts of the list: neighbours are often shots of the same part."""
        return _scattered(self.numbers)

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
        found = self._suggested.get(number)
        if found is None or self.suggestions is None:
            return None
        # Asked for every image when thousands are accepted at once.
        probability = max(found.probabilities)
        name = self.suggestions.classes[found.probabilities.index(probability)]
        if name in self._places:
            return Guess(name, probability)
        others = self.probabilities(number)
        best = max(others, key=lambda one: others[one], default="")
        return Guess(best, others[best]) if best else None

    def queue(self, skipped: Sequence[int] = ()) -> tuple[int, ...]:
        """Return the images to look at, the most useful first; skipped ones come last, in the order they were skipped."""
        named = self.suggestions.queue if self.suggestions is not None else ()
        wanted = dict.fromkeys((*named, *self.unlabelled)) if named else self._mixed
        open_ones, passed = set(self.unlabelled), set(skipped)
        first = [one for one in wanted if one in open_ones and one not in passed]
        return (*first, *(one for one in dict.fromkeys(skipped) if one in open_ones))

    def shown(self, kept: Filter, *, least_sure_first: bool = False) -> tuple[int, ...]:
        """Return the images a filter keeps, by number or the least sure first."""
        numbers = self._kept(kept)
        return tuple(sorted(numbers, key=self._doubt)) if least_sure_first else numbers

    def above(self, line: float) -> tuple[int, ...]:
        """Return the images without a class whose suggestion is at least so sure, the least sure first."""
        sure = self._sureness
        return tuple(sorted((one for one in self.unlabelled if sure.get(one, -1.0) >= line), key=sure.__getitem__))

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

    @cached_property
    def _sureness(self) -> Mapping[int, float]:
        """How sure the model is of its answer, by image."""
        return {number: max(found.probabilities, default=0.0) for number, found in self._suggested.items()}

    def _doubt(self, number: int) -> float:
        """What brings the least sure images first; what a person or a file said comes last."""
        label = self.by_number.get(number)
        if label is not None and label.class_name:
            return label.confidence if label.provenance is Provenance.ACCEPTED else _SURE
        return self._sureness.get(number, _SURE)


def _counted(labels: Iterable[Label | None]) -> Counter[tuple[str, Provenance]]:
    """How many labels there are of each class from whom; those of hidden images do not count."""
    counted = [label for label in labels if label is not None and label.class_name and not label.hidden]
    return Counter([(label.class_name, label.provenance) for label in counted])


def _with(numbers: tuple[int, ...], moved: Container[int], joining: Sequence[int]) -> tuple[int, ...]:
    """The numbers without those that moved, and with those of them that belong here now."""
    stayed = [one for one in numbers if one not in moved]
    return tuple(sorted((*stayed, *joining))) if joining else tuple(stayed)


def _is_open(label: Label | None) -> bool:
    return label is None or (not label.class_name and not label.hidden)


def _is_hidden(label: Label | None) -> bool:
    return label is not None and label.hidden


def _scattered(numbers: Sequence[int]) -> tuple[int, ...]:
    step = max(1, round(len(numbers) * _GOLDEN_RATIO))
    while gcd(step, len(numbers)) > 1:
        step -= 1
    return tuple([numbers[place * step % len(numbers)] for place in range(len(numbers))])
