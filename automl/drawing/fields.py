"""Fields of grey values that surfaces and flaws are made of: noise of one coarseness, fractal noise, blur, coordinates."""

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]
Random = np.random.Generator


def coordinates(size: int) -> tuple[Field, Field]:
    """Rows and columns of a square image as numbers from 0 to 1, shaped to be broadcast: [size, 1] and [1, size]."""
    steps = np.linspace(0.0, 1.0, size, dtype=np.float32)
    return steps[:, None], steps[None, :]


def smooth_noise(random: Random, size: int, rows: int, columns: int) -> Field:
    """Value noise [size, size] in 0 to 1: a random grid of `rows` x `columns` cells, interpolated smoothly."""
    grid = random.random((rows + 1, columns + 1), dtype=np.float32)
    return np.asarray(_weights(size, rows) @ grid @ _weights(size, columns).T, dtype=np.float32)


def fractal_noise(random: Random, size: int, coarse: int, octaves: int = 4, decay: float = 0.5) -> Field:
    """Fractional Brownian motion [size, size], about 0 to 1: octaves of value noise, each twice as fine and `decay` as strong."""
    total = np.zeros((size, size), dtype=np.float32)
    strength, sum_of_strengths = 1.0, 0.0
    for octave in range(octaves):
        cells = min(coarse << octave, size)
        total += strength * smooth_noise(random, size, cells, cells)
        sum_of_strengths += strength
        strength *= decay
    return total / np.float32(sum_of_strengths)


def blur(field: Field, sigma: float) -> Field:
    """Gaussian blur with `sigma` in pixels; the border repeats nothing, it is weighted by what is there."""
    if sigma <= 0:
        return field
    rows, columns = field.shape
    return np.asarray(_gaussian(rows, sigma) @ field @ _gaussian(columns, sigma).T, dtype=np.float32)


def stretched(field: Field) -> Field:
    """The field moved and scaled to exactly 0 to 1; a flat one becomes 0.5 everywhere."""
    low, high = float(field.min()), float(field.max())
    if high - low < 1e-6:
        return np.full_like(field, 0.5)
    return (field - np.float32(low)) / np.float32(high - low)


def _weights(size: int, cells: int) -> Field:
    """Interpolation matrix [size, cells + 1] with smoothstep between the two nearest grid lines."""
    places = np.linspace(0.0, cells, size, endpoint=False, dtype=np.float32)
    left = places.astype(np.intp)
    part = places - left
    part = part * part * (3 - 2 * part)
    weights = np.zeros((size, cells + 1), dtype=np.float32)
    rows = np.arange(size)
    weights[rows, left] = 1 - part
    weights[rows, left + 1] = part
    return weights


def _gaussian(size: int, sigma: float) -> Field:
    places = np.arange(size, dtype=np.float32)
    kernel = np.exp(-((places[:, None] - places[None, :]) ** 2) / np.float32(2 * sigma * sigma))
    return np.asarray(kernel / kernel.sum(axis=1, keepdims=True), dtype=np.float32)
