"""A goal in one sentence."""

from automl.cli.console import Console
from automl.domain.dataset import Dataset
from automl.domain.schema import Role
from automl.domain.task import Goal, GroupSplit, ImageGoal, RandomSplit, TaskKind, TimeSplit

# Roles of columns a model learns from; of a time column it learns the calendar.
_SEEN = (Role.INPUT, Role.TIME)
_MOST_NAMES = 8


def say_goal(console: Console, goal: Goal, dataset: Dataset) -> None:
    """Say what will be predicted from what, how it is checked and how long it takes."""
    words = console.words
    if goal.image is not None:
        _say_image_goal(console, goal, goal.image, dataset)
        return
    inputs = sum(column.name != goal.target for column in dataset.schema().inputs())
    what = words.text(f"cli.goal.{goal.task or TaskKind.REGRESSION}", target=goal.target, positive=goal.positive)
    from_what = words.text("cli.goal.inputs", count=inputs, rows=dataset.version.row_count)
    console.line(" ".join((what, from_what, _split_words(console, goal), _time_words(console, goal))))
    _say_left_out(console, goal, dataset)


def _say_image_goal(console: Console, goal: Goal, image: ImageGoal, dataset: Dataset) -> None:
    """Say what is told apart, on how many images, and how long it takes."""
    words = console.words
    what = words.text(f"cli.goal.{goal.task or TaskKind.MULTICLASS}_images")
    if image.good:
        what = " ".join((what, words.text("cli.goal.good", classes=", ".join(image.good))))
    from_what = words.text("cli.goal.images", images=dataset.version.row_count)
    console.line(" ".join((what, from_what, words.text("cli.goal.budget_images", seconds=goal.budget_seconds))))


def _say_left_out(console: Console, goal: Goal, dataset: Dataset) -> None:
    """Name the columns no model sees: a project keeps roles that were given earlier, in the window or by a command."""
    apart = (
        {goal.target} if goal.split is None or isinstance(goal.split, RandomSplit) else {goal.target, goal.split.column}
    )
    left_out = [
        column.name for column in dataset.schema().columns if column.role not in _SEEN and column.name not in apart
    ]
    if left_out:
        key = "cli.goal.left_out_more" if len(left_out) > _MOST_NAMES else "cli.goal.left_out"
        console.say(key, columns=", ".join(left_out[:_MOST_NAMES]), more=len(left_out) - _MOST_NAMES)


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
