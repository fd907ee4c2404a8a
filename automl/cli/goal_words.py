"""A goal in one sentence."""

from automl.cli.console import Console
from automl.domain.dataset import Dataset
from automl.domain.task import Goal, GroupSplit, TaskKind, TimeSplit


def say_goal(console: Console, goal: Goal, dataset: Dataset) -> None:
    """Say what will be predicted from what, how it is checked and how long it takes."""
    words = console.words
    inputs = sum(column.name != goal.target for column in dataset.schema().inputs())
    what = words.text(f"cli.goal.{goal.task or TaskKind.REGRESSION}", target=goal.target, positive=goal.positive)
    from_what = words.text("cli.goal.inputs", count=inputs, rows=dataset.version.row_count)
    console.line(" ".join((what, from_what, _split_words(console, goal), _time_words(console, goal))))


def _split_words(console: Console, goal: Goal) -> str:
    match goal.split:
        case TimeSplit(column=column):
            return console.words.text("cli.goal.time", column=column)
        case GroupSplit(column=column):
            return console.words.text("cli.goal.group", column=column)
        case _:
            return console.words.text("cli.goal.random")


def _time_words(console: Console, goal: Goal) -> str:
    if goal.holdout is None:
        return console.words.text("cli.goal.budget_all_rows", seconds=goal.budget_seconds)
    return console.words.text("cli.goal.budget", seconds=goal.budget_seconds, share=goal.holdout)
