"""A class of which too little is known, in images or in different parts."""

from collections.abc import Iterator

from automl.data.images.checks.base import ImageEvidence, finding
from automl.domain.image_goal import ENOUGH_OF_A_CLASS
from automl.domain.issues import Issue, Severity

_ENOUGH_PARTS = 10


def check(evidence: ImageEvidence) -> Iterator[Issue]:
    """Find classes with few images, and classes whose many images show few parts."""
    small = {name: count for name, count in evidence.counts.items() if count < ENOUGH_OF_A_CLASS}
    if small:
        rarest = min(small, key=lambda name: small[name])
        code = "images.class_small" if len(small) == 1 else "images.classes_small"
        numbers = [
            image.number for image, name in zip(evidence.images, evidence.classes, strict=True) if name == rarest
        ]
        yield finding(
            code,
            Severity.LOOK,
            numbers,
            value=rarest,
            count=small[rarest],
            classes=len(small),
            enough=ENOUGH_OF_A_CLASS,
        )
    parts: dict[str, set[int]] = {}
    for image, name in zip(evidence.images, evidence.classes, strict=True):
        parts.setdefault(name, set()).add(image.group)
    for name, count in evidence.counts.items():
        if name not in small and len(parts[name]) < _ENOUGH_PARTS:
            numbers = [i.number for i, shown in zip(evidence.images, evidence.classes, strict=True) if shown == name]
            yield finding(
                "images.class_few_parts", Severity.LOOK, numbers, value=name, count=count, parts=len(parts[name])
            )
