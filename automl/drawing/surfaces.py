"""Surfaces of parts: brushed metal, cloudy castings, weave, grain, turned rings, fractals.

A `Style` is one surface in all its parts: the same style drawn twice with other random numbers looks like two parts of one kind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from automl.drawing.fields import Field, Random, blur, coordinates, fractal_noise, smooth_noise, stretched


class SurfaceKind(StrEnum):
    """The rule that draws a surface."""

    BRUSHED = "brushed"
    CLOUDY = "cloudy"
    WEAVE = "weave"
    GRAIN = "grain"
    RINGS = "rings"
    FRACTAL = "fractal"


@dataclass(frozen=True)
class Style:
    """What all parts of one kind share. `fineness` 0 to 1 is how fine the surface is, `angle` its direction in radians.

    `tone` and `contrast` are mean and spread of grey values (0 to 1), `tint` the factors of red, green and blue.
    `number` seeds what else belongs to the style, such as the maps of a fractal.
    """

    kind: SurfaceKind
    number: int
    fineness: float
    angle: float
    tone: float
    contrast: float
    tint: tuple[float, float, float]


def style_of(number: int, kind: SurfaceKind | None = None) -> Style:
    """The style of this number, always the same; kinds take turns unless one is asked for."""
    random = np.random.default_rng((number, 0x51))
    kinds = tuple(SurfaceKind)
    tint = 1.0 + 0.12 * random.uniform(-1, 1, 3) if random.random() < 0.4 else np.ones(3)
    return Style(
        kind=kind or kinds[number % len(kinds)],
        number=number,
        fineness=float(random.random()),
        angle=float(random.choice([0.0, 0.0, np.pi / 2, random.uniform(0, np.pi)])),
        tone=float(random.uniform(0.4, 0.65)),
        contrast=float(random.uniform(0.18, 0.4)),
        tint=(float(tint[0]), float(tint[1]), float(tint[2])),
    )


def draw_surface(style: Style, random: Random, size: int) -> Field:
    """One surface [size, size] of a style, grey values of about 0 to 1 around its tone."""
    pattern = stretched(_RULES[style.kind](style, random, size))
    return np.asarray(
        np.float32(style.tone) + np.float32(style.contrast) * (pattern - np.float32(0.5)), dtype=np.float32
    )


def _turned(style: Style, size: int) -> tuple[Field, Field]:
    """Coordinates along and across the direction of the style, about -0.7 to 0.7."""
    rows, columns = coordinates(size)
    cosine, sine = np.float32(np.cos(style.angle)), np.float32(np.sin(style.angle))
    rows, columns = rows - np.float32(0.5), columns - np.float32(0.5)
    return columns * cosine + rows * sine, rows * cosine - columns * sine


def _brushed(style: Style, random: Random, size: int) -> Field:
    """Long fine lines in one direction, straight along rows or columns, over a slow change of brightness."""
    long = 2 + int(4 * style.fineness)
    lines = smooth_noise(random, size, size // 2, long) + 0.5 * smooth_noise(random, size, size // 4, long)
    if abs(np.cos(style.angle)) < np.sqrt(0.5):
        lines = np.ascontiguousarray(lines.T)
    return lines + smooth_noise(random, size, 2, 2)


def _cloudy(style: Style, random: Random, size: int) -> Field:
    return fractal_noise(random, size, coarse=2 + int(6 * style.fineness), octaves=5, decay=0.65)


def _weave(style: Style, random: Random, size: int) -> Field:
    """Two sets of threads, each above the other in turn, slightly uneven."""
    along, across = _turned(style, size)
    threads = np.float32(np.pi * (8 + 14 * style.fineness))
    uneven = np.float32(0.7) * smooth_noise(random, size, 4, 4)
    warp, weft = np.sin(threads * along + uneven), np.sin(threads * across + uneven)
    above = np.where(warp * weft > 0, np.abs(warp), np.abs(weft))
    return np.asarray(above + np.float32(0.5) * random.random((size, size), dtype=np.float32), dtype=np.float32)


def _grain(style: Style, random: Random, size: int) -> Field:
    """Voronoi cells of their own grey value, dark where they meet."""
    count = 14 + int(18 * style.fineness)
    points = random.random((count, 2), dtype=np.float32)
    values = random.random(count, dtype=np.float32)
    coarse = max(size // 2, 1)
    rows, columns = coordinates(coarse)
    distances = (rows[:, :, None] - points[:, 0]) ** 2 + (columns[:, :, None] - points[:, 1]) ** 2
    nearest = np.partition(distances, 1, axis=2)[:, :, :2]
    seams = np.exp(-np.float32(600) * (np.sqrt(nearest[:, :, 1]) - np.sqrt(nearest[:, :, 0])) ** 2)
    cells = values[distances.argmin(axis=2)] - np.float32(0.8) * seams
    whole = np.repeat(np.repeat(cells, 2, axis=0), 2, axis=1)
    padded = np.pad(whole, ((0, size - whole.shape[0]), (0, size - whole.shape[1])), mode="edge")
    fine = np.float32(0.15) * random.random((size, size), dtype=np.float32)
    return np.asarray(blur(padded, 0.8) + fine, dtype=np.float32)


def _rings(style: Style, random: Random, size: int) -> Field:
    """Turned faces: rings around a centre near or outside the image, slightly wavering."""
    rows, columns = coordinates(size)
    own = np.random.default_rng((style.number, 0x52))
    row, column = own.uniform(-0.3, 1.3, 2) + random.normal(0, 0.02, 2)
    radius = np.sqrt((rows - np.float32(row)) ** 2 + (columns - np.float32(column)) ** 2)
    waver = np.float32(0.02) * smooth_noise(random, size, 5, 5)
    rings = np.sin(np.float32(2 * np.pi * (6 + 14 * style.fineness)) * (radius + waver))
    return np.asarray(rings + np.float32(0.8) * fractal_noise(random, size, 8, 3), dtype=np.float32)


def _fractal(style: Style, random: Random, size: int) -> Field:
    """An iterated function system played as the chaos game by many points at once (Barnsley 1988)."""
    own = np.random.default_rng((style.number, 0x53))
    maps = own.uniform(-1, 1, (4, 2, 2)).astype(np.float32)
    norms = np.linalg.norm(maps, ord=2, axis=(1, 2))
    maps *= (own.uniform(0.45, 0.75, 4) / np.maximum(norms, 1e-3)).astype(np.float32)[:, None, None]
    shifts = own.uniform(-1, 1, (4, 2)).astype(np.float32)
    points = random.normal(0, 0.3, (1500, 2)).astype(np.float32)
    seen = []
    for step in range(14):
        chosen = random.integers(0, 4, len(points))
        points = np.einsum("nij,nj->ni", maps[chosen], points) + shifts[chosen]
        if step >= 4:
            seen.append(points)
    places = np.clip((np.concatenate(seen) / 5.0 + 0.5) * size, 0, size - 1).astype(np.intp)
    hits = np.bincount(places[:, 0] * size + places[:, 1], minlength=size * size).reshape(size, size)
    dots = blur(np.log1p(hits).astype(np.float32), 0.7)
    return dots + np.float32(0.8) * fractal_noise(random, size, 6, 3)


_RULES: dict[SurfaceKind, Callable[[Style, Random, int], Field]] = {
    SurfaceKind.BRUSHED: _brushed,
    SurfaceKind.CLOUDY: _cloudy,
    SurfaceKind.WEAVE: _weave,
    SurfaceKind.GRAIN: _grain,
    SurfaceKind.RINGS: _rings,
    SurfaceKind.FRACTAL: _fractal,
}
