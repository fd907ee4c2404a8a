"""A goal for images: what suggests itself from the labels there are, and what stands in its way. Pure.

The three questions a person answers are kinds of answer: name the class (MULTICLASS), good or not with examples of both
(BINARY), only good parts exist (ANOMALY).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from automl.domain.goal_checks import blocks, option_issues
from automl.domain.images import CLASS_COLUMN
from automl.domain.issues import Issue, Severity
from automl.domain.labels import Label
from automl.domain.spelling import nearest
from automl.domain.task import ANOMALY_FAMILIES, IMAGE_FAMILIES, Family, Goal, ImageGoal, TaskKind

IMAGE_TASKS = (TaskKind.MULTICLASS, TaskKind.BINARY, TaskKind.ANOMALY)
ENOUGH_OF_A_CLASS = 20
FEWEST_OF_A_CLASS = 2
FEWEST_LABELLED = 20
FEWEST_GOOD = 10
ENOUGH_GOOD = 50
MOST_CLASSES = 100
FEWEST_FOR_HOLDOUT = 300

_GOOD_WORDS = frozenset({"good", "ok", "okay", "normal", "pass", "passed", "free", "clean", "fine", "intact", "golden"})
_FLAW_WORDS = frozenset({"defect", "defects", "defective", "flaw", "flaws", "flawed", "anomaly", "error", "fault"})
_NEGATIONS = frozenset({"no", "not", "non", "without"})
_GOOD_PARTS = ("양품", "정상", "합격", "적합", "무결함")
_BAD_PARTS = ("비정상", "불합격", "부적합", "불량")


def class_counts(labels: Iterable[Label]) -> dict[str, int]:
    """Return how many images show each class, most first; hidden and unlabelled ones are left out."""
    # A list is counted much faster than a generator, and there are tens of thousands.
    counts = Counter([label.class_name for label in labels if label.class_name and not label.hidden])
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def usual_good(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that usually mean a good part, in English or Korean: "ok", "MT_Free", "정상", "no defect"."""
    return tuple(name for name in names if _means_good(name))


def propose_image_goal(counts: Mapping[str, int]) -> Goal:
    """Return the goal that the labels suggest: one class means only good parts exist, a good one and another good or not."""
    good = usual_good(counts)
    task = TaskKind.MULTICLASS
    if len(counts) == 1:
        task = TaskKind.ANOMALY
    elif len(counts) == 2 and len(good) == 1:
        task = TaskKind.BINARY
    holdout = 0.2 if sum(counts.values()) >= FEWEST_FOR_HOLDOUT else None
    goal = Goal(target=CLASS_COLUMN, holdout=holdout, image=ImageGoal(good=good))
    return with_image_task(goal, task, counts)


def with_image_task(goal: Goal, task: TaskKind, counts: Mapping[str, int]) -> Goal:
    """Return the goal with another kind of answer and the families and good classes that go with it."""
    image = goal.image or ImageGoal()
    good = tuple(name for name in image.good if name in counts) or usual_good(counts)
    if not good and task is TaskKind.ANOMALY:
        good = tuple(counts)[:1]
    return msgspec.structs.replace(
        goal,
        target=CLASS_COLUMN,
        task=task,
        split=None,
        metric=None,
        cost=goal.cost if task is TaskKind.BINARY else None,
        positive="",
        families=families_for(task),
        image=msgspec.structs.replace(image, good=good),
    )


def families_for(task: TaskKind) -> tuple[Family, ...]:
    """Return the families that can give this kind of answer about images."""
    return ANOMALY_FAMILIES if task is TaskKind.ANOMALY else IMAGE_FAMILIES


def check_image_goal(counts: Mapping[str, int], goal: Goal) -> tuple[Issue, ...]:
    """Return everything that forbids or endangers this goal, blocking issues first. `counts` are labelled images a class."""
    task = goal.task or propose_image_goal(counts).task or TaskKind.MULTICLASS
    if task not in IMAGE_TASKS:
        return (Issue("goal.images.task_does_not_fit", parameters={"task": task.value}),)
    image = goal.image or ImageGoal()
    found = (
        *_good_issues(counts, image, task),
        *(_anomaly_issues(counts, image) if task is TaskKind.ANOMALY else _class_issues(counts, task)),
        *_number_issues(image),
        *option_issues(goal, task),
    )
    if goal.families and not set(goal.families) & set(families_for(task)):
        found = (*found, Issue("goal.no_families"))
    return tuple(sorted(found, key=lambda issue: not blocks(issue)))


def _good_issues(counts: Mapping[str, int], image: ImageGoal, task: TaskKind) -> Iterator[Issue]:
    known = tuple(counts)
    for name in image.good:
        if name not in counts:
            yield Issue("goal.images.unknown_good", parameters={"value": name, "nearest": nearest(name, known)})
    if counts and not image.good and task is not TaskKind.MULTICLASS:
        yield Issue("goal.images.no_good_named")
    if len(counts) > 1 and image.good and set(known) <= set(image.good) and task is not TaskKind.ANOMALY:
        yield Issue("goal.images.all_good")


def _class_issues(counts: Mapping[str, int], task: TaskKind) -> Iterator[Issue]:
    labelled = sum(counts.values())
    if not labelled:
        yield Issue("goal.images.no_labels")
        return
    if len(counts) == 1:
        yield Issue("goal.images.one_class", parameters={"value": next(iter(counts))})
        return
    if labelled < FEWEST_LABELLED:
        yield Issue("goal.images.too_few_labels", parameters={"count": labelled, "needed": FEWEST_LABELLED})
    if len(counts) > MOST_CLASSES:
        yield Issue("goal.images.too_many_classes", parameters={"count": len(counts), "most": MOST_CLASSES})
    rarest, fewest = min(counts.items(), key=lambda item: item[1])
    small = sum(count < ENOUGH_OF_A_CLASS for count in counts.values())
    if task is TaskKind.MULTICLASS and fewest < FEWEST_OF_A_CLASS:
        yield Issue(
            "goal.images.class_too_rare", parameters={"value": rarest, "count": fewest, "needed": FEWEST_OF_A_CLASS}
        )
    elif small:
        yield Issue(
            "goal.images.class_small" if small == 1 else "goal.images.classes_small",
            Severity.LOOK,
            {"value": rarest, "count": fewest, "classes": small, "enough": ENOUGH_OF_A_CLASS},
        )


def _anomaly_issues(counts: Mapping[str, int], image: ImageGoal) -> Iterator[Issue]:
    if not counts:
        yield Issue("goal.images.all_count_as_good", Severity.LOOK)
        return
    good = sum(counts.get(name, 0) for name in image.good)
    flawed = sum(counts.values()) - good
    if image.good and good < FEWEST_GOOD:
        yield Issue("goal.images.too_few_good", parameters={"count": good, "needed": FEWEST_GOOD})
    elif image.good and good < ENOUGH_GOOD:
        yield Issue("goal.images.few_good", Severity.LOOK, {"count": good, "enough": ENOUGH_GOOD})
    if not flawed:
        yield Issue("goal.images.no_flaws_to_judge", Severity.INFO)


def _number_issues(image: ImageGoal) -> Iterator[Issue]:
    for share in (image.most_missed, image.most_stopped):
        if not 0 <= share < 1:
            yield Issue("goal.images.share_out_of_range", parameters={"share": share})
    if image.augmentation is not None and not 0 <= image.augmentation <= 1:
        yield Issue("goal.images.augmentation_out_of_range", parameters={"strength": image.augmentation})


def _means_good(name: str) -> bool:
    plain = unicodedata.normalize("NFC", name).casefold()
    if any(part in plain for part in _BAD_PARTS):
        return False
    if any(part in plain for part in _GOOD_PARTS):
        return True
    words = frozenset(re.split(r"[\W_\d]+", plain))
    if words & _NEGATIONS:
        return bool(words & _FLAW_WORDS) and not words & _GOOD_WORDS
    return bool(words & _GOOD_WORDS) and ("free" in words or not words & _FLAW_WORDS)
