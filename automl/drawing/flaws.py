"""Flaws drawn onto a surface: scratch, pit, stain, crack, missing edge. Each gives the surface anew and where it differs."""

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from automl.drawing.fields import Field, Random, blur, coordinates, fractal_noise

Mask = NDArray[np.bool_]


class Flaw(StrEnum):
    """What can be wrong with a part; the values are the names of the classes."""

    SCRATCH = "scratch"
    PIT = "pit"
    STAIN = "stain"
    CRACK = "crack"
    MISSING_EDGE = "missing_edge"


def draw_flaw(flaw: Flaw, surface: Field, random: Random, strength: float = 1.0) -> tuple[Field, Mask]:
    """The surface with a flaw on it, and the pixels it covers; `strength` 1 is plain to see, 0.3 is hard to find."""
    cover, tone = _RULES[flaw](random, surface.shape[0])
    cover = np.clip(cover, 0.0, 1.0) * np.float32(strength)
    return np.asarray(surface + cover * (np.float32(tone) - surface), dtype=np.float32), cover > np.float32(
        0.25 * strength
    )


def _scratch(random: Random, size: int) -> tuple[Field, float]:
    """One long, nearly straight line, brighter or darker than the surface."""
    start, angle = random.uniform(0.2, 0.8, 2), random.uniform(0, np.pi)
    length, bend = random.uniform(0.35, 0.7), random.normal(0, 0.06)
    part = np.linspace(-0.5, 0.5, 3 * size)
    along, aside = length * part, bend * (1 - 4 * part**2)
    rows = start[0] + along * np.sin(angle) + aside * np.cos(angle)
    columns = start[1] + along * np.cos(angle) - aside * np.sin(angle)
    return _line(rows, columns, size, random.uniform(0.006, 0.011)), 0.95 if random.random() < 0.6 else 0.05


def _pit(random: Random, size: int) -> tuple[Field, float]:
    """A few small round holes."""
    rows, columns = coordinates(size)
    cover = np.zeros((size, size), dtype=np.float32)
    for _ in range(int(random.integers(1, 5))):
        row, column = random.uniform(0.1, 0.9, 2)
        radius = random.uniform(0.02, 0.045)
        squared = (rows - np.float32(row)) ** 2 + (columns - np.float32(column)) ** 2
        cover = np.maximum(cover, np.exp(-((squared / np.float32(radius**2)) ** 2)))
    return cover, 0.08


def _stain(random: Random, size: int) -> tuple[Field, float]:
    """A soft patch of uneven outline."""
    rows, columns = coordinates(size)
    row, column = random.uniform(0.25, 0.75, 2)
    wide, high = random.uniform(0.12, 0.24, 2)
    hill = np.exp(
        -(((rows - np.float32(row)) / np.float32(high)) ** 2 + ((columns - np.float32(column)) / np.float32(wide)) ** 2)
    )
    uneven = hill * (np.float32(0.4) + np.float32(1.2) * fractal_noise(random, size, 6, 3))
    cover = np.float32(0.75) / (1 + np.exp(-14 * (uneven - np.float32(0.42))))
    return np.asarray(cover, dtype=np.float32), 0.25 if random.random() < 0.7 else 0.85


def _crack(random: Random, size: int) -> tuple[Field, float]:
    """A thin dark line that keeps changing direction, with a branch."""
    start, angle = random.uniform(0.15, 0.5, 2), random.uniform(0, np.pi / 2)
    rows, columns = _walk(random, start[0], start[1], angle, int(random.integers(26, 44)))
    middle = len(rows) // 2
    side_rows, side_columns = _walk(random, rows[middle], columns[middle], angle + random.choice([-0.9, 0.9]), 12)
    width = random.uniform(0.004, 0.007)
    return np.maximum(_line(rows, columns, size, width), _line(side_rows, side_columns, size, 0.8 * width)), 0.03


def _missing_edge(random: Random, size: int) -> tuple[Field, float]:
    """A bite out of one side or corner: what lies behind the part shows."""
    rows, columns = coordinates(size)
    along, depth, width = random.uniform(0.0, 1.0), random.uniform(0.08, 0.18), random.uniform(0.12, 0.25)
    row, column = [(0.0, along), (1.0, along), (along, 0.0), (along, 1.0)][int(random.integers(4))]
    high, wide = (depth, width) if row in (0.0, 1.0) else (width, depth)
    far = np.sqrt(
        ((rows - np.float32(row)) / np.float32(high)) ** 2 + ((columns - np.float32(column)) / np.float32(wide)) ** 2
    )
    ragged = far + np.float32(0.5) * (fractal_noise(random, size, 10, 2) - np.float32(0.5))
    steep = np.minimum(np.float32(min(40.0, 0.6 * size)) * (ragged - 1), np.float32(60))
    return np.asarray(1 / (1 + np.exp(steep)), dtype=np.float32), 0.02


def _walk(random: Random, row: float, column: float, angle: float, steps: int) -> tuple[Field, Field]:
    turns = angle + np.cumsum(random.normal(0, 0.35, steps))
    stride = random.uniform(0.012, 0.02)
    rows, columns = row + np.cumsum(stride * np.sin(turns)), column + np.cumsum(stride * np.cos(turns))
    dense = np.linspace(0, steps - 1, steps * 8)
    places = np.arange(steps)
    return np.interp(dense, places, rows).astype(np.float32), np.interp(dense, places, columns).astype(np.float32)


def _line(rows: NDArray[np.floating], columns: NDArray[np.floating], size: int, width: float) -> Field:
    """A line through dense points, `width` of the image wide (standard deviation), full in its middle."""
    cover = np.zeros((size, size), dtype=np.float32)
    row, column = np.rint(rows * (size - 1)).astype(np.intp), np.rint(columns * (size - 1)).astype(np.intp)
    inside = (row >= 0) & (row < size) & (column >= 0) & (column < size)
    cover[row[inside], column[inside]] = 1.0
    sigma = max(0.5, width * size)
    return np.asarray(np.minimum(blur(cover, sigma) * np.float32(2.2 * sigma), 1.0), dtype=np.float32)


_RULES: dict[Flaw, Callable[[Random, int], tuple[Field, float]]] = {
    Flaw.SCRATCH: _scratch,
    Flaw.PIT: _pit,
    Flaw.STAIN: _stain,
    Flaw.CRACK: _crack,
    Flaw.MISSING_EDGE: _missing_edge,
}
