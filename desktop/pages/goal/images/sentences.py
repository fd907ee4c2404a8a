"""The sentences of the Goal page for images, as translation keys with parameters. Pure."""

from collections.abc import Mapping

from automl.domain.image_goal import ENOUGH_GOOD, ENOUGH_OF_A_CLASS, FEWEST_FOR_HOLDOUT
from automl.domain.task import Goal, ImageGoal, TaskKind
from desktop.pages.goal.sentences import Sentence

_NAMED = 3


def image_of(goal: Goal) -> ImageGoal:
    """Return what the goal says about images, the usual answers where it says nothing."""
    return goal.image or ImageGoal()


def shared_out(goal: Goal, counts: Mapping[str, int]) -> tuple[int, int]:
    """Return how many labelled images show a good part and how many do not."""
    good = sum(counts.get(name, 0) for name in image_of(goal).good)
    return good, sum(counts.values()) - good


def task_hint(task: TaskKind, goal: Goal, counts: Mapping[str, int], images: int) -> Sentence:
    """Return what the labels there are mean for one of the three questions."""
    good, others = shared_out(goal, counts)
    if not counts:
        unlabelled = "goal.images.hint.all" if task is TaskKind.ANOMALY else "goal.images.hint.no_labels"
        return Sentence(unlabelled, {"count": images})
    match task:
        case TaskKind.MULTICLASS:
            return Sentence("goal.images.hint.classes", {"classes": len(counts), "count": sum(counts.values())})
        case TaskKind.BINARY if good:
            return Sentence("goal.images.hint.both", {"good": good, "others": others})
        case TaskKind.ANOMALY if good:
            return Sentence("goal.images.hint.good", {"good": good})
        case _:
            return Sentence("goal.images.hint.no_good")


def task_note(goal: Goal, counts: Mapping[str, int]) -> Sentence:
    """Return whether there is enough to learn from."""
    if not counts:
        key = "goal.images.enough.unlabelled" if goal.task is TaskKind.ANOMALY else "goal.images.enough.nothing"
        return Sentence(key)
    good, others = shared_out(goal, counts)
    match goal.task:
        case TaskKind.ANOMALY:
            key = "goal.images.enough.good" if good >= ENOUGH_GOOD else "goal.images.enough.few_good"
            return Sentence(key, {"good": good, "enough": ENOUGH_GOOD})
        case TaskKind.BINARY:
            key = "goal.images.enough.flaws" if others >= ENOUGH_OF_A_CLASS else "goal.images.enough.few_flaws"
            return Sentence(key, {"others": others, "enough": ENOUGH_OF_A_CLASS})
        case _:
            rarest, count = min(counts.items(), key=lambda item: item[1])
            key = "goal.images.enough.classes" if count >= ENOUGH_OF_A_CLASS else "goal.images.enough.few_of_class"
            return Sentence(key, {"value": rarest, "count": count, "enough": ENOUGH_OF_A_CLASS})


def has_verdict(goal: Goal, counts: Mapping[str, int]) -> bool:
    """Whether answers come as OK, not good or a person looks: when it is known what good means."""
    return bool(image_of(goal).good) or (goal.task is TaskKind.ANOMALY and not counts)


def image_summary(goal: Goal, counts: Mapping[str, int], images: int) -> tuple[Sentence, ...]:
    """Return the goal in plain sentences: what, from what, which mistakes are bearable, how it is checked, how long."""
    parts = [_what(goal, counts, images)]
    image = image_of(goal)
    if has_verdict(goal, counts):
        shares = {"missed": image.most_missed, "stopped": image.most_stopped}
        parts.append(Sentence("goal.images.sentence.band", shares))
    if image.any_orientation:
        parts.append(Sentence("goal.images.sentence.any_orientation"))
    learned_from = sum(counts.values()) or images
    sealed = goal.holdout is not None and learned_from >= FEWEST_FOR_HOLDOUT
    kept = "goal.images.sentence.check" if sealed else "goal.images.sentence.check.no_holdout"
    parts.append(Sentence(kept, {"check": goal.holdout or 0.0}))
    parts.append(Sentence("goal.sentence.time", {"time": goal.budget_seconds}))
    return tuple(parts)


def _what(goal: Goal, counts: Mapping[str, int], images: int) -> Sentence:
    good, others = shared_out(goal, counts)
    names = image_of(goal).good
    match goal.task:
        case TaskKind.ANOMALY if not counts:
            return Sentence("goal.images.sentence.anomaly.all", {"count": images})
        case TaskKind.ANOMALY:
            return Sentence("goal.images.sentence.anomaly", {"good": good})
        case TaskKind.BINARY:
            return Sentence("goal.images.sentence.binary", {"names": listed(names), "good": good, "others": others})
        case _:
            known = {"names": listed(tuple(counts)), "more": len(counts) - _NAMED, "count": sum(counts.values())}
            key = "goal.images.sentence.multiclass"
            return Sentence(f"{key}.more" if len(counts) > _NAMED else key, known)


def listed(names: tuple[str, ...]) -> str:
    """Return the first few names, one behind the other."""
    return ", ".join(names[:_NAMED])
