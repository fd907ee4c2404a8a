"""All checks of images, and their findings in the order a person should read them."""

from collections.abc import Iterable
from typing import Protocol

from automl.data.checks.registry import in_order
from automl.data.images.checks import class_told, few_of_a_class, near_duplicates, odd_light, repeated, size_mix
from automl.data.images.checks.base import ImageEvidence
from automl.domain.issues import Issue


class ImageCheck(Protocol):
    """One question about images: a function from evidence to findings."""

    def __call__(self, evidence: ImageEvidence) -> Iterable[Issue]:
        """Return the findings, none when all is well."""
        ...


IMAGE_CHECKS: tuple[ImageCheck, ...] = (
    class_told.check,
    few_of_a_class.check,
    repeated.check,
    odd_light.check,
    near_duplicates.check,
    size_mix.check,
)


def image_findings(evidence: ImageEvidence) -> tuple[Issue, ...]:
    """Run every check; the most severe findings come first, otherwise in the order of the checks."""
    return in_order(issue for check in IMAGE_CHECKS for issue in check(evidence))
