"""What is known of images before any label: the features the head learns from, computed once for every image content."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from automl.domain.images import ImageRecord
from automl.runtime.image.decode import decode_image
from automl.storage.project import Project

_SIZE = 64
_CELLS = 4
_BINS = 12


def image_features(
    project: Project, images: Sequence[ImageRecord], progress: Callable[[float, float], None]
) -> NDArray[np.float32]:
    """Features [n, D] of images in their order; `progress` is called with how many are done and how many there are."""
    rows = []
    for done, image in enumerate(images):
        progress(done, len(images))
        rows.append(_described(decode_image(project.objects.read_bytes(image.sha256))))
    progress(len(images), len(images))
    return np.stack(rows)


def _described(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Histograms of gradients at two coarsenesses over a grid of cells, and grey statistics of every cell."""
    grey = np.asarray(Image.fromarray(pixels).convert("L").resize((_SIZE, _SIZE), Image.Resampling.BOX), np.float32)
    parts = []
    for step in (1, 2):
        coarse = grey[::step, ::step]
        down, right = np.gradient(coarse)
        strength = np.hypot(down, right)
        turn = ((np.arctan2(down, right) / np.pi + 1) * _BINS / 2).astype(np.intp) % _BINS
        cells = np.arange(coarse.shape[0]) * _CELLS // coarse.shape[0]
        place = (cells[:, None] * _CELLS + cells[None, :]) * _BINS + turn
        parts.append(np.sqrt(np.bincount(place.ravel(), strength.ravel(), _CELLS * _CELLS * _BINS)))
        parts.append(np.sort(np.bincount((place // _BINS).ravel(), strength.ravel(), _CELLS * _CELLS)))
        parts.append(np.quantile(strength, (0.1, 0.5, 0.9, 0.98, 1.0)))
        parts.append(np.quantile(coarse, (0.0, 0.02, 0.1, 0.5, 0.9, 0.98, 1.0)))
    return np.concatenate(parts).astype(np.float32)
