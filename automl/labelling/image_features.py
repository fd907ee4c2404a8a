"""What is known of images before any label: the features the head learns from, computed once for every image content."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from automl.data.images.loader import ImageLoader
from automl.domain.images import ImageRecord
from automl.models.image.descriptors import DescriptorSettings, feature_graph
from automl.models.image.feature_cache import FeatureCache
from automl.storage.project import Project


def image_features(
    project: Project, images: Sequence[ImageRecord], progress: Callable[[float, float], None]
) -> NDArray[np.float32]:
    """Features [n, D] of images in their order, the very ones that training begins with; kept in the project's cache.

    `progress` is called with how many are done and how many there are; it may raise to end the work.
    """
    loader = ImageLoader(project.objects)
    folder = project.folder / "cache" / "features"
    apart = DescriptorSettings().apart()
    parts = []
    for place, settings in enumerate(apart):
        before = place * len(images)

        def told(done: int, _images: int, before: int = before) -> None:
            progress(before + done, len(images) * len(apart))

        parts.append(FeatureCache(folder, feature_graph(settings)).features(images, loader, told))
    return np.concatenate(parts, axis=1)
