"""The goal for images as a command says it."""

from argparse import Namespace

import msgspec

from automl import api
from automl.cli.console import Console
from automl.cli.parser import UsageError
from automl.domain.image_goal import propose_image_goal, with_image_task
from automl.domain.images import CLASS_COLUMN
from automl.domain.task import Device, Goal, ImageGoal, MistakeCost, TaskKind

_FOR_TABLES = ("split", "ignore", "role")


def image_goal(project: api.Project, arguments: Namespace) -> Goal:
    """Return the goal that the labels suggest, with what was said about it."""
    counts = api.class_counts(project)
    goal = propose_image_goal(counts)
    if arguments.good:
        goal = msgspec.structs.replace(goal, image=_with_good(goal.image, tuple(arguments.good)))
    if arguments.task in list(TaskKind):
        goal = with_image_task(goal, TaskKind(arguments.task), counts)
    image = msgspec.structs.replace(goal.image or ImageGoal(), any_orientation=arguments.any_orientation)
    if arguments.good:
        image = _with_good(image, tuple(arguments.good))
    cost = None
    if arguments.cost_miss is not None:
        cost = MistakeCost(miss=arguments.cost_miss, false_alarm=arguments.cost_false_alarm)
    return msgspec.structs.replace(
        goal,
        image=image,
        metric=arguments.metric,
        cost=cost,
        budget_seconds=arguments.budget,
        holdout=arguments.holdout,
        seed=arguments.seed,
        device=Device(arguments.device),
    )


def require_words_for_images(arguments: Namespace, console: Console) -> None:
    """Refuse words that mean nothing for images."""
    said = [f"--{name}" for name in _FOR_TABLES if getattr(arguments, name)]
    if arguments.target not in ("", CLASS_COLUMN):
        said.append("--target")
    if said:
        raise UsageError(console.words.text("cli.usage.only_for_tables", names=", ".join(said)))


def _with_good(image: ImageGoal | None, good: tuple[str, ...]) -> ImageGoal:
    return msgspec.structs.replace(image or ImageGoal(), good=good)
