"""What is in a dataset of images: how many show each class, and the findings of all checks."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from automl.data.checks.registry import in_order
from automl.data.connection import Progress
from automl.data.images.checks.base import Float, ImageEvidence
from automl.data.images.checks.registry import image_findings
from automl.data.images.measure import border_brightness
from automl.domain.dataset import ColumnProfile, DatasetProfile, DatasetVersion
from automl.domain.images import CLASS_COLUMN, IMAGE_COLUMN, ImageRecord
from automl.domain.issues import Issue
from automl.domain.labels import Label
from automl.domain.schema import ColumnType
from automl.storage.project import Project

# What only the reading of the files can tell; everything else is looked for again when labels changed.
TOLD_AT_IMPORT = frozenset(
    {
        "images.unreadable",
        "images.too_large",
        "images.others_left_out",
        "images.masks_left_out",
        "images.known_left_out",
        "images.listed_missing",
        "images.list_contradicts",
        "images.annotations_unreadable",
        "images.split_folders",
        "images.folders_not_classes",
    }
)
_SEVERAL = 256
_TOP_CLASSES = 50


def profile_images(
    images: Sequence[ImageRecord],
    labels: Mapping[str, Label],
    thumbnails: Path,
    told: Sequence[Issue],
    progress: Progress,
) -> DatasetProfile:
    """Describe a dataset of images under the labels in force; `told` are findings made while the files were read."""
    shown = tuple(image for image in images if image.sha256 not in labels or not labels[image.sha256].hidden)
    evidence = ImageEvidence(shown, labels, _borders(shown, thumbnails, progress))
    classes = tuple(evidence.counts.most_common(_TOP_CLASSES))
    return DatasetProfile(
        row_count=len(images),
        columns=(
            ColumnProfile(IMAGE_COLUMN, ColumnType.TEXT, missing=0, distinct=len({image.sha256 for image in images})),
            ColumnProfile(
                CLASS_COLUMN,
                ColumnType.TEXT,
                missing=len(shown) - evidence.counts.total(),
                distinct=len(evidence.counts),
                top_values=classes,
            ),
        ),
        findings=in_order((*told, *image_findings(evidence))),
        suggested_target=CLASS_COLUMN,
    )


def profile_again(project: Project, version: DatasetVersion, progress: Progress) -> DatasetProfile:
    """Describe a stored version under the labels as they are now; what its import told about files stays."""
    former = project.datasets.newest_profile(version.number)
    told = [issue for issue in former.findings if issue.code in TOLD_AT_IMPORT] if former else []
    images = project.images.listing(version).images
    return profile_images(images, project.labels.current(), project.objects.path(version.pages), told, progress)


def _borders(images: Sequence[ImageRecord], thumbnails: Path, progress: Progress) -> Float:
    borders = np.zeros((len(images), 4))
    with thumbnails.open("rb") as file:
        for place, image in enumerate(images):
            file.seek(image.thumbnail[0])
            borders[place] = border_brightness(file.read(image.thumbnail[1]))
            if place % _SEVERAL == 0:
                progress(place, len(images))
    progress(1.0, 1.0)
    return borders
