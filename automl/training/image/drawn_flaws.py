"""Flaws that Lathe draws onto good images where nobody labelled one: a yardstick, clearly named, never learned from."""

import hashlib
from collections.abc import Sequence
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from automl.domain.images import ImageRecord
from automl.drawing.flaws import Flaw, draw_flaw
from automl.models.image.base import Pixels

DRAWN_AT_MOST = 100
FAINTEST, PLAINEST = 0.45, 0.9
LARGEST_SIDE, SMALLEST_SIDE = 512, 24
_MARK = "drawn-flaw/1/"


class PixelLoader(Protocol):
    """Gives the pixels of an image."""

    def pixels(self, record: ImageRecord) -> Pixels:
        """Uint8 [H, W, 3], upright."""
        ...


def drawn_records(images: Sequence[ImageRecord], seed: int) -> tuple[ImageRecord, ...]:
    """Records of images that get a flaw: same part, a content of their own; their number is that of the image below 0."""
    random = np.random.default_rng((seed, len(images)))
    count = min(len(images), DRAWN_AT_MOST)
    chosen = np.sort(random.choice(len(images), count, replace=False)).tolist()
    return tuple(_with_flaw(images[place]) for place in chosen)


class DrawingLoader:
    """A loader that knows drawn flaws as well."""

    def __init__(self, loader: PixelLoader, images: Sequence[ImageRecord]) -> None:
        self._loader = loader
        self._originals = {image.number: image for image in images if image.number > 0}

    def pixels(self, record: ImageRecord) -> Pixels:
        """Uint8 [H, W, 3]; the flaw of a drawn record is the same every time."""
        if record.number > 0:
            return self._loader.pixels(record)
        return flawed(self._loader.pixels(self._originals[-record.number]), int(record.sha256[:8], 16))


def flawed(pixels: Pixels, seed: int) -> Pixels:
    """The image with one flaw in a square part of it, between hard and easy to see."""
    random = np.random.default_rng(seed)
    height, width = pixels.shape[:2]
    side = min(height, width, LARGEST_SIDE)
    if side < SMALLEST_SIDE:
        return 255 - pixels
    top, left = int(random.integers(0, height - side + 1)), int(random.integers(0, width - side + 1))
    window = np.s_[top : top + side, left : left + side]
    grey = pixels[window].mean(axis=2, dtype=np.float32) / np.float32(255.0)
    flaw = list(Flaw)[int(random.integers(len(Flaw)))]
    changed, _ = draw_flaw(flaw, grey, random, float(random.uniform(FAINTEST, PLAINEST)))
    drawn: NDArray[np.float32] = pixels[window] + 255.0 * (changed - grey)[:, :, None]
    copy = pixels.copy()
    copy[window] = np.clip(np.rint(drawn), 0, 255).astype(np.uint8)
    return copy


def _with_flaw(image: ImageRecord) -> ImageRecord:
    sha256 = hashlib.sha256(f"{_MARK}{image.sha256}".encode()).hexdigest()
    return msgspec.structs.replace(image, number=-image.number, sha256=sha256, class_name="")
