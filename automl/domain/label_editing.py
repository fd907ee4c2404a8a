"""Steps of labelling that change classes, worked out from the classes and labels in force. Pure.

Names are compared without regard to capitals and composed alike, so that "Crack" and "crack" are never two classes.
Raises Refusal for a name that cannot be.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from automl.domain.issues import Issue, Refusal
from automl.domain.labels import Label, LabelClass, LabelProgress, LabelStep, Provenance
from automl.domain.spelling import nearest

LONGEST_NAME = 60
Classes = tuple[LabelClass, ...]
Labels = Mapping[str, Label]


def clean_name(name: str) -> str:
    """Return a class name composed, in one line, without white space around it or signs nobody can see."""
    in_one_line = " ".join(unicodedata.normalize("NFC", name).split())
    return "".join(sign for sign in in_one_line if sign.isprintable())


def find_class(classes: Classes, name: str) -> str | None:
    """Return the class as it is spelled in `classes`, None when there is none of this name."""
    wanted = clean_name(name).casefold()
    return next((each.name for each in classes if each.name.casefold() == wanted), None)


def with_classes(classes: Classes, names: Iterable[str]) -> Classes:
    """Return the classes with those of `names` that are missing, in their order."""
    result = list(classes)
    for name in map(clean_name, dict.fromkeys(names)):
        if name and find_class(tuple(result), name) is None:
            result.append(LabelClass(name))
    return tuple(result)


def add_class(classes: Classes, name: str) -> LabelStep:
    """Add a class behind the others."""
    return LabelStep("add_class", (), (*classes, LabelClass(_new_name(classes, name))))


def rename_class(classes: Classes, labels: Labels, name: str, to: str) -> LabelStep:
    """Give a class another name; its labels go with it. The name of another class is refused: that would be a merge."""
    old = _known(classes, name)
    new = _new_name(tuple(each for each in classes if each.name != old), to)
    renamed = tuple(LabelClass(new) if each.name == old else each for each in classes)
    return LabelStep("rename_class", tuple(_moved(labels, old, new)), renamed)


def merge_classes(classes: Classes, labels: Labels, name: str, into: str) -> LabelStep:
    """Let all images of one class show another one, and drop the first."""
    old, kept = _known(classes, name), _known(classes, into)
    if old == kept:
        return LabelStep("merge_classes", ())
    rest = tuple(each for each in classes if each.name != old)
    return LabelStep("merge_classes", tuple(_moved(labels, old, kept)), rest)


def remove_class(classes: Classes, labels: Labels, name: str) -> LabelStep:
    """Drop a class; its images are without a label then."""
    old = _known(classes, name)
    rest = tuple(each for each in classes if each.name != old)
    return LabelStep("remove_class", tuple(_moved(labels, old, "")), rest)


def imported_step(classes: Classes, labels: Labels, said: Mapping[str, str]) -> LabelStep:
    """Take over what the files say: `said` is the class of an image content by SHA-256. What a person said stays."""
    known = with_classes(classes, said.values())
    new = []
    for sha256, name in said.items():
        before = labels.get(sha256)
        spelled = find_class(known, name)
        if spelled is None or (
            before is not None and before.class_name and before.provenance is not Provenance.IMPORTED
        ):
            continue
        label = Label(sha256, spelled, Provenance.IMPORTED, hidden=before is not None and before.hidden)
        if label != before:
            new.append(label)
    return LabelStep("import", tuple(new), known if known != classes else None)


def progress(shas: Iterable[str], labels: Labels) -> LabelProgress:
    """Count how far labelling is over the contents of images (one entry an image)."""
    known = list(map(labels.get, shas))
    hidden = len([label for label in known if label is not None and label.hidden])
    counts = Counter(
        [label.provenance for label in known if label is not None and label.class_name and not label.hidden]
    )
    by_person, accepted, imported = (
        counts[one] for one in (Provenance.PERSON, Provenance.ACCEPTED, Provenance.IMPORTED)
    )
    return LabelProgress(len(known) - hidden, by_person, accepted, imported, hidden)


def _moved(labels: Labels, old: str, new: str) -> Iterator[Label]:
    for label in labels.values():
        if label.class_name == old:
            yield msgspec.structs.replace(label, class_name=new)


def _known(classes: Classes, name: str) -> str:
    found = find_class(classes, name)
    if found is None:
        names = [each.name for each in classes]
        raise Refusal(Issue("labels.class_unknown", parameters={"value": name, "nearest": nearest(name, names)}))
    return found


def _new_name(classes: Classes, name: str) -> str:
    cleaned = clean_name(name)
    if not cleaned:
        raise Refusal(Issue("labels.class_empty"))
    if len(cleaned) > LONGEST_NAME:
        raise Refusal(Issue("labels.class_too_long", parameters={"count": len(cleaned), "limit": LONGEST_NAME}))
    if (same := find_class(classes, cleaned)) is not None:
        raise Refusal(Issue("labels.class_exists", parameters={"value": same}))
    return cleaned
