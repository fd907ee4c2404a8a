"""Blends: as good as their members at least, few members, honest about their worth."""

import numpy as np
import pytest
from numpy.typing import NDArray

from automl.domain.task import Metric
from automl.evaluation.metrics import Scoring, score
from automl.models.base import Answers
from automl.training.blend import blended, greedy_weights, honest_blend

TRUTH = np.random.default_rng(0).normal(size=400)


def loss(answers: Answers, rows: NDArray[np.int64] | None) -> float:
    return score(Scoring(Metric.RMSE), TRUTH if rows is None else TRUTH[rows], answers)


def noisy(seed: int, noise: float) -> Answers:
    return TRUTH + np.random.default_rng(seed).normal(0, noise, len(TRUTH))


def test_two_independent_models_are_better_than_each() -> None:
    candidates = [noisy(1, 0.5), noisy(2, 0.5)]

    weights = greedy_weights(candidates, loss)

    assert weights == pytest.approx([0.5, 0.5], abs=0.1)
    assert loss(blended(candidates, weights), None) < min(loss(one, None) for one in candidates)


def test_a_useless_model_gets_no_weight() -> None:
    weights = greedy_weights([noisy(1, 0.2), noisy(2, 5.0)], loss)

    assert weights.tolist() == [1.0, 0.0]


def test_when_nobody_knows_anything_guessing_wins() -> None:
    guessing = np.zeros(len(TRUTH))
    nonsense = [np.random.default_rng(seed).normal(0, 1, len(TRUTH)) for seed in (11, 12, 13)]

    assert greedy_weights([guessing, *nonsense], loss)[0] > 0.7


def test_a_blend_holds_at_most_so_many_models() -> None:
    weights = greedy_weights([noisy(seed, 0.5) for seed in range(12)], loss, most=4)

    assert np.count_nonzero(weights) <= 4
    assert weights.sum() == pytest.approx(1.0)


def test_honest_answers_are_no_better_than_flattered_ones() -> None:
    candidates = [noisy(seed, 1.0) for seed in range(10)]
    parts = [np.arange(start, 400, 4) for start in range(4)]

    honest = honest_blend(candidates, loss, parts)
    flattered = blended(candidates, greedy_weights(candidates, loss))

    assert loss(honest, None) >= loss(flattered, None)
