"""Features of images as points that a head learns from within milliseconds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
MOST_DIMENSIONS = 128
_DIMENSIONS_OF_DISTANCE = 64
_MOST_MEASURED = 10_000
_ROWS_AT_ONCE = 4_096


@dataclass(frozen=True)
class Scattered:
    """Images as points: `points` [n, at most 128] to learn from, `places` [n, at most 64] to tell how different images are."""

    points: Points
    places: Points


def scattered(features: NDArray[np.float32]) -> Scattered:
    """Principal components of standardised features [n, D]; for distances strong ones are damped to the root of their spread.

    Components are found on at most 10,000 images, evenly taken. Constant features and values that are no numbers are ignored.
    """
    some = _numbers(features[:: max(1, len(features) // _MOST_MEASURED)])
    spread = some.std(axis=0)
    varies = spread > 1e-9
    if not varies.any():
        return Scattered(np.zeros((len(features), 1)), np.zeros((len(features), 1)))
    middle, spread = some[:, varies].mean(axis=0), spread[varies]
    strengths, directions = _components((some[:, varies] - middle) / spread)
    points = np.empty((len(features), len(strengths)))
    for start in range(0, len(features), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        points[rows] = (_numbers(features[rows])[:, varies] - middle) / spread @ directions
    near = slice(_DIMENSIONS_OF_DISTANCE)
    return Scattered(points, points[:, near] / strengths[near] ** 0.25)


def _numbers(features: NDArray[np.float32]) -> Points:
    return np.nan_to_num(features.astype(np.float64), posinf=0.0, neginf=0.0)


def _components(centred: Points) -> tuple[Points, Points]:
    """Variances and directions [D, d] of the strongest components, by whichever product of the matrix is smaller."""
    rows, columns = centred.shape
    if columns <= rows:
        values, directions = np.linalg.eigh(centred.T @ centred / rows)
    else:
        values, left = np.linalg.eigh(centred @ centred.T / rows)
        directions = centred.T @ (left / np.sqrt(np.maximum(values, 1e-12) * rows))
    kept = [place for place in np.argsort(-values)[:MOST_DIMENSIONS] if values[place] > 1e-8 * values.max()]
    return values[kept], directions[:, kept]
