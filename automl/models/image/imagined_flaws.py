"""Flaws imagined on images of good parts, so that a network learns what does not belong there (Li et al. 2021, CutPaste).

They are other flaws than those of `automl.drawing`, which stand for real ones where models are judged.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.drawing.fields import Field, Random, blur, coordinates, fractal_noise
from automl.models.image.base import Pixels

Mask = NDArray[np.bool_]

MOST_TRIES = 6
FEWEST_PIXELS = 4
_SEEN = 0.05


@dataclass(frozen=True)
class ImaginedFlaw:
    """An image with a flaw, `pixels` uint8 [r, r, 3], and where it differs, `mask` [r, r]."""

    pixels: Pixels
    mask: Mask


def imagine_flaw(pixels: Pixels, random: Random) -> ImaginedFlaw:
    """One flaw on an image of one size, sometimes two: a spot, line, broken edge or stain, or a piece that was moved or spoiled."""
    flawed = _imagine(pixels, random)
    if random.random() < 0.25:
        second = _imagine(flawed.pixels, random)
        return ImaginedFlaw(second.pixels, flawed.mask | second.mask)
    return flawed


def _imagine(pixels: Pixels, random: Random) -> ImaginedFlaw:
    image = pixels.astype(np.float32)
    surroundings = blur(image.mean(axis=2), len(image) / 24)
    for _ in range(MOST_TRIES):
        rule = random.choice(len(_RULES), p=_SHARES)
        changed = np.clip(_RULES[rule](image, surroundings, random), 0, 255)
        mask = np.abs(changed - image).max(axis=2) > _SEEN * (surroundings + 8)
        if int(mask.sum()) >= FEWEST_PIXELS:
            break
    return ImaginedFlaw(changed.astype(np.uint8), mask)


def _spot(image: Field, surroundings: Field, random: Random) -> Field:
    """A round or long spot of uneven outline, from a few pixels to a ninth of the image."""
    size = len(image)
    radius = _between(random, 2.0 / size, 1 / 9)
    rows, columns = _turned_coordinates(size, random.uniform(0.04, 0.96, 2), random.uniform(0, np.pi))
    distance = np.sqrt((columns / random.uniform(1, 2.5)) ** 2 + rows**2) / np.float32(radius)
    cells = int(np.clip(0.25 / radius, 4, size / 8))
    cover = distance + 2.5 * (fractal_noise(random, size, cells) - np.float32(0.5)) < 1
    soft = blur(cover.astype(np.float32), random.uniform(0.4, 1.2))
    return _with_rim(_toned(image, surroundings, soft, (0.12, 0.7), random), surroundings, soft, random)


def _line(image: Field, surroundings: Field, random: Random) -> Field:
    """A straight, bent or crooked line, thin or thick, a twelfth to nearly all of the image long."""
    size, steps = len(image), int(random.integers(3, 14))
    turns = random.uniform(0, 2 * np.pi) + np.cumsum(random.normal(0, random.uniform(0.05, 0.6), steps))
    stride = _between(random, 1 / 12, 0.9) * size / steps
    start = random.uniform(0.03, 0.97, 2) * size
    knots = np.arange(steps + 1)
    dense = np.linspace(0, steps, max(steps * int(4 * stride), 2))
    rows = np.interp(dense, knots, start[0] + np.concatenate([[0], np.cumsum(stride * np.sin(turns))]))
    columns = np.interp(dense, knots, start[1] + np.concatenate([[0], np.cumsum(stride * np.cos(turns))]))
    inside = (rows >= 0) & (rows < size) & (columns >= 0) & (columns < size)
    cover = np.zeros((size, size), dtype=np.float32)
    cover[rows[inside].astype(np.intp), columns[inside].astype(np.intp)] = 1.0
    width = random.choice([0.5, 0.6, 0.8, 1.2])
    soft = np.minimum(blur(cover, width) * np.float32(2.6 * width), 1.0)
    return _toned(image, surroundings, soft, (0.12, 0.7), random)


def _broken_edge(image: Field, surroundings: Field, random: Random) -> Field:
    """A piece missing at a side or a corner."""
    size = len(image)
    rows, columns = coordinates(size)
    sides = [rows, columns, 1 - rows, 1 - columns]
    side = int(random.integers(4))
    near, along = np.broadcast_to(sides[side], (size, size)), np.broadcast_to(sides[(side + 1) % 4], (size, size))
    if random.random() < 0.6:
        depth = near * np.float32(random.uniform(0.3, 1)) + along * np.float32(random.uniform(0.3, 1))
    else:
        wide = np.float32(random.uniform(0.05, 0.2))
        depth = near + ((along - np.float32(random.random())) / wide) ** 2 * np.float32(4 / 224)
    ragged = depth + np.float32(0.13) * (fractal_noise(random, size, 16) - np.float32(0.5))
    soft = blur((ragged < random.uniform(0.03, 0.14)).astype(np.float32), random.uniform(0.5, 1.5))
    return _with_rim(_toned(image, surroundings, soft, (0.2, 0.8), random), surroundings, soft, random)


def _stain(image: Field, surroundings: Field, random: Random) -> Field:
    """A wide, faint patch."""
    size = len(image)
    rows, columns = _turned_coordinates(size, random.random(2), 0.0)
    hill = 0.9 - (rows**2 + columns**2) * np.float32(1.2 / random.uniform(0.15, 0.5) ** 2)
    noise = fractal_noise(random, size, int(random.choice([2, 3, 4, 6]))) - np.float32(0.5)
    soft = blur((hill + 5 * noise > 0).astype(np.float32), random.uniform(0.7, 6))
    return _toned(image, surroundings, soft, (0.05, 0.25), random)


def _moved_piece(image: Field, surroundings: Field, random: Random) -> Field:
    """A piece of the same image, perhaps turned, at another place in another light."""
    del surroundings
    size = len(image)
    high, wide = (int(side) for side in np.exp(random.uniform(np.log(size / 16), np.log(size / 3), 2)))
    source = np.rot90(image, int(random.integers(1, 4))) if random.random() < 0.5 else image
    top, left = int(random.integers(size - high)), int(random.integers(size - wide))
    piece = source[top : top + high, left : left + wide]
    row, column = int(random.integers(size - high)), int(random.integers(size - wide))
    there = image[row : row + high, column : column + wide]
    light = np.float32(random.uniform(0.75, 1.3)) * there.mean() / (piece.mean() + 1)
    return _pasted(image, piece * light, row, column, random)


def _spoiled_piece(image: Field, surroundings: Field, random: Random) -> Field:
    """A piece that is blurred, noisy, flat, reversed or too sharp."""
    del surroundings
    size = len(image)
    high, wide = (int(side) for side in np.exp(random.uniform(np.log(size / 16), np.log(size / 3), 2)))
    row, column = int(random.integers(size - high)), int(random.integers(size - wide))
    piece = image[row : row + high, column : column + wide]
    mean = piece.mean(axis=(0, 1))
    match int(random.integers(3)):
        case 0:
            sigma = random.uniform(1, 4)
            piece = np.stack([blur(piece[:, :, channel], sigma) for channel in range(3)], axis=2)
        case 1:
            noise = random.standard_normal((high, wide, 1), dtype=np.float32)
            piece = piece + noise * np.float32(random.uniform(0.08, 0.25)) * mean
        case _:
            piece = mean + (piece - mean) * np.float32(random.choice([-1.0, 0.0, 2.5]))
    return _pasted(image, piece, row, column, random)


_RULES: tuple[Callable[[Field, Field, Random], Field], ...] = (
    _spot,
    _line,
    _broken_edge,
    _stain,
    _moved_piece,
    _spoiled_piece,
)
_SHARES = (0.25, 0.25, 0.12, 0.13, 0.15, 0.10)


def _toned(image: Field, surroundings: Field, cover: Field, strength: tuple[float, float], random: Random) -> Field:
    """Darker or brighter where covered, by a share of the surroundings."""
    sign = -1 if random.random() < 0.65 else 1
    uneven = 1 + np.float32(0.7) * (
        fractal_noise(random, len(image), int(random.choice([8, 16, 32]))) - np.float32(0.5)
    )
    change = np.float32(sign * _between(random, *strength)) * surroundings * uneven * cover
    return np.asarray(image + change[:, :, None], dtype=np.float32)


def _with_rim(image: Field, surroundings: Field, cover: Field, random: Random) -> Field:
    """Half of all dents catch light at one side."""
    if random.random() < 0.5:
        return image
    slope = np.roll(cover, 1, axis=int(random.integers(2))) - cover
    return np.asarray(image + (slope * surroundings)[:, :, None] * np.float32(random.uniform(0.3, 1.2)), np.float32)


def _pasted(image: Field, piece: Field, row: int, column: int, random: Random) -> Field:
    """The image with a piece on it, its outline a rectangle or an ellipse and a little soft."""
    high, wide = piece.shape[:2]
    cover = np.zeros(image.shape[:2], dtype=np.float32)
    inside = np.ones((high, wide), dtype=np.bool_)
    if random.random() < 0.5:
        rows, columns = np.linspace(-1, 1, high)[:, None], np.linspace(-1, 1, wide)[None, :]
        inside = rows**2 + columns**2 < 1
    cover[row : row + high, column : column + wide] = inside
    soft = blur(cover, random.uniform(0.4, 1.5))[:, :, None]
    changed = image.copy()
    changed[row : row + high, column : column + wide] = piece
    return np.asarray(image + soft * (changed - image), dtype=np.float32)


def _turned_coordinates(size: int, centre: NDArray[np.float64], angle: float) -> tuple[Field, Field]:
    rows, columns = coordinates(size)
    rows, columns = rows - np.float32(centre[0]), columns - np.float32(centre[1])
    cosine, sine = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    return rows * cosine - columns * sine, columns * cosine + rows * sine


def _between(random: Random, low: float, high: float) -> float:
    """A number between two bounds, small ones as likely as large ones."""
    return float(np.exp(random.uniform(np.log(low), np.log(high))))
