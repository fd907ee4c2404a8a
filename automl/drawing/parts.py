"""Whole parts as a camera sees them: a surface, perhaps a flaw, light, noise; several shots of the same part if wanted."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.drawing.fields import Field, Random, coordinates
from automl.drawing.flaws import Flaw, Mask, draw_flaw
from automl.drawing.surfaces import Style, SurfaceKind, draw_surface, style_of

GOOD = "good"
ALL_CLASSES = (GOOD, *Flaw)
_MARGIN = 8


@dataclass(frozen=True)
class DrawnImage:
    """One drawn image: `pixels` uint8 [size, size, 3], the name of its class, and where the flaw is (`mask`, all false if good).

    `part` counts parts from 0; shots of the same part share it.
    """

    pixels: NDArray[np.uint8]
    class_name: str
    mask: Mask
    part: int


@dataclass(frozen=True)
class Camera:
    """How much shots differ: brightness (factor 1 ± `exposure`), uneven light, noise (share of full scale), shift in pixels."""

    exposure: float = 0.08
    uneven: float = 0.012
    noise: float = 0.006
    shift: int = 0


def draw_parts(
    count: int,
    classes: Sequence[str] = (GOOD, Flaw.SCRATCH),
    *,
    seed: int = 0,
    size: int = 64,
    surface: SurfaceKind | None = SurfaceKind.BRUSHED,
    style: int = 0,
    shots: int = 1,
    strength: float = 1.0,
    camera: Camera | None = None,
) -> tuple[DrawnImage, ...]:
    """Draw `count` images whose classes take turns; every `shots` images in a row show the same part.

    All parts have the surface of `style`; with `surface` None styles of all kinds take turns. A class is "good" or the
    value of a `Flaw`.
    """
    drawn: list[DrawnImage] = []
    for part in range(-(-count // shots)):
        random = np.random.default_rng((seed, part))
        look = style_of(style, surface) if surface is not None else style_of(style + part // len(classes))
        whole, mask = draw_part(look, classes[part % len(classes)], random, size + 2 * _MARGIN, strength)
        for _ in range(min(shots, count - len(drawn))):
            pixels, seen = take_shot(whole, mask, look, random, camera or Camera())
            drawn.append(DrawnImage(pixels, str(classes[part % len(classes)]), seen, part))
    return tuple(drawn)


def draw_part(style: Style, class_name: str, random: Random, size: int, strength: float = 1.0) -> tuple[Field, Mask]:
    """One part [size, size] in grey values of about 0 to 1, and where its flaw is; its outer 8 pixels are cut off by a shot."""
    surface = draw_surface(style, random, size)
    if class_name == GOOD:
        return surface, np.zeros(surface.shape, dtype=np.bool_)
    inner = np.s_[_MARGIN : size - _MARGIN, _MARGIN : size - _MARGIN]
    mask = np.zeros(surface.shape, dtype=np.bool_)
    surface[inner], mask[inner] = draw_flaw(Flaw(class_name), surface[inner], random, strength)
    return surface, mask


def take_shot(whole: Field, mask: Mask, style: Style, random: Random, camera: Camera) -> tuple[NDArray[np.uint8], Mask]:
    """One image of a part: shifted a little, lit unevenly, with noise. Returns pixels uint8 [size, size, 3] and the mask."""
    size = whole.shape[0] - 2 * _MARGIN
    top, left = (_MARGIN + random.integers(-camera.shift, camera.shift + 1, 2)).tolist()
    window = np.s_[top : top + size, left : left + size]
    rows, columns = coordinates(size)
    slope = random.uniform(-camera.uneven, camera.uneven, 2).astype(np.float32)
    light = np.float32(1 + random.uniform(-camera.exposure, camera.exposure)) + slope[0] * rows + slope[1] * columns
    grey = whole[window] * light + np.float32(camera.noise) * random.standard_normal((size, size), dtype=np.float32)
    tinted = grey[:, :, None] * np.array(style.tint, dtype=np.float32)
    return np.clip(tinted * 255.0 + 0.5, 0, 255).astype(np.uint8), mask[window]
