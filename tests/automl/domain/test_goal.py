"""A proposed goal fits the data, and what stands in the way of a goal is said before time is spent."""

import math

import msgspec
import pytest

from automl.domain.dataset import ColumnProfile, Dataset, DatasetProfile
from automl.domain.goal_checks import blocks, check_goal
from automl.domain.goal_proposal import propose_goal, task_of
from automl.domain.issues import Issue, Severity, Where
from automl.domain.recipe import SetRole
from automl.domain.schema import Column, ColumnType, Role
from automl.domain.task import Goal, GroupSplit, Metric, MistakeCost, RandomSplit, TaskKind, TimeSplit
from tests.automl.storage.records import SCHEMA, dataset_profile, dataset_version


def codes(goal: Goal, profile: DatasetProfile | None = None) -> list[str]:
    return [issue.code for issue in check_goal(SCHEMA, (), profile or dataset_profile(), goal)]


def with_facts(facts: ColumnProfile, rows: int = 100) -> DatasetProfile:
    profile = dataset_profile()
    columns = tuple(facts if column.name == facts.name else column for column in profile.columns)
    return msgspec.structs.replace(profile, columns=columns, row_count=rows)


def number(
    distinct: int, minimum: float | None = None, maximum: float | None = None, median: float | None = None
) -> ColumnProfile:
    return ColumnProfile("y", ColumnType.NUMBER, 0, distinct, minimum=minimum, maximum=maximum, median=median)


@pytest.mark.parametrize(
    ("column_type", "facts", "rows", "task"),
    [
        (ColumnType.YES_NO, number(2), 100, TaskKind.BINARY),
        (ColumnType.NUMBER, number(2), 100, TaskKind.BINARY),
        (ColumnType.TEXT, number(7), 100, TaskKind.MULTICLASS),
        (ColumnType.NUMBER, number(500, minimum=0.5, maximum=9.0, median=3.0), 1000, TaskKind.REGRESSION),
        (ColumnType.NUMBER, number(6, minimum=3, maximum=8, median=6), 1000, TaskKind.MULTICLASS),
        (ColumnType.NUMBER, number(6, minimum=3, maximum=8, median=6), 20, TaskKind.REGRESSION),
        (ColumnType.NUMBER, number(6, minimum=0.1, maximum=0.6, median=0.3), 1000, TaskKind.REGRESSION),
    ],
)
def test_the_kind_of_answer_follows_from_the_values(
    column_type: ColumnType, facts: ColumnProfile, rows: int, task: TaskKind
) -> None:
    assert task_of(Column("y", column_type), facts, rows) is task


def test_a_goal_is_proposed_with_target_task_rarer_class_and_split() -> None:
    goal = propose_goal(Dataset(dataset_version(), ()), dataset_profile())
    assert goal == Goal(target="결과", task=TaskKind.BINARY, positive="NG", split=RandomSplit())


def test_a_group_column_a_person_named_divides_the_rows() -> None:
    dataset = Dataset(dataset_version(), (SetRole("라인", Role.GROUP), SetRole("온도", Role.TARGET)))
    goal = propose_goal(dataset, dataset_profile())
    assert (goal.target, goal.task, goal.split) == ("온도", TaskKind.REGRESSION, GroupSplit("라인"))


@pytest.mark.parametrize("ordered", [True, False])
def test_a_time_column_divides_the_rows_only_when_they_lie_in_its_order(ordered: bool) -> None:
    profile = msgspec.structs.replace(dataset_profile(), suggested_time="온도" if ordered else "")
    goal = propose_goal(Dataset(dataset_version(), (SetRole("온도", Role.TIME),)), profile)
    assert goal.split == (TimeSplit("온도") if ordered else RandomSplit())


def test_a_table_without_a_likely_target_gives_an_empty_goal() -> None:
    profile = msgspec.structs.replace(dataset_profile(), suggested_target="")
    assert propose_goal(Dataset(dataset_version(), ()), profile).target == ""


def test_a_sound_goal_has_no_issues() -> None:
    goal = Goal(target="결과", cost=MistakeCost(100, 1), metric=Metric.COST, split=GroupSplit("라인"))
    assert codes(goal) == []


@pytest.mark.parametrize(
    ("goal", "code"),
    [
        (Goal(target=""), "goal.no_target"),
        (Goal(target="걸과"), "goal.unknown_target"),
        (Goal(target="결과", metric=Metric.RMSE), "goal.metric_does_not_fit"),
        (Goal(target="결과", metric=Metric.COST), "goal.cost_unknown"),
        (Goal(target="온도", cost=MistakeCost(1, 1)), "goal.cost_needs_two_values"),
        (Goal(target="결과", cost=MistakeCost(0, 1)), "goal.cost_not_positive"),
        (Goal(target="결과", cost=MistakeCost(math.nan, 1)), "goal.cost_not_positive"),
        (Goal(target="결과", cost=MistakeCost(1, math.inf)), "goal.cost_not_positive"),
        (Goal(target="결과", budget_seconds=math.nan), "goal.no_time"),
        (Goal(target="결과", holdout=math.nan), "goal.holdout_out_of_range"),
        (Goal(target="결과", holdout=0.9), "goal.holdout_out_of_range"),
        (Goal(target="결과", budget_seconds=0), "goal.no_time"),
        (Goal(target="결과", families=()), "goal.no_families"),
        (Goal(target="결과", split=TimeSplit("시간")), "goal.unknown_split_column"),
        (Goal(target="결과", split=TimeSplit("라인")), "goal.split_not_a_time"),
        (Goal(target="결과", split=GroupSplit("결과")), "goal.split_by_target"),
        (Goal(target="라인", task=TaskKind.REGRESSION), "goal.target_not_a_number"),
        (Goal(target="라인", task=TaskKind.BINARY), "goal.not_two_values"),
        (Goal(target="온도", task=TaskKind.MULTICLASS), ""),
    ],
)
def test_what_stands_in_the_way_is_named(goal: Goal, code: str) -> None:
    assert code in codes(goal) or not code


@pytest.mark.parametrize(
    ("facts", "rows", "code"),
    [
        (ColumnProfile("결과", ColumnType.YES_NO, 0, 1), 100, "goal.target_constant"),
        (ColumnProfile("결과", ColumnType.YES_NO, 100, 0), 100, "goal.target_empty"),
        (ColumnProfile("결과", ColumnType.YES_NO, 90, 2), 100, "goal.too_few_rows"),
        (ColumnProfile("결과", ColumnType.YES_NO, 5, 2), 100, "goal.target_missing_values"),
        (
            ColumnProfile("결과", ColumnType.YES_NO, 0, 2, top_values=(("OK", 99), ("NG", 1))),
            100,
            "goal.class_too_rare",
        ),
    ],
)
def test_a_target_that_cannot_be_learned_is_named(facts: ColumnProfile, rows: int, code: str) -> None:
    assert code in codes(Goal(target="결과"), with_facts(facts, rows))


def test_a_time_that_never_changes_divides_nothing() -> None:
    profile = with_facts(ColumnProfile("온도", ColumnType.NUMBER, 0, 1))
    assert "goal.split_never_changes" in codes(Goal(target="결과", split=TimeSplit("온도")), profile)


def test_a_time_is_no_answer() -> None:
    schema = SCHEMA.with_column(msgspec.structs.replace(SCHEMA.column("온도"), type=ColumnType.TIME))
    found = check_goal(schema, (), dataset_profile(), Goal(target="온도", task=TaskKind.REGRESSION))
    assert "goal.target_is_a_time" in [issue.code for issue in found if blocks(issue)]


def test_the_nearest_column_is_suggested() -> None:
    (issue,) = check_goal(SCHEMA, (), dataset_profile(), Goal(target="LOT-NO"))
    assert issue.parameters["nearest"] == "lot_no"


def test_open_findings_warn_but_do_not_forbid_and_answered_ones_are_silent() -> None:
    fix = SetRole("온도", Role.IGNORE)
    leak = Issue("data.leak_suspect", Severity.ACT, where=Where(column="온도"), fix=fix)
    profile = msgspec.structs.replace(dataset_profile(), findings=(leak,))
    (open_issue,) = check_goal(SCHEMA, (), profile, Goal(target="결과"))
    assert open_issue == leak
    assert not blocks(open_issue)
    assert check_goal(SCHEMA, (fix,), profile, Goal(target="결과")) == ()


def test_nothing_to_learn_from_is_named() -> None:
    schema = SCHEMA
    for name in ("라인", "온도", "lot_no"):
        schema = schema.with_role(name, Role.IGNORE)
    issues = check_goal(schema, (), dataset_profile(), Goal(target="결과"))
    assert [issue.code for issue in issues] == ["goal.no_inputs"]
    assert blocks(issues[0])
