"""What is measured of an image when it comes in: light, contrast, sharpness, its thumbnail, its signature for likeness."""

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from automl.data.images.duplicates import SIGNATURE_SIZE
from automl.runtime.image.decode import DecodedImage, decode_image

THUMBNAIL_SIZE = 192
_MEASURED_SIZE = 256
_QUALITY = 85


@dataclass(frozen=True)
class Measured:
    """Brightness, contrast and sharpness as `ImageRecord` has them, the thumbnail as JPEG, and whether only two values occur."""

    brightness: float
    contrast: float
    sharpness: float
    thumbnail: bytes
    two_valued: bool


def measure(decoded: DecodedImage) -> Measured:
    """Measure an image at 256 px on its long side; smaller ones as they are."""
    image = Image.fromarray(decoded.pixels)
    if decoded.channels == 1:
        image = image.getchannel(0)
    image.thumbnail((_MEASURED_SIZE, _MEASURED_SIZE), Image.Resampling.BOX)
    grey = np.asarray(image.convert("L"), np.float32) / 255.0
    steps = [np.abs(np.diff(grey, axis=axis)).ravel() for axis in (0, 1)]
    sharpness = float(np.concatenate(steps).mean()) if grey.size > 1 else 0.0
    image.thumbnail((THUMBNAIL_SIZE, THUMBNAIL_SIZE), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=_QUALITY)
    return Measured(float(grey.mean()), float(grey.std()), sharpness, file.getvalue(), _is_two_valued(decoded))


def signature(thumbnail: bytes) -> NDArray[np.uint8]:
    """Return the grey image [64, 64] by which likeness is judged; made from the thumbnail, so that later versions agree."""
    image = Image.fromarray(decode_image(thumbnail)).convert("L")
    return np.asarray(image.resize((SIGNATURE_SIZE, SIGNATURE_SIZE), Image.Resampling.BILINEAR))


def as_png(decoded: DecodedImage) -> bytes:
    """Return the pixels as models see them as PNG."""
    image = Image.fromarray(decoded.pixels)
    file = io.BytesIO()
    (image.getchannel(0) if decoded.channels == 1 else image).save(file, "PNG", compress_level=3)
    return file.getvalue()


def _is_two_valued(decoded: DecodedImage) -> bool:
    """Whether an image is black and white only, as masks are."""
    values = np.bincount(decoded.pixels[:, :, 0].ravel(), minlength=256)
    return int((values > 0).sum()) <= 2


def border_brightness(thumbnail: bytes) -> tuple[float, float, float, float]:
    """Return the mean grey value (0 to 1) of the top, right, bottom and left edge, each a sixteenth of the image wide."""
    grey = np.asarray(Image.fromarray(decode_image(thumbnail)).convert("L"), np.float32) / 255.0
    high, wide = max(1, grey.shape[0] // 16), max(1, grey.shape[1] // 16)
    edges = (grey[:high], grey[:, -wide:], grey[-high:], grey[:, :wide])
    top, right, bottom, left = (float(edge.mean()) for edge in edges)
    return top, right, bottom, left
