import numpy as np
import pytest

from automl.domain.task import MistakeCost
from automl.evaluation.thresholds import best_alarm_line


def test_separable_risks_are_cut_in_the_middle_of_the_gap() -> None:
    target = np.array([0, 0, 0, 1, 1])
    assert best_alarm_line(target, np.array([0.1, 0.2, 0.3, 0.7, 0.9]), None) == pytest.approx(0.5)


def test_honest_risks_get_the_line_of_theory() -> None:
    random = np.random.default_rng(0)
    risk = random.beta(1, 8, 4000)
    target = (random.random(4000) < risk).astype(np.int64)
    cost = MistakeCost(miss=42_000, false_alarm=3_500)
    assert best_alarm_line(target, risk, cost) == pytest.approx(cost.alarm_line())


def test_dishonest_risks_get_the_line_the_data_show() -> None:
    random = np.random.default_rng(0)
    honest = random.beta(1, 4, 8000)
    target = (random.random(8000) < honest).astype(np.int64)
    shrunk = honest * 0.1
    cost = MistakeCost(miss=10, false_alarm=1)
    line = best_alarm_line(target, shrunk, cost)
    assert line < cost.alarm_line() / 3


def test_rare_cases_are_found_without_costs() -> None:
    random = np.random.default_rng(1)
    target = (random.random(3000) < 0.03).astype(np.int64)
    risk = np.clip(0.03 + 0.1 * target + random.normal(scale=0.03, size=3000), 0, 1)
    line = best_alarm_line(target, risk, None)
    assert ((risk >= line) & (target == 1)).sum() > 0.8 * target.sum()
