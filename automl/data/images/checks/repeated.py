"""The same file several times, and copies that lie in folders of different classes."""

from collections.abc import Iterator

from automl.data.images.checks.base import ImageEvidence, finding
from automl.domain.images import ImageRecord
from automl.domain.issues import Issue, Severity


def check(evidence: ImageEvidence) -> Iterator[Issue]:
    """Find exact copies; those of which the files say different classes are told apart from the harmless ones."""
    by_content: dict[str, list[ImageRecord]] = {}
    for image in evidence.images:
        by_content.setdefault(image.sha256, []).append(image)
    several = [copies for copies in by_content.values() if len(copies) > 1]
    torn = [copies for copies in several if len({image.class_name for image in copies if image.class_name}) > 1]
    if torn:
        numbers = [image.number for copies in torn for image in copies]
        yield finding("images.copies_differ", Severity.LOOK, numbers, count=len(torn), images=len(numbers))
    if several:
        numbers = [image.number for copies in several for image in copies[1:]]
        yield finding("images.repeated", Severity.INFO, numbers, count=len(numbers))
