import numpy as np
import pytest
from sklearn import metrics as oracle

from automl.domain.task import Metric, MistakeCost
from automl.evaluation.metrics import Scoring, score


@pytest.fixture
def binary() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(3)
    target = random.integers(0, 2, 400)
    risk = np.clip(0.3 * target + random.random(400) * 0.7, 0.001, 0.999).round(2)
    return target, np.column_stack([1 - risk, risk])


@pytest.fixture
def several() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(4)
    target = random.integers(0, 3, 300)
    raw = random.random((300, 3)) + np.eye(3)[target]
    return target, raw / raw.sum(axis=1, keepdims=True)


def test_yes_no_scores_agree_with_scikit_learn(binary: tuple[np.ndarray, np.ndarray]) -> None:
    target, prediction = binary
    said = prediction[:, 1] >= 0.4
    expected = {
        Metric.LOG_LOSS: oracle.log_loss(target, prediction),
        Metric.ROC_AUC: oracle.roc_auc_score(target, prediction[:, 1]),
        Metric.AVERAGE_PRECISION: oracle.average_precision_score(target, prediction[:, 1]),
        Metric.ACCURACY: oracle.accuracy_score(target, said),
        Metric.BALANCED_ACCURACY: oracle.balanced_accuracy_score(target, said),
        Metric.F1_MACRO: oracle.f1_score(target, said, average="macro"),
    }
    for metric, value in expected.items():
        assert score(Scoring(metric, alarm_line=0.4), target, prediction) == pytest.approx(value, rel=1e-9), metric


def test_scores_of_several_classes_agree_with_scikit_learn(several: tuple[np.ndarray, np.ndarray]) -> None:
    target, prediction = several
    assert score(Scoring(Metric.LOG_LOSS), target, prediction) == pytest.approx(oracle.log_loss(target, prediction))
    area = oracle.roc_auc_score(target, prediction, multi_class="ovr")
    assert score(Scoring(Metric.ROC_AUC), target, prediction) == pytest.approx(area)


def test_number_scores_agree_with_scikit_learn() -> None:
    random = np.random.default_rng(5)
    target, prediction = random.normal(size=200), random.normal(size=200)
    assert score(Scoring(Metric.RMSE), target, prediction) == pytest.approx(
        oracle.root_mean_squared_error(target, prediction)
    )
    assert score(Scoring(Metric.MAE), target, prediction) == pytest.approx(
        oracle.mean_absolute_error(target, prediction)
    )
    assert score(Scoring(Metric.R2), target, prediction) == pytest.approx(oracle.r2_score(target, prediction))


def test_cost_counts_money_per_thousand_rows() -> None:
    target = np.array([1, 1, 0, 0, 0])
    risk = np.array([0.9, 0.1, 0.8, 0.1, 0.1])
    scoring = Scoring(Metric.COST, alarm_line=0.5, cost=MistakeCost(miss=42_000, false_alarm=3_500))
    assert score(scoring, target, np.column_stack([1 - risk, risk])) == pytest.approx((42_000 + 3_500) / 5 * 1000)


@pytest.mark.parametrize("metric", [Metric.ROC_AUC, Metric.AVERAGE_PRECISION, Metric.BALANCED_ACCURACY])
def test_a_single_class_has_no_score(metric: Metric) -> None:
    prediction = np.full((5, 2), 0.5)
    assert np.isnan(score(Scoring(metric), np.zeros(5, dtype=np.int64), prediction))
