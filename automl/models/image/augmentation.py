"""Variations of an image as other cameras, days and positions would give: light, contrast, sharpness, noise, a small shift."""

import numpy as np

from automl.drawing.fields import Field, Random, blur
from automl.models.image.base import Pixels


def vary(pixels: Pixels, strength: float, random: Random) -> Pixels:
    """A variation of one image, uint8 [H, W, 3]; `strength` 0 leaves it as it is, 1 is as much as a line would bear.

    Nothing is cut out, hidden or mixed: that could take a small flaw away or make one.
    """
    if strength <= 0:
        return pixels
    image = pixels.astype(np.float32)
    mean = image.mean()
    image = (image - mean) * np.float32(1 + strength * random.uniform(-0.25, 0.3)) + mean
    image = 255 * np.clip(image / 255, 0, 1) ** np.float32(np.exp(strength * random.uniform(-0.35, 0.35)))
    if random.random() < 0.5:
        sigma = strength * random.uniform(0, 0.8)
        image = np.stack([blur(image[:, :, channel], sigma) for channel in range(3)], axis=2)
    noise = random.standard_normal(image.shape[:2], dtype=np.float32)[:, :, None]
    image = _shifted(image + noise * np.float32(255 * 0.02 * strength * random.random()), 0.05 * strength, random)
    return np.clip(np.rint(image), 0, 255).astype(np.uint8)


def turn(pixels: Pixels, any_orientation: bool, random: Random) -> Pixels:
    """The image as it is, or turned by quarters and mirrored where that does not change what it shows."""
    if not any_orientation:
        return pixels
    turned = np.rot90(pixels, int(random.integers(4)))
    return np.ascontiguousarray(turned[:, ::-1] if random.random() < 0.5 else turned)


def augment_preview(
    pixels: Pixels, strength: float, any_orientation: bool, seed: int, count: int = 12
) -> tuple[Pixels, ...]:
    """Some variations of an image, the image itself first, for a person to say whether they still show the same class."""
    random = np.random.default_rng(seed)
    others = (vary(turn(pixels, any_orientation, random), strength, random) for _ in range(count - 1))
    return (pixels, *others)


def _shifted(image: Field, most: float, random: Random) -> Field:
    """Moved by a share of its sides at most; the border repeats."""
    high, wide = image.shape[:2]
    rows, columns = (np.arange(side) + round(side * random.uniform(-most, most)) for side in (high, wide))
    shifted: Field = image[np.clip(rows, 0, high - 1)][:, np.clip(columns, 0, wide - 1)]
    return shifted
