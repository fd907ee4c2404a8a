"""A first goal for a dataset, from what is known about it. Pure: the person has the last word."""

import msgspec

from automl.domain.dataset import ColumnProfile, Dataset, DatasetProfile
from automl.domain.schema import Column, ColumnType, Role, Schema
from automl.domain.task import Goal, GroupSplit, RandomSplit, Split, TaskKind, TimeSplit

MOST_CLASSES = 30
_MOST_NUMBERED_CLASSES = 10
_ROWS_PER_NUMBERED_CLASS = 10


def propose_goal(dataset: Dataset, profile: DatasetProfile) -> Goal:
    """Return a goal with the target, task and split Lathe would choose; the target is empty when none suggests itself."""
    schema = dataset.schema()
    chosen = schema.of_role(Role.TARGET)
    target = chosen[0].name if chosen else profile.suggested_target
    if target not in schema.names():
        return Goal(target="")
    return with_target(Goal(target=target), schema, profile)


def with_target(goal: Goal, schema: Schema, profile: DatasetProfile) -> Goal:
    """Return the goal with task, class that counts as yes, and split found out where they are not set."""
    column = schema.column(goal.target)
    facts = facts_of(profile, goal.target)
    task = goal.task or task_of(column, facts, profile.row_count)
    positive = goal.positive or (rarer_class(facts) if task is TaskKind.BINARY else "")
    split = goal.split or propose_split(schema, profile, goal.target)
    return msgspec.structs.replace(goal, task=task, positive=positive, split=split)


def facts_of(profile: DatasetProfile, name: str) -> ColumnProfile:
    """Return the profile of a column; an empty one when it was not profiled."""
    unknown = ColumnProfile(name=name, type=ColumnType.TEXT, missing=0, distinct=0)
    return next((column for column in profile.columns if column.name == name), unknown)


def task_of(column: Column, facts: ColumnProfile, row_count: int) -> TaskKind:
    """Return the kind of answer: two values are yes or no; texts and a few whole numbers are classes; else a number."""
    if column.type is ColumnType.YES_NO or facts.distinct == 2:
        return TaskKind.BINARY
    if column.type is ColumnType.TEXT:
        return TaskKind.MULTICLASS
    numbered_classes = (
        0 < facts.distinct <= _MOST_NUMBERED_CLASSES
        and row_count >= _ROWS_PER_NUMBERED_CLASS * facts.distinct
        and _is_whole(facts.minimum)
        and _is_whole(facts.maximum)
        and _is_whole(facts.median)
    )
    return TaskKind.MULTICLASS if numbered_classes else TaskKind.REGRESSION


def rarer_class(facts: ColumnProfile) -> str:
    """Return the rarer of two values, empty when they are not known."""
    return min(facts.top_values, key=lambda value: value[1])[0] if len(facts.top_values) == 2 else ""


def propose_split(schema: Schema, profile: DatasetProfile, target: str) -> Split:
    """Return how rows should be divided: by the group or time column a person named, else as the rows suggest."""
    groups, times = schema.of_role(Role.GROUP), schema.of_role(Role.TIME)
    if groups:
        return GroupSplit(groups[0].name)
    if times and times[0].name == profile.suggested_time and times[0].name != target:
        return TimeSplit(times[0].name)
    return RandomSplit()


def _is_whole(value: float | None) -> bool:
    return value is not None and float(value).is_integer()
