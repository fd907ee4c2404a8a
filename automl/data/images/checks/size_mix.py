"""Images of several sizes: harmless when only the scale differs, not when the shape does."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from automl.data.images.checks.base import ImageEvidence, finding
from automl.domain.issues import Issue, Severity

_SHAPES_DIFFER = 1.5


def check(evidence: ImageEvidence) -> Iterator[Issue]:
    """Find a mix of sizes; it deserves a look where the shapes of images differ a lot."""
    sizes = Counter((image.width, image.height) for image in evidence.images)
    if len(sizes) < 2:
        return
    smallest = min(sizes, key=lambda size: size[0] * size[1])
    largest = max(sizes, key=lambda size: size[0] * size[1])
    shapes = evidence.values("width") / evidence.values("height")
    low, high = np.quantile(shapes, (0.05, 0.95))
    differ = bool(high / low > _SHAPES_DIFFER)
    yield finding(
        "images.shape_mix" if differ else "images.size_mix",
        Severity.LOOK if differ else Severity.INFO,
        count=len(sizes),
        smallest=f"{smallest[0]} × {smallest[1]}",
        largest=f"{largest[0]} × {largest[1]}",
    )
