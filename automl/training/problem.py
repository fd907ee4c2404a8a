"""From a stored dataset and a goal to a learning task: which rows, which answers, how they are divided."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from automl.data.recipe_rows import copied_groups
from automl.data.table import Table
from automl.domain.issues import Issue, Refusal, Where
from automl.domain.result import LeftOut
from automl.domain.schema import Column, ColumnType, Role, Schema
from automl.domain.task import Goal, GroupSplit, RandomSplit, Split, TaskKind, TimeSplit, usual_metric
from automl.evaluation.metrics import Scoring
from automl.evaluation.splits import SplitInput, plan_split
from automl.models.base import Index, Target
from automl.search.learning_task import TableTask

FEWEST_ROWS = 10
MOST_CLASSES_OF_NUMBERS = 10
MOST_CLASSES = 200
# Single precision holds numbers up to 3e38 and seven figures of each.
LARGEST_ANSWER, LEAST_SPREAD = 1e30, 1e-6


@dataclass(frozen=True)
class Problem:
    """A learning task with what had to be left out to state it."""

    task: TableTask
    left_out: tuple[LeftOut, ...]


def used_schema(schema: Schema, goal: Goal) -> Schema:
    """The schema with the target and the columns that order or group rows in their roles."""
    schema = schema.with_role(goal.target, Role.TARGET)
    match goal.split:
        case TimeSplit(column=column):
            return schema.with_role(column, Role.TIME)
        case GroupSplit(column=column):
            return schema.with_role(column, Role.GROUP)
        case _:
            return schema


def target_as_text(schema: Schema, goal: Goal) -> Schema:
    """The schema that reads the target as text, for classes."""
    column = schema.column(goal.target)
    kind = column.type if column.type is ColumnType.YES_NO else ColumnType.TEXT
    return schema.with_column(type(column)(column.name, kind, Role.TARGET, missing_values=column.missing_values))


def find_task(values: Table, schema: Schema, goal: Goal) -> TaskKind:
    """The kind of answer: as asked, or judged by the target's values."""
    if goal.task is not None:
        return goal.task
    if schema.column(goal.target).type in (ColumnType.NUMBER, ColumnType.TIME):
        known = values.numbers[goal.target]
        distinct = np.unique(known[~np.isnan(known)])
        whole = bool(np.all(distinct == np.round(distinct)))
        if len(distinct) > 2 and not (whole and len(distinct) <= MOST_CLASSES_OF_NUMBERS):
            return TaskKind.REGRESSION
        return TaskKind.BINARY if len(distinct) == 2 else TaskKind.MULTICLASS
    known_texts = set(values.texts[goal.target].tolist()) - {""}
    return TaskKind.BINARY if len(known_texts) == 2 else TaskKind.MULTICLASS


def state_problem(table: Table, target: Table, schema: Schema, goal: Goal, task: TaskKind) -> Problem:
    """Drop rows that cannot be learned from, code the answers and divide the rows.

    `table` holds every used column, `target` the target alone: as text for classes, as number otherwise. Raises Refusal when
    there is nothing to learn. The group column is no input: its values will be others when the model is used.
    """
    left_out: list[LeftOut] = []
    known = _known_answers(target, goal.target, task)
    if not known.all():
        left_out.append(LeftOut("left_out.rows_without_target", {"rows": int((~known).sum())}))
    rows = np.flatnonzero(known).astype(np.int64)
    inputs, not_inputs = _inputs(schema, goal)
    left_out.extend(not_inputs)
    table, target = table.take(rows), target.take(rows)
    answers, classes = _answers(target, goal, task)
    equal = copied_groups(_with_answers(table.select(inputs), answers))
    if len(table) < FEWEST_ROWS:
        raise Refusal(Issue("training.too_few_rows", parameters={"rows": len(table), "least": FEWEST_ROWS}))
    split = goal.split or RandomSplit()
    plan = plan_split(_split_input(table, schema, split, answers, equal), split, goal.holdout, goal.seed)
    metric = goal.metric or usual_metric(task, goal.cost)
    learning_task = TableTask(
        table=table,
        schema=schema,
        inputs=inputs,
        target=answers,
        task=task,
        classes=classes,
        split=split,
        plan=plan,
        scoring=Scoring(metric, cost=goal.cost),
        seed=goal.seed,
        equal_rows=equal,
    )
    return Problem(learning_task, (*left_out, *plan.left_out))


def _with_answers(inputs: Table, answers: Target) -> Table:
    """The inputs with one more column, so that rows count as equal only with equal answers."""
    return replace(inputs, numbers={**inputs.numbers, "": answers.astype(np.float64)})


def _column(table: Table, name: str) -> NDArray[np.float64] | NDArray[np.object_]:
    return table.numbers[name] if name in table.numbers else table.texts[name]


def _known_answers(target: Table, name: str, task: TaskKind) -> NDArray[np.bool_]:
    if task is TaskKind.REGRESSION:
        return np.isfinite(target.numbers[name])
    return np.asarray(target.texts[name] != "", dtype=bool)


def _inputs(schema: Schema, goal: Goal) -> tuple[tuple[str, ...], list[LeftOut]]:
    """Input columns: those of that role, and the time column for its calendar. A running number is none: it only grows."""
    names = tuple(column.name for column in schema.columns if column.role is Role.INPUT or _has_calendar(column))
    left_out = [
        LeftOut("left_out.order_column", {"column": column.name})
        for column in schema.of_role(Role.TIME)
        if not _has_calendar(column)
    ]
    if isinstance(goal.split, GroupSplit):
        left_out.append(LeftOut("left_out.group_column", {"column": goal.split.column}))
    if not names:
        raise Refusal(Issue("training.no_usable_column", where=Where(column=goal.target)))
    return names, left_out


def _has_calendar(column: Column) -> bool:
    return column.role is Role.TIME and column.type is ColumnType.TIME


def _answers(target: Table, goal: Goal, task: TaskKind) -> tuple[Target, tuple[str, ...]]:
    if task is TaskKind.REGRESSION:
        numbers = target.numbers[goal.target]
        if len(numbers) and float(numbers.min()) == float(numbers.max()):
            raise Refusal(Issue("training.one_answer_only", where=Where(column=goal.target)))
        _require_precision(numbers, goal.target)
        return numbers, ()
    texts = target.texts[goal.target].astype(str)
    found, counts = np.unique(texts, return_counts=True)
    where = Where(column=goal.target)
    if len(found) < 2:
        raise Refusal(Issue("training.one_answer_only", where=where))
    if len(found) > MOST_CLASSES:
        raise Refusal(Issue("training.too_many_classes", parameters={"classes": len(found)}, where=where))
    classes = [str(name) for name in found]
    if task is TaskKind.BINARY:
        if len(found) != 2:
            raise Refusal(Issue("training.not_two_answers", parameters={"classes": len(found)}, where=where))
        yes = goal.positive if goal.positive in classes else _usual_positive(classes, counts)
        classes = sorted(classes, key=lambda name: name == yes)
    codes = {name: code for code, name in enumerate(classes)}
    return np.array([codes[text] for text in texts.tolist()], dtype=np.int64), tuple(classes)


def _require_precision(numbers: NDArray[np.float64], target: str) -> None:
    """Answers leave a model in single precision: it must be able to hold them, and to tell them apart."""
    where, largest = Where(column=target), float(np.abs(numbers).max(initial=0.0))
    if largest > LARGEST_ANSWER:
        raise Refusal(Issue("training.answers_too_large", parameters={"largest": f"{largest:.0e}"}, where=where))
    spread = float(numbers.std())
    if spread < LEAST_SPREAD * largest:
        raise Refusal(Issue("training.answers_too_close", parameters={"spread": spread}, where=where))


def _usual_positive(classes: list[str], counts: NDArray[np.int64]) -> str:
    """The rarer class; the later one in order when both are as frequent."""
    return classes[0] if counts[0] < counts[1] else classes[1]


def _split_input(table: Table, schema: Schema, split: Split, answers: Target, equal: Index) -> SplitInput:
    rows = SplitInput(answers, equal)
    match split:
        case TimeSplit(column=column):
            return replace(rows, times=table.numbers[column], has_clock=schema.column(column).type is ColumnType.TIME)
        case GroupSplit(column=column):
            return replace(rows, groups=_column(table, column).astype(str).astype(object))
        case RandomSplit():
            return rows
