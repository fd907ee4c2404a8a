"""The temperature (Guo et al. 2017) that makes probabilities honest on answers to rows the model had not seen."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from automl.domain.task import Metric
from automl.evaluation.metrics import Prediction, Scoring, row_losses
from automl.graph.calibration import Temperature

COLDEST, HOTTEST = 0.33, 3.0
LOG_LOSS = Scoring(Metric.LOG_LOSS)


def best_temperature(truth: NDArray[np.int64], answers: Prediction) -> Temperature:
    """The temperature of least log loss on these rows: class codes [n] and probabilities [n, K]."""

    def loss(logarithm: float) -> float:
        cooled = Temperature(float(np.exp(logarithm))).apply(answers)
        return float(row_losses(LOG_LOSS, truth, cooled).mean())

    bounds = (float(np.log(COLDEST)), float(np.log(HOTTEST)))
    found = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-3})
    return Temperature(float(np.exp(found.x)))
