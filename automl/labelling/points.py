"""Features of images as points that a head learns from within milliseconds."""

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
MOST_DIMENSIONS = 64
_MOST_MEASURED = 10_000
_USUAL_FEATURES = 1_000


def points_of(features: NDArray[np.float32]) -> Points:
    """Principal components [n, at most 64] of standardised features [n, D], strong ones damped to the root of their spread.

    Components are found on at most 10,000 images, evenly taken. Constant features and values that are no numbers are ignored.
    """
    known = np.nan_to_num(features.astype(np.float64), posinf=0.0, neginf=0.0)
    step = max(1, len(known) // _MOST_MEASURED)
    some = known[::step]
    spread = some.std(axis=0)
    varies = spread > 1e-9
    if not varies.any():
        return np.zeros((len(known), 1))
    centred = (known[:, varies] - some[:, varies].mean(axis=0)) / spread[varies]
    strengths, directions = _components(centred[::step])
    scale = (_USUAL_FEATURES / centred.shape[1]) ** 0.25 / strengths**0.25
    return np.asarray(centred @ (directions * scale))


def _components(centred: Points) -> tuple[Points, Points]:
    """Variances and directions [D, d] of the strongest components, by whichever product of the matrix is smaller."""
    rows, columns = centred.shape
    if columns <= rows:
        values, vectors = np.linalg.eigh(centred.T @ centred / rows)
        directions = vectors
    else:
        values, left = np.linalg.eigh(centred @ centred.T / rows)
        directions = centred.T @ (left / np.sqrt(np.maximum(values, 1e-12) * rows))
    kept = [place for place in np.argsort(-values)[:MOST_DIMENSIONS] if values[place] > 1e-8 * values.max()]
    return values[kept], directions[:, kept]
