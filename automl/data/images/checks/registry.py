"""All checks of images, and their findings in the order a person should read them."""

from collections.abc import Iterable
from typing import Protocol

from automl.data.checks.registry import in_order
from automl.data.images.checks.base import ImageEvidence
from automl.domain.issues import Issue


class ImageCheck(Protocol):
    """One question about images: a function from evidence to findings."""

    def __call__(self, evidence: ImageEvidence) -> Iterable[Issue]:
        """Return the findings, none when all is well."""
        ...


IMAGE_CHECKS: tuple[ImageCheck, ...] = ()
# Codes of findings that are looked for again when labels changed; all others were told while files were read.
CHECKED_CODES: frozenset[str] = frozenset()


def image_findings(evidence: ImageEvidence) -> tuple[Issue, ...]:
    """Run every check; the most severe findings come first, otherwise in the order of the checks."""
    return in_order(issue for check in IMAGE_CHECKS for issue in check(evidence))
