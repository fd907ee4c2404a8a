"""Scores of weighted rows are the scores of the drawn rows."""

import numpy as np
import pytest

from automl.domain.task import Metric
from automl.evaluation.metrics import Scoring, score
from automl.evaluation.weighted import weighted_scores

REPEATS = 20


def resamples(
    rows: int,
) -> tuple[list[np.ndarray[tuple[int, ...], np.dtype[np.int64]]], np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    random = np.random.default_rng(0)
    drawn = [random.integers(0, rows, rows) for _ in range(REPEATS)]
    return drawn, np.stack([np.bincount(one, minlength=rows) for one in drawn]).astype(np.float64)


@pytest.mark.parametrize(
    ("metric", "classes"),
    [
        (Metric.AVERAGE_PRECISION, 2),
        *(
            (metric, classes)
            for metric in (Metric.ROC_AUC, Metric.BALANCED_ACCURACY, Metric.F1_MACRO)
            for classes in (2, 4)
        ),
    ],
)
@pytest.mark.parametrize("rows", [8, 60])
def test_classes(metric: Metric, classes: int, rows: int) -> None:
    random = np.random.default_rng(rows)
    target = random.integers(0, classes, rows)
    prediction = random.dirichlet(np.ones(classes), rows).round(1) + 1e-3
    drawn, weights = resamples(rows)

    found = weighted_scores(Scoring(metric, 0.4), target, prediction, weights)

    expected = [score(Scoring(metric, 0.4), target[one], prediction[one]) for one in drawn]
    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_numbers() -> None:
    random = np.random.default_rng(3)
    target, prediction = random.normal(size=(2, 40))
    drawn, weights = resamples(40)

    found = weighted_scores(Scoring(Metric.R2), target, prediction, weights)

    np.testing.assert_allclose(found, [score(Scoring(Metric.R2), target[one], prediction[one]) for one in drawn])


def test_means_over_rows_are_not_its_business() -> None:
    with pytest.raises(ValueError, match="mean over rows"):
        weighted_scores(Scoring(Metric.ACCURACY), np.zeros(3, np.int64), np.full((3, 2), 0.5), np.ones((1, 3)))
