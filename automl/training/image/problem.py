"""From a listing, its labels and a goal to a learning task: which images, which classes, how they are divided."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from automl.domain.image_goal import FEWEST_FOR_HOLDOUT, propose_image_goal
from automl.domain.images import ImageRecord
from automl.domain.issues import Issue, Parameter, Refusal
from automl.domain.labels import Label
from automl.domain.result import LeftOut, SplitSummary
from automl.domain.task import Goal, GroupSplit, ImageGoal, TaskKind, metric_of
from automl.evaluation.metrics import Scoring
from automl.evaluation.splits import SplitInput, SplitPlan, plan_split
from automl.models.base import Index
from automl.models.image.registry import ImageFamilies, image_families
from automl.search.image.task import ImageTask
from automl.training.image.drawn_flaws import DRAWN_AT_MOST, drawn_records

FEWEST_IMAGES = 6
FEW_FOLDS_FROM, FEW_FOLDS = 5_000, 3
# What families read from their settings when the goal says so.
ANY_ORIENTATION, AUGMENTATION = "any_orientation", "augmentation"
# Classes of a question of good or not that has more than two class names.
GOOD, FLAWED = "good", "flawed"


@dataclass(frozen=True)
class ImageProblem:
    """A learning task with what had to be left out to state it."""

    task: ImageTask
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class _Coded:
    """Images that can be learned from, with the class code of each."""

    images: tuple[ImageRecord, ...]
    codes: Index
    classes: tuple[str, ...]
    good: tuple[int, ...]


def state_image_problem(
    images: Sequence[ImageRecord], labels: Mapping[str, Label], goal: Goal, families: ImageFamilies | None = None
) -> ImageProblem:
    """Choose the images, code their classes and divide them by group. Raises Refusal when there is nothing to learn.

    Where only good parts exist and no flaw is labelled, some good images are taken a second time with a drawn flaw.
    """
    left_out: list[LeftOut] = []
    shown = _different(_not_hidden(images, labels, left_out), left_out)
    names = {image.number: _class_of(image, labels) for image in shown}
    wish = goal.image or ImageGoal()
    task = goal.task or propose_image_goal(Counter(name for name in names.values() if name)).task or TaskKind.MULTICLASS
    if task is TaskKind.ANOMALY:
        coded = _good_and_flawed(shown, names, wish, left_out)
    else:
        coded = _coded(_labelled(shown, names, left_out), names, goal, wish, task)
    if len(coded.images) < FEWEST_IMAGES:
        raise Refusal(
            Issue("training.too_few_images", parameters={"images": len(coded.images), "least": FEWEST_IMAGES})
        )
    drawn: tuple[ImageRecord, ...] = ()
    if task is TaskKind.ANOMALY and not coded.codes.any():
        drawn = drawn_records(coded.images, goal.seed)
        left_out.append(LeftOut("left_out.flaws_drawn", {"images": len(drawn), "most": DRAWN_AT_MOST}))
    divided = _divided(coded, drawn, goal=goal, wish=wish, task=task, left_out=left_out)
    return ImageProblem(replace(divided, families=families or image_families()), tuple(left_out))


def _divided(
    coded: _Coded,
    drawn: tuple[ImageRecord, ...],
    *,
    goal: Goal,
    wish: ImageGoal,
    task: TaskKind,
    left_out: list[LeftOut],
) -> ImageTask:
    images = (*coded.images, *drawn)
    codes = np.concatenate([coded.codes, np.ones(len(drawn), np.int64)])
    groups = np.array([image.group for image in images], dtype=np.int64)
    plan = _plan(codes, groups, goal, drawn=bool(drawn), left_out=left_out)
    if task is TaskKind.ANOMALY:
        plan = replace(plan, summary=_learning_from_good(plan, codes))
    return ImageTask(
        target=codes,
        task=task,
        classes=coded.classes,
        plan=plan,
        scoring=Scoring(metric_of(goal, task), cost=goal.cost),
        seed=goal.seed,
        images=images,
        groups=groups,
        good=coded.good,
        most_stopped=wish.most_stopped,
        drawn=np.flatnonzero(np.arange(len(images)) >= len(coded.images)).astype(np.int64),
        given=_given(wish),
    )


def _learning_from_good(plan: SplitPlan, codes: Index) -> SplitSummary:
    """The division in numbers where flaws, drawn or labelled, only judge."""
    return msgspec.structs.replace(plan.summary, learn_rows=int((codes[plan.learn] == 0).sum()))


def _given(wish: ImageGoal) -> dict[str, Parameter]:
    """What the goal says about drawn variations, for recipes that learn from them."""
    given: dict[str, Parameter] = {ANY_ORIENTATION: wish.any_orientation}
    if wish.augmentation is not None:
        given[AUGMENTATION] = wish.augmentation
    return given


def _plan(codes: Index, groups: Index, goal: Goal, *, drawn: bool, left_out: list[LeftOut]) -> SplitPlan:
    """Folds by group; a sealed holdout only of enough images, and never of drawn flaws."""
    holdout = None if drawn else goal.holdout
    if holdout is not None and len(codes) < FEWEST_FOR_HOLDOUT:
        left_out.append(LeftOut("left_out.holdout_of_few_images", {"images": len(codes), "least": FEWEST_FOR_HOLDOUT}))
        holdout = None
    if len(np.unique(groups)) < 2:
        raise Refusal(Issue("training.one_group_only", parameters={"images": len(groups)}))
    rows = SplitInput(codes, groups, groups=groups.astype(object))
    most_folds = FEW_FOLDS if len(codes) > FEW_FOLDS_FROM else None
    return plan_split(rows, GroupSplit(""), holdout, goal.seed, most_folds)


def _not_hidden(
    images: Sequence[ImageRecord], labels: Mapping[str, Label], left_out: list[LeftOut]
) -> list[ImageRecord]:
    kept = [image for image in images if image.sha256 not in labels or not labels[image.sha256].hidden]
    if len(kept) < len(images):
        left_out.append(LeftOut("left_out.hidden_images", {"images": len(images) - len(kept)}))
    return kept


def _different(images: Sequence[ImageRecord], left_out: list[LeftOut]) -> list[ImageRecord]:
    """One image of every content: the same file twice teaches nothing and flatters every check."""
    first: dict[str, ImageRecord] = {}
    for image in images:
        first.setdefault(image.sha256, image)
    if len(first) < len(images):
        left_out.append(LeftOut("left_out.repeated_images", {"images": len(images) - len(first)}))
    return list(first.values())


def _class_of(image: ImageRecord, labels: Mapping[str, Label]) -> str:
    label = labels.get(image.sha256)
    return image.class_name if label is None else label.class_name


def _labelled(
    images: Sequence[ImageRecord], names: Mapping[int, str], left_out: list[LeftOut]
) -> tuple[ImageRecord, ...]:
    kept = tuple(image for image in images if names[image.number])
    if len(kept) < len(images):
        left_out.append(LeftOut("left_out.unlabelled_images", {"images": len(images) - len(kept)}))
    return kept


def _good_and_flawed(
    images: Sequence[ImageRecord], names: Mapping[int, str], wish: ImageGoal, left_out: list[LeftOut]
) -> _Coded:
    """Good parts to learn from and labelled flaws to judge by; when nothing is labelled, everything counts as good."""
    if not any(names.values()):
        return _Coded(tuple(images), np.zeros(len(images), np.int64), (GOOD, FLAWED), (0,))
    labelled = _labelled(images, names, left_out)
    good = frozenset(wish.good)
    codes = np.array([int(bool(good) and names[image.number] not in good) for image in labelled], dtype=np.int64)
    return _Coded(labelled, codes, (GOOD, FLAWED), (0,))


def _coded(
    images: tuple[ImageRecord, ...], names: Mapping[int, str], goal: Goal, wish: ImageGoal, task: TaskKind
) -> _Coded:
    counts = Counter(names[image.number] for image in images)
    if len(counts) < 2:
        raise Refusal(Issue("training.one_class_only", parameters={"class": next(iter(counts), "")}))
    found = sorted(counts)
    good_names = [name for name in found if name in wish.good]
    if task is not TaskKind.BINARY:
        places = {name: code for code, name in enumerate(found)}
        codes = np.array([places[names[image.number]] for image in images], dtype=np.int64)
        return _Coded(images, codes, tuple(found), tuple(places[name] for name in good_names))
    if not good_names:
        flaw = goal.positive if goal.positive in counts else min(found, key=lambda name: (counts[name], name))
        good_names = [name for name in found if name != flaw]
    others = [name for name in found if name not in good_names]
    if not others:
        raise Refusal(Issue("training.one_class_only", parameters={"class": good_names[0]}))
    classes = (good_names[0], others[0]) if len(found) == 2 else (GOOD, FLAWED)
    codes = np.array([int(names[image.number] not in good_names) for image in images], dtype=np.int64)
    return _Coded(images, codes, classes, (0,))
