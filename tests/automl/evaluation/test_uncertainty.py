import numpy as np
import pytest

from automl.domain.task import Metric
from automl.evaluation.metrics import Scoring, score
from automl.evaluation.uncertainty import bootstrap_scores, compare_pairs, cv_interval, interval_of, wilson


def test_wilson_agrees_with_published_values() -> None:
    interval = wilson(9, 10)
    assert (interval.lower, interval.upper) == pytest.approx((0.5958, 0.9821), abs=1e-4)
    assert wilson(0, 10).lower == 0.0


def test_fold_interval_is_wider_than_the_naive_one() -> None:
    scores = [0.80, 0.82, 0.78, 0.81, 0.79]
    interval = cv_interval(scores, train_rows=80, check_rows=20)
    naive_half = 2.776 * np.std(scores, ddof=1) / np.sqrt(5)
    assert interval.upper - interval.value == pytest.approx(1.5 * naive_half, rel=1e-3)


@pytest.mark.parametrize(
    ("metric", "scores", "lower", "upper"),
    [(Metric.ROC_AUC, [0.99, 0.8, 0.97], None, 1.0), (Metric.LOG_LOSS, [0.02, 0.3, 0.01], 0.0, None)],
)
def test_an_interval_ends_where_the_metric_does(
    metric: Metric, scores: list[float], lower: float | None, upper: float | None
) -> None:
    interval = cv_interval(scores, 80, 20, metric.limits)
    assert lower is None or interval.lower == lower
    assert upper is None or interval.upper == upper
    assert interval.lower < interval.value < interval.upper


def test_no_defined_fold_is_an_error() -> None:
    with pytest.raises(ValueError, match="no fold"):
        cv_interval([float("nan")], 10, 5)


def test_stated_intervals_cover_the_truth() -> None:
    random = np.random.default_rng(0)
    covered = 0
    for trial in range(120):
        truth = random.random(300) < 0.7
        prediction = np.where(truth[:, None], [[0.2, 0.8]], [[0.8, 0.2]])
        resampled = bootstrap_scores([Scoring(Metric.ACCURACY)], np.ones(300, dtype=np.int64), [prediction], trial)
        interval = interval_of(
            score(Scoring(Metric.ACCURACY), np.ones(300, dtype=np.int64), prediction), resampled[:, 0]
        )
        covered += interval.lower <= 0.7 <= interval.upper
    assert 0.88 <= covered / 120 <= 1.0


def noisy_models(difference: float) -> bool:
    random = np.random.default_rng(1)
    target = random.normal(size=2000)
    first = target + random.normal(scale=1.0, size=2000)
    second = target + random.normal(scale=1.0 + difference, size=2000)
    scorings = [Scoring(Metric.RMSE)] * 2
    resampled = bootstrap_scores(scorings, target, [first, second], 0)
    values = [score(scorings[0], target, one) for one in (first, second)]
    return compare_pairs(["first", "second"], values, resampled)[0].proven


def test_a_real_difference_is_proven_and_noise_is_not() -> None:
    assert noisy_models(0.2)
    assert not noisy_models(0.0)


def test_equal_models_are_never_proven_different() -> None:
    target = np.arange(50.0)
    resampled = bootstrap_scores([Scoring(Metric.MAE)] * 2, target, [target, target], 0)
    assert not compare_pairs(["a", "b"], [0.0, 0.0], resampled)[0].proven


def test_telling_all_apart_is_proven_unless_a_class_is_too_rare_to_say() -> None:
    def proven(flaws: int) -> bool:
        target = (np.arange(60) < flaws).astype(np.int64)
        perfect = np.column_stack([1.0 - target, target])
        guessing = np.full((60, 2), 0.5)
        resampled = bootstrap_scores([Scoring(Metric.ROC_AUC)] * 2, target, [perfect, guessing], 0)
        return compare_pairs(["perfect", "guessing"], [1.0, 0.5], resampled)[0].proven

    assert proven(30)
    assert not proven(2)


def test_many_rows_are_resampled_in_part_with_the_spread_of_all() -> None:
    random = np.random.default_rng(0)
    target = np.zeros(40_000)
    prediction = random.normal(0, 2.0, len(target))

    resampled = bootstrap_scores([Scoring(Metric.MAE)], target, [prediction], 0)[:, 0]

    errors = np.abs(prediction)
    assert resampled.mean() == pytest.approx(errors.mean())
    assert resampled.std() == pytest.approx(errors.std() / 200, rel=0.15)
