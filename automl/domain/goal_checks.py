"""What stands in the way of a goal, before any time is spent on it."""

import math
from collections.abc import Iterator

from automl.domain.dataset import ColumnProfile, DatasetProfile
from automl.domain.goal_proposal import facts_of, task_of
from automl.domain.issues import Issue, Severity, Where
from automl.domain.recipe import RecipeStep
from automl.domain.schema import Column, ColumnType, Role, Schema
from automl.domain.spelling import nearest
from automl.domain.task import Goal, GroupSplit, Metric, RandomSplit, TaskKind, TimeSplit

_FEWEST_ROWS = 20
_FEWEST_OF_A_CLASS = 2
_MOST_CLASSES = 100
_FEWEST_GROUPS = 3
_HOLDOUT_RANGE = (0.05, 0.5)
_CLASS_METRICS = frozenset({Metric.LOG_LOSS, Metric.ACCURACY, Metric.BALANCED_ACCURACY, Metric.F1_MACRO})
_METRICS = {
    TaskKind.BINARY: _CLASS_METRICS | {Metric.ROC_AUC, Metric.AVERAGE_PRECISION, Metric.COST},
    TaskKind.MULTICLASS: _CLASS_METRICS | {Metric.ROC_AUC},
    TaskKind.REGRESSION: frozenset({Metric.RMSE, Metric.MAE, Metric.R2}),
    TaskKind.ANOMALY: frozenset({Metric.ROC_AUC, Metric.AVERAGE_PRECISION}),
}


def metrics_for(task: TaskKind) -> frozenset[Metric]:
    """Return the metrics that make sense for a kind of answer."""
    return _METRICS[task]


def blocks(issue: Issue) -> bool:
    """Whether a job cannot begin because of this issue; findings about the data warn, they do not forbid."""
    return issue.severity is Severity.ACT and issue.code.startswith(("goal.", "job."))


def check_goal(schema: Schema, steps: tuple[RecipeStep, ...], profile: DatasetProfile, goal: Goal) -> tuple[Issue, ...]:
    """Return everything that forbids or endangers this goal, blocking issues first. `schema` is after `steps`."""
    if not goal.target:
        return (Issue("goal.no_target"),)
    if goal.target not in schema.names():
        return (
            Issue(
                "goal.unknown_target",
                parameters={"column": goal.target, "nearest": nearest(goal.target, schema.names())},
            ),
        )
    column, facts = schema.column(goal.target), facts_of(profile, goal.target)
    task = goal.task or task_of(column, facts, profile.row_count)
    found = (
        *_target_issues(column, facts, task, profile.row_count),
        *option_issues(goal, task),
        *_split_issues(schema, profile, goal),
        *_input_issues(schema, goal),
        *_open_findings(schema, steps, profile, goal.target),
    )
    return tuple(sorted(found, key=lambda issue: not blocks(issue)))


def _target_issues(column: Column, facts: ColumnProfile, task: TaskKind, row_count: int) -> Iterator[Issue]:
    where = Where(column=column.name)
    known = row_count - facts.missing
    if facts.distinct <= 1:
        code = "goal.target_empty" if facts.distinct == 0 else "goal.target_constant"
        yield Issue(code, parameters={"column": column.name}, where=where)
        return
    if facts.missing:
        yield Issue("goal.target_missing_values", Severity.INFO, {"column": column.name, "count": facts.missing}, where)
    if known < _FEWEST_ROWS:
        yield Issue("goal.too_few_rows", parameters={"count": known, "needed": _FEWEST_ROWS}, where=where)
    if task is TaskKind.REGRESSION and column.type is ColumnType.TIME:
        yield Issue("goal.target_is_a_time", parameters={"column": column.name}, where=where)
    elif task is TaskKind.REGRESSION and column.type is not ColumnType.NUMBER:
        yield Issue("goal.target_not_a_number", parameters={"column": column.name}, where=where)
    if task is TaskKind.BINARY and facts.distinct != 2:
        yield Issue("goal.not_two_values", parameters={"column": column.name, "count": facts.distinct}, where=where)
    if task is TaskKind.MULTICLASS and facts.distinct > _MOST_CLASSES:
        yield Issue(
            "goal.too_many_classes",
            parameters={"column": column.name, "count": facts.distinct, "most": _MOST_CLASSES},
            where=where,
        )
    if task is TaskKind.BINARY and len(facts.top_values) == 2:
        value, count = min(facts.top_values, key=lambda one: one[1])
        if count < _FEWEST_OF_A_CLASS:
            yield Issue(
                "goal.class_too_rare",
                parameters={"value": value, "count": count, "needed": _FEWEST_OF_A_CLASS},
                where=where,
            )


def option_issues(goal: Goal, task: TaskKind) -> Iterator[Issue]:
    """Give what is wrong with the measure, the cost, the share held back, the time and the families of a goal."""
    if goal.metric is not None and goal.metric not in _METRICS[task]:
        yield Issue("goal.metric_does_not_fit", parameters={"metric": goal.metric.value, "task": task.value})
    if goal.metric is Metric.COST and goal.cost is None:
        yield Issue("goal.cost_unknown")
    if goal.cost is not None and task is not TaskKind.BINARY:
        yield Issue("goal.cost_needs_two_values", parameters={"task": task.value})
    if goal.cost is not None and not all(0 < one < math.inf for one in (goal.cost.miss, goal.cost.false_alarm)):
        yield Issue("goal.cost_not_positive")
    lowest, highest = _HOLDOUT_RANGE
    if goal.holdout is not None and not lowest <= goal.holdout <= highest:
        yield Issue("goal.holdout_out_of_range", parameters={"lowest": lowest, "highest": highest})
    if not 0 < goal.budget_seconds < math.inf:
        yield Issue("goal.no_time")
    if not goal.families:
        yield Issue("goal.no_families")


def _split_issues(schema: Schema, profile: DatasetProfile, goal: Goal) -> Iterator[Issue]:
    if goal.split is None or isinstance(goal.split, RandomSplit):
        return
    name = goal.split.column
    if name not in schema.names():
        yield Issue("goal.unknown_split_column", parameters={"column": name, "nearest": nearest(name, schema.names())})
        return
    where = Where(column=name)
    if name == goal.target:
        yield Issue("goal.split_by_target", parameters={"column": name}, where=where)
    orders = schema.column(name).type in (ColumnType.TIME, ColumnType.NUMBER)
    if isinstance(goal.split, TimeSplit) and not orders:
        yield Issue("goal.split_not_a_time", parameters={"column": name}, where=where)
    if isinstance(goal.split, TimeSplit) and facts_of(profile, name).distinct == 1:
        yield Issue("goal.split_never_changes", parameters={"column": name}, where=where)
    groups = facts_of(profile, name).distinct
    if isinstance(goal.split, GroupSplit) and groups < _FEWEST_GROUPS:
        yield Issue(
            "goal.too_few_groups", parameters={"column": name, "count": groups, "needed": _FEWEST_GROUPS}, where=where
        )


def _input_issues(schema: Schema, goal: Goal) -> Iterator[Issue]:
    apart = (
        {goal.target} if goal.split is None or isinstance(goal.split, RandomSplit) else {goal.target, goal.split.column}
    )
    if all(column.name in apart for column in schema.inputs()):
        yield Issue("goal.no_inputs")


def _open_findings(
    schema: Schema, steps: tuple[RecipeStep, ...], profile: DatasetProfile, target: str
) -> Iterator[Issue]:
    inputs = {column.name for column in schema.of_role(Role.INPUT)} - {target}
    for finding in profile.findings:
        answered = finding.fix is not None and finding.fix in steps
        about_input = not finding.where.column or finding.where.column in inputs
        if finding.severity is Severity.ACT and not answered and about_input:
            yield finding
