"""The light head: multinomial logistic regression with balanced classes, learned in milliseconds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from automl.labelling.points import Points

Codes = NDArray[np.int64]
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
_MOST_STEPS = 60
_PRECISION = 1e-6


@dataclass(frozen=True)
class Head:
    """Weights [d, k] and shifts [k] of the classes it has seen (`codes` [k]); the others get probability 0 of `class_count`."""

    weights: NDArray[np.float64]
    shifts: NDArray[np.float64]
    codes: Codes
    class_count: int

    def probabilities(self, points: Points) -> NDArray[np.float64]:
        """Probabilities [n, class_count]."""
        answers = np.zeros((len(points), self.class_count))
        answers[:, self.codes] = softmax(points @ self.weights + self.shifts, axis=1)
        return answers


def fit_head(points: Points, codes: Codes, class_count: int) -> Head:
    """Learn from labelled points; every class weighs the same. Needs at least one point."""
    seen, places, counts = np.unique(codes, return_inverse=True, return_counts=True)
    if len(seen) == 1:
        return Head(np.zeros((points.shape[1], 1)), np.zeros(1), seen, class_count)
    rows, dimensions = points.shape
    truth = np.zeros((rows, len(seen)))
    truth[np.arange(rows), places] = 1.0
    importance = (rows / (len(seen) * counts))[places]

    def loss(flat: Vector) -> tuple[float, NDArray[np.float64]]:
        weights, shifts = flat[: dimensions * len(seen)].reshape(dimensions, -1), flat[dimensions * len(seen) :]
        logs = log_softmax(points @ weights + shifts, axis=1)
        off = (np.exp(logs) - truth) * importance[:, None]
        value = -float(importance @ logs[np.arange(rows), places]) + 0.5 * float((weights**2).sum())
        return value / rows, np.concatenate([(points.T @ off + weights).ravel(), off.sum(axis=0)]) / rows

    start: Vector = np.zeros((dimensions + 1) * len(seen), np.float64)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _MOST_STEPS, "ftol": _PRECISION})
    flat = found.x
    return Head(
        flat[: dimensions * len(seen)].reshape(dimensions, -1), flat[dimensions * len(seen) :], seen, class_count
    )
