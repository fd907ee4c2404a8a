"""Linear discriminants (Fisher 1936; Friedman 1989): classes are clouds of one shape around their means.

With a thousand numbers and a hundred images the shape cannot be learned in full, so what numbers share is trusted only in
part. On surface images this beats a kernel machine with far more settings.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve

from automl.models.base import Features, Index
from automl.models.image.heads import Floats, LinearHead

ROWS_AT_ONCE = 8192
# A number that does not vary within classes is taken to vary by this share of its spread.
_LEAST_VARIANCE = 1e-3
_USUAL_SPREAD = 4.0


@dataclass(frozen=True)
class _Clouds:
    """Images and the class means they lie around, every number in units of its spread within classes."""

    features: Features
    codes: Index
    means: Floats
    within: Floats

    def around_means(self, rows: slice) -> Floats:
        """Where some images lie as seen from the means of their classes."""
        return np.asarray((self.features[rows] - self.means[self.codes[rows]]) / self.within)


def fit_discriminant(
    features: Features, target: Index, class_count: int, *, shrinkage: float, balanced: bool = False
) -> LinearHead:
    """Learn one discriminant a class, for features [n, D] and class codes [n].

    `shrinkage` between 0 and 1 says how little what numbers share is trusted; with `balanced` all classes count as equally
    frequent. A class that is absent gets a logit that hardly ever wins.
    """
    present, codes, counts = np.unique(target, return_inverse=True, return_counts=True)
    centre = features.mean(axis=0, dtype=np.float64)
    means = np.stack([features[codes == code].mean(axis=0, dtype=np.float64) for code in range(len(present))])
    clouds = _Clouds(features, codes, means, _spread_within(features, codes, means, centre))
    apart = ((means - centre) / clouds.within).T
    weights = _solved(clouds, apart, float(np.clip(shrinkage, 1e-4, 1.0)))
    offsets = -0.5 * (apart * weights).sum(axis=0)
    if not balanced:
        offsets = offsets + np.log(counts / counts.sum())
    weights = weights / clouds.within[:, None]
    known = _calmed(LinearHead(weights, offsets - centre @ weights), features)
    return _with_absent(known, present, class_count, float(known.logits(features).max(axis=1).min()) - 1.0)


def _calmed(head: LinearHead, features: Features) -> LinearHead:
    """Bring logits down to a usual size: of many numbers and few images they come out far too sure."""
    logits = head.logits(features)
    spread = float((logits - logits.mean(axis=1, keepdims=True)).std())
    calm = max(1.0, spread / _USUAL_SPREAD)
    return LinearHead(head.weights / calm, head.offsets / calm)


def _spread_within(features: Features, codes: Index, means: Floats, centre: Floats) -> Floats:
    """Spread of every number around the means of its classes, and 1 for one that never varies; [D]."""
    total, within = np.zeros(len(centre)), np.zeros(len(centre))
    for rows in _blocks(len(features)):
        block = features[rows].astype(np.float64)
        total += np.square(block - centre).sum(axis=0)
        within += np.square(block - means[codes[rows]]).sum(axis=0)
    variance = np.maximum(within, _LEAST_VARIANCE * total) / len(features)
    still = total / len(features) <= 1e-12 * (1.0 + np.square(centre))
    return np.asarray(np.sqrt(np.where(still, 1.0, variance)))


def _solved(clouds: _Clouds, apart: Floats, shrinkage: float) -> Floats:
    """(shrinkage I + (1 - shrinkage) R)^-1 apart, R the correlations within classes; by the smaller of n and D."""
    count, width = clouds.features.shape
    trust = 1.0 - shrinkage
    if count <= width:
        rows = clouds.around_means(slice(None))
        small = trust / count * (rows @ rows.T) + shrinkage * np.eye(count)
        inner = solve(small, rows @ apart, assume_a="pos")
        return np.asarray((apart - trust / count * (rows.T @ inner)) / shrinkage)
    shared = np.zeros((width, width))
    for block in _blocks(count):
        rows = clouds.around_means(block)
        shared += rows.T @ rows
    return np.asarray(solve(trust / count * shared + shrinkage * np.eye(width), apart, assume_a="pos"))


def _with_absent(head: LinearHead, present: Index, class_count: int, absent: float) -> LinearHead:
    weights = np.zeros((len(head.weights), class_count))
    offsets = np.full(class_count, absent)
    weights[:, present], offsets[present] = head.weights, head.offsets
    return LinearHead(weights, offsets)


def _blocks(count: int) -> list[slice]:
    return [slice(start, start + ROWS_AT_ONCE) for start in range(0, count, ROWS_AT_ONCE)]
