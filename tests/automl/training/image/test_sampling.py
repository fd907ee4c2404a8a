"""A run looks at as many images as it has time for: whole groups, rare classes first."""

import numpy as np

from automl.training.image.sampling import FEWEST_IMAGES, affordable_count, sample_of_groups


def test_what_fits_into_the_time_is_taken_whole() -> None:
    assert affordable_count(1000, 0.01, 600.0) == 1000
    assert affordable_count(1000, 0.01, None) == 1000
    assert affordable_count(150, 10.0, 1.0) == 150


def test_more_than_there_is_time_for_is_cut_in_steps_that_do_not_hang_on_the_moment() -> None:
    first, second = affordable_count(50_000, 0.010, 60.0), affordable_count(50_000, 0.0105, 60.0)

    assert first == second
    assert FEWEST_IMAGES < first < 2_400


def test_rare_classes_stay_whole_and_groups_together() -> None:
    codes = np.concatenate([np.zeros(5000, np.int64), np.ones(300, np.int64), np.full(20, 2)])
    groups = np.arange(len(codes)) // 4 + 1

    rows = sample_of_groups(codes, groups, 1000, seed=0)

    counts = np.bincount(codes[rows])
    assert counts[1:].tolist() == [300, 20]
    assert 600 < counts[0] < 720
    assert all((groups == group).sum() == (groups[rows] == group).sum() for group in np.unique(groups[rows]))
    np.testing.assert_array_equal(rows, sample_of_groups(codes, groups, 1000, seed=0))
