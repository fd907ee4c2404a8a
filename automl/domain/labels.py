"""Labels: which class an image shows, who said so, and what the model suggests for the rest."""

from enum import StrEnum

import msgspec


class Provenance(StrEnum):
    """Who gave a label: it came with the files, a person gave it, or a person accepted what the model suggested."""

    IMPORTED = "imported"
    PERSON = "person"
    ACCEPTED = "accepted"


class LabelClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One class of a project. Its place in the list (from 0) gives its key (1 to 9) and its colour."""

    name: str


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True, gc=False):
    """The label in force for one image content. An empty `class_name` means "not labelled".

    A `hidden` image is left out of training, whatever its label. `confidence` is the model's probability of the class when
    it was accepted, 0 otherwise.
    """

    sha256: str
    class_name: str
    provenance: Provenance
    hidden: bool = False
    confidence: float = 0.0


class Suggestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True, gc=False):
    """What the model thinks of one image without a label of a person: probabilities in the order of `Suggestions.classes`."""

    number: int
    probabilities: tuple[float, ...]


class LabelPoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """One point of the curve "labels -> score": balanced accuracy of the suggestions with so many labels, with its range."""

    labels: int
    score: float
    lower: float
    upper: float


class Suggestions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the suggestion head says after its last fit.

    `label_count` is the number of labels it learned from. `queue` lists image numbers, the most useful to label first: least
    sure and most different. `suspects` are labelled images whose label looks wrong, worst first. `acceptable` counts, for
    every confidence of `lines`, the images whose suggestion is at least so sure; `expected_wrong` is how many of those are
    likely wrong, from out-of-fold answers. `curve` grows as labels come; `enough` tells that more labels stop helping.
    """

    classes: tuple[str, ...]
    label_count: int
    seconds: float
    suggestions: tuple[Suggestion, ...]
    queue: tuple[int, ...]
    suspects: tuple[int, ...] = ()
    lines: tuple[float, ...] = ()
    acceptable: tuple[int, ...] = ()
    expected_wrong: tuple[float, ...] = ()
    curve: tuple[LabelPoint, ...] = ()
    enough: bool | None = None


class LabelStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of labelling that can be undone: the labels it gives and, when it changes them, all classes from then on.

    `action` says what was done: label, accept, rule, hide, add_class, rename_class, merge_classes, remove_class or import.
    """

    action: str
    labels: tuple[Label, ...]
    classes: tuple[LabelClass, ...] | None = None


class LabelProgress(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far the labelling of a dataset is; counts of images that are not hidden."""

    images: int
    by_person: int
    accepted: int
    imported: int
    hidden: int

    @property
    def labelled(self) -> int:
        """How many images have a label."""
        return self.by_person + self.accepted + self.imported
