"""The sentences of the Goal page, as translation keys with parameters. Pure; nothing is said that the data do not show."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from automl.domain.dataset import ColumnProfile
from automl.domain.task import Goal, GroupSplit, RandomSplit, TaskKind, TimeSplit

ENOUGH = 50
FEW = 10


@dataclass(frozen=True)
class Sentence:
    """A translation key and what fills it."""

    key: str
    parameters: Mapping[str, object] = field(default_factory=dict)


def kind_title(goal: Goal, facts: ColumnProfile) -> Sentence:
    """Return what kind of answer will be predicted."""
    task = goal.task or TaskKind.REGRESSION
    return Sentence(f"goal.kind.{task.value}", {"column": goal.target, "classes": facts.distinct})


def kind_detail(goal: Goal, facts: ColumnProfile, row_count: int) -> Sentence:
    """Return how the target is spread and whether that is enough to learn from."""
    if goal.task is TaskKind.REGRESSION:
        if facts.minimum is None or facts.maximum is None or facts.median is None:
            return Sentence("goal.kind.nothing_known")
        spread = {"lowest": facts.minimum, "highest": facts.maximum, "usual": facts.median}
        return Sentence("goal.kind.regression.detail", spread)
    if not facts.top_values:
        return Sentence("goal.kind.nothing_known")
    if goal.task is TaskKind.BINARY:
        value, count = _counted(goal.positive, facts)
        key = "goal.kind.binary.detail"
    else:
        value, count = min(facts.top_values, key=lambda one: one[1])
        key = "goal.kind.multiclass.detail"
    return Sentence(
        f"{key}.{_amount(count)}",
        {"value": value, "count": count, "rows": row_count, "share": count / max(row_count, 1)},
    )


def cost_note(goal: Goal) -> Sentence:
    """Return what the costs mean for the alarm line."""
    if goal.cost is None:
        return Sentence("goal.cost.unknown_note")
    miss, false_alarm = goal.cost.miss, goal.cost.false_alarm
    line = goal.cost.alarm_line()
    if miss >= false_alarm:
        return Sentence("goal.cost.miss_dearer", {"times": _rounded(miss / false_alarm), "line": line})
    return Sentence("goal.cost.alarm_dearer", {"times": _rounded(false_alarm / miss), "line": line})


def summary(goal: Goal, inputs: int) -> tuple[Sentence, ...]:
    """Return the goal in plain sentences: what, from what, how it is checked, what counts, how long."""
    what = {"column": goal.target, "inputs": inputs, "positive": goal.positive}
    task = goal.task or TaskKind.REGRESSION
    return (
        Sentence(f"goal.sentence.predict.{task.value}", what),
        _split_sentence(goal),
        Sentence("goal.sentence.aim.cost" if goal.cost else f"goal.sentence.aim.{task.value}"),
        Sentence("goal.sentence.time", {"time": goal.budget_seconds}),
    )


def _split_sentence(goal: Goal) -> Sentence:
    kept = "" if goal.holdout is not None else ".no_holdout"
    share = {"check": goal.holdout or 0.0, "learn": 1 - (goal.holdout or 0.0)}
    match goal.split:
        case TimeSplit(column=column):
            return Sentence(f"goal.sentence.split.time{kept}", {"column": column, **share})
        case GroupSplit(column=column):
            return Sentence(f"goal.sentence.split.group{kept}", {"column": column, **share})
        case RandomSplit() | None:
            return Sentence(f"goal.sentence.split.random{kept}", share)


def _counted(value: str, facts: ColumnProfile) -> tuple[str, int]:
    return next((one for one in facts.top_values if one[0] == value), min(facts.top_values, key=lambda one: one[1]))


def _amount(count: int) -> str:
    if count >= ENOUGH:
        return "enough"
    return "few" if count >= FEW else "too_few"


def _rounded(times: float) -> float:
    return float(round(times)) if times >= 10 else round(times, 1)
