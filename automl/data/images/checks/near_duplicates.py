"""Several images of the same part flatter a model that is checked on one and has learned from another."""

from collections import Counter
from collections.abc import Iterator

from automl.data.images.checks.base import ImageEvidence, finding
from automl.domain.issues import Issue, Severity


def check(evidence: ImageEvidence) -> Iterator[Issue]:
    """Find images that have a near duplicate, exact copies aside."""
    contents = {image.sha256: image.group for image in evidence.images}
    sizes = Counter(contents.values())
    twins = [image for image in evidence.images if sizes[image.group] > 1]
    if not twins:
        return
    groups = sum(size > 1 for size in sizes.values())
    in_order = sorted(twins, key=lambda image: (-sizes[image.group], image.group, image.number))
    yield finding(
        "images.near_duplicates",
        Severity.INFO,
        [image.number for image in in_order],
        count=len(twins),
        share=len(twins) / len(evidence.images),
        groups=groups,
        largest=max(sizes.values()),
    )
