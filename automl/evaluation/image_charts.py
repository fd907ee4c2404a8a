"""The numbers behind the charts of an image model."""

import numpy as np
from numpy.typing import NDArray

from automl.domain.image_result import HistogramOfTwo
from automl.evaluation.metrics import Prediction

HISTOGRAM_BINS = 25
CALIBRATION_BINS = 10


def histogram_of_two(unusual: NDArray[np.float64], flawed: NDArray[np.bool_]) -> HistogramOfTwo:
    """Return counts of good and flawed images over how unusual they look, 0 to 1."""
    edges = np.linspace(0.0, 1.0, HISTOGRAM_BINS + 1)
    good, bad = (np.histogram(unusual[chosen], bins=edges)[0] for chosen in (~flawed, flawed))
    return HistogramOfTwo(
        tuple(float(edge) for edge in edges), tuple(int(one) for one in good), tuple(int(one) for one in bad)
    )


def calibration_error(truth: NDArray[np.int64], prediction: Prediction) -> float:
    """Return the mean gap between how sure answers are and how often they are right (expected error, Naeini et al. 2015)."""
    sure, right = prediction.max(axis=1), prediction.argmax(axis=1) == truth
    places = np.minimum((sure * CALIBRATION_BINS).astype(np.int64), CALIBRATION_BINS - 1)
    count = np.bincount(places, minlength=CALIBRATION_BINS)
    stated = np.bincount(places, weights=sure, minlength=CALIBRATION_BINS)
    happened = np.bincount(places, weights=right.astype(np.float64), minlength=CALIBRATION_BINS)
    return float(np.abs(stated - happened).sum() / max(int(count.sum()), 1))
