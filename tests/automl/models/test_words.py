"""Settings in plain words: what stands out, what changed, the rest unsaid."""

import numpy as np
import pytest

from automl.domain.task import TaskKind
from automl.models.averaged import averaged
from automl.models.base import Care, LearningRows, Parameters, Shape
from automl.models.space import Choice, Real, Whole, nearest
from automl.models.tabular.boosted import Boosted
from automl.models.tabular.linear import Linear

USUAL: Parameters = {"learning_rate": 0.05, "num_leaves": 31, "feature_fraction": 0.9}


def codes(words: tuple[object, ...]) -> list[str]:
    return [getattr(word, "code", "") for word in words]


def test_what_stands_out_is_said() -> None:
    assert codes(Boosted().words({**USUAL, "num_leaves": 4, "learning_rate": 0.01})) == [
        "boosted.shallow_trees",
        "boosted.slow_learning",
    ]


def test_usual_settings_are_said_to_be_usual() -> None:
    assert codes(Boosted().words(USUAL)) == ["boosted.usual_settings"]


def test_the_largest_change_is_said_first() -> None:
    after = {**USUAL, "num_leaves": 4, "learning_rate": 0.03}

    assert codes(Boosted().changes(USUAL, after)) == ["boosted.shallower_trees", "boosted.slower_learning"]


def test_a_small_change_is_not_worth_a_word() -> None:
    assert Boosted().changes(USUAL, {**USUAL, "num_leaves": 35}) == ()


@pytest.mark.parametrize(("value", "expected"), [(None, 0.1), (7.0, 1.0), (-3.0, 0.0), (0.4, 0.4)])
def test_a_value_is_moved_into_its_dimension(value: float | None, expected: float) -> None:
    assert nearest(Real("pace", 0.0, 1.0, usual=0.1), value) == expected


def test_whole_numbers_and_choices_have_a_usual_value_too() -> None:
    assert nearest(Whole("leaves", 2, 9, usual=5), 8.6) == 9
    assert nearest(Choice("kind", ("extra", "random")), "unknown") == "extra"


def test_the_mean_of_fits_answers_with_their_mean() -> None:
    random = np.random.default_rng(0)
    features, target = random.normal(size=(50, 2)).astype(np.float32), random.normal(size=50)
    rows = LearningRows(features, target, Shape(TaskKind.REGRESSION, 50, 2, rarest=50))
    first, second = (Linear().fit(rows, {"strength": strength}, Care(seed=0)) for strength in (0.1, 100.0))

    mean = averaged([first, second])

    np.testing.assert_allclose(mean.predict(features), (first.predict(features) + second.predict(features)) / 2)
    assert averaged([first]) is first
