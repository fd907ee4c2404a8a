import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from automl.domain.task import GroupSplit, RandomSplit, TimeSplit
from automl.evaluation.splits import SplitInput, SplitPlan, plan_split


def assert_sound(plan: SplitPlan, rows: int) -> None:
    everything = np.concatenate([plan.learn, plan.holdout])
    assert sorted(everything.tolist()) == list(range(rows))
    for fold in plan.folds:
        assert len(fold.train) > 0
        assert len(fold.check) > 0
        assert not set(fold.train.tolist()) & set(fold.check.tolist())
        assert set(fold.train.tolist()) | set(fold.check.tolist()) <= set(plan.learn.tolist())


@given(
    strata=st.lists(st.integers(0, 3), min_size=60, max_size=200),
    copies=st.integers(1, 4),
    seed=st.integers(0, 5),
)
def test_equal_rows_never_stand_on_both_sides(strata: list[int], copies: int, seed: int) -> None:
    codes = np.repeat(np.array(strata, dtype=np.int64), copies)
    equal_rows = np.repeat(np.arange(len(strata)), copies).astype(np.int64)
    plan = plan_split(SplitInput(codes, equal_rows), RandomSplit(), 0.2, seed)
    assert_sound(plan, len(codes))
    held_out = set(equal_rows[plan.holdout].tolist())
    assert not held_out & set(equal_rows[plan.learn].tolist())
    for fold in plan.folds:
        assert not set(equal_rows[fold.train].tolist()) & set(equal_rows[fold.check].tolist())


def test_every_class_is_spread_evenly_over_the_holdout_and_the_folds() -> None:
    codes = np.array([0] * 900 + [1] * 100, dtype=np.int64)
    plan = plan_split(SplitInput(codes, np.arange(1000)), RandomSplit(), 0.2, 0)
    assert (codes[plan.holdout] == 1).sum() == 20
    assert {int((codes[fold.check] == 1).sum()) for fold in plan.folds} == {16}


def test_a_rare_class_of_one_row_does_not_stop_the_split() -> None:
    codes = np.array([0] * 99 + [1], dtype=np.int64)
    assert_sound(plan_split(SplitInput(codes, np.arange(100)), RandomSplit(), 0.2, 0), 100)


def test_a_group_is_never_on_both_sides() -> None:
    groups = np.array([f"machine {k % 7}" for k in range(350)], dtype=object)
    codes = np.array([k % 2 for k in range(350)], dtype=np.int64)
    plan = plan_split(SplitInput(codes, np.arange(350), groups=groups), GroupSplit("machine"), 0.2, 1)
    assert_sound(plan, 350)
    assert not set(groups[plan.holdout]) & set(groups[plan.learn])
    for fold in plan.folds:
        assert not set(groups[fold.train]) & set(groups[fold.check])


def test_time_is_checked_forward_only() -> None:
    times = np.random.default_rng(0).permutation(500).astype(np.float64)
    target = np.arange(500, dtype=np.float64)
    plan = plan_split(SplitInput(target, np.arange(500), times=times), TimeSplit("when"), 0.2, 0)
    assert_sound(plan, 500)
    assert times[plan.learn].max() < times[plan.holdout].min()
    for fold in plan.folds:
        assert times[fold.train].max() < times[fold.check].min()
    assert plan.summary.boundary.startswith("1970-01-01T00:06:40")


def test_rows_of_the_same_moment_stay_on_one_side() -> None:
    times = np.repeat(np.arange(50.0), 10)
    plan = plan_split(SplitInput(np.zeros(500), np.arange(500), times=times), TimeSplit("day"), 0.21, 0)
    assert not set(times[plan.learn]) & set(times[plan.holdout])


def test_rows_without_a_time_count_as_the_oldest_and_are_reported() -> None:
    times = np.arange(100.0)
    times[90:] = np.nan
    plan = plan_split(SplitInput(np.zeros(100), np.arange(100), times=times), TimeSplit("when"), 0.2, 0)
    assert not set(range(90, 100)) & set(plan.holdout.tolist())
    assert [left.code for left in plan.left_out] == ["left_out.rows_without_time_first"]


def test_a_small_table_keeps_no_holdout_and_says_so() -> None:
    plan = plan_split(SplitInput(np.zeros(40), np.arange(40)), RandomSplit(), 0.2, 0)
    assert len(plan.holdout) == 0
    assert plan.left_out[0].code == "left_out.holdout_too_small"


@pytest.mark.parametrize("seed", [0, 7])
def test_the_same_seed_gives_the_same_split(seed: int) -> None:
    rows = SplitInput(np.arange(300.0), np.arange(300))
    first, second = (plan_split(rows, RandomSplit(), 0.2, seed) for _ in range(2))
    assert first.holdout.tolist() == second.holdout.tolist()
    assert [fold.check.tolist() for fold in first.folds] == [fold.check.tolist() for fold in second.folds]
