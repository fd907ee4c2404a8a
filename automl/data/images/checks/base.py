"""What every check of images may look at, and how findings about images are put."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from automl.domain.images import ImageRecord
from automl.domain.issues import Issue, Parameter, Severity
from automl.domain.labels import Label

MOST_SHOWN = 500
Float = NDArray[np.float64]


@dataclass(frozen=True)
class ImageEvidence:
    """Images under check with the labels in force; hidden images are not among them.

    `borders` are the mean grey values (0 to 1) of the top, right, bottom and left edge of every image.
    """

    images: tuple[ImageRecord, ...]
    labels: Mapping[str, Label]
    borders: Float

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The class of every image, empty without a label."""
        found = (self.labels.get(image.sha256) for image in self.images)
        return tuple(label.class_name if label is not None else "" for label in found)

    @cached_property
    def counts(self) -> Counter[str]:
        """How many images show each class."""
        return Counter(name for name in self.classes if name)

    def values(self, name: str) -> Float:
        """One measure of all images, such as brightness."""
        return np.array([getattr(image, name) for image in self.images], np.float64)


def finding(code: str, severity: Severity, numbers: Sequence[int] = (), **parameters: Parameter) -> Issue:
    """Return a finding about images; `numbers` are those a front end can show, the first 500."""
    return Issue(code, severity, parameters, rows=tuple(int(number) for number in numbers[:MOST_SHOWN]))
