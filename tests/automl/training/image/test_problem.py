"""Which images are learned from, as which classes, and divided how."""

import msgspec
import numpy as np
import pytest

from automl.domain.images import CLASS_COLUMN, ImageRecord
from automl.domain.issues import Refusal
from automl.domain.labels import Label, Provenance
from automl.domain.task import Goal, ImageGoal, Metric, TaskKind
from automl.search.image.task import ImageTask
from automl.training.image.drawn_flaws import DrawingLoader, flawed
from automl.training.image.golden import learned_images
from automl.training.image.problem import state_image_problem
from tests.automl.explain.test_image_advice import image

NO_LABELS: dict[str, Label] = {}


def listing(*classes: str, shots: int = 1) -> tuple[ImageRecord, ...]:
    return tuple(
        msgspec.structs.replace(image(place + 1, group=place // shots + 1), class_name=name)
        for place, name in enumerate(classes)
    )


def goal(task: TaskKind | None = None, *good: str, holdout: float | None = 0.2) -> Goal:
    return Goal(target=CLASS_COLUMN, task=task, holdout=holdout, image=ImageGoal(good=good))


def stated(images: tuple[ImageRecord, ...], wish: Goal) -> ImageTask:
    return state_image_problem(images, NO_LABELS, wish).task


def test_classes_keep_their_names_in_order() -> None:
    task = stated(listing(*["ok", "pit", "crack"] * 10), goal(TaskKind.MULTICLASS, "ok"))

    assert task.classes == ("crack", "ok", "pit")
    assert task.good == (1,)
    assert task.scoring.metric is Metric.F1_MACRO


def test_two_classes_keep_their_names_and_the_flaw_comes_second() -> None:
    task = stated(listing(*["pit", "ok", "ok"] * 10), goal(TaskKind.BINARY))

    assert task.classes == ("ok", "pit")
    assert task.good == (0,)


def test_several_flaws_become_one_when_asked_for_good_or_not() -> None:
    task = stated(listing(*["pit", "ok", "crack"] * 10), goal(TaskKind.BINARY, "ok"))

    assert task.classes == ("good", "flawed")
    assert task.target.tolist()[:3] == [1, 0, 1]


def test_a_part_never_stands_on_both_sides_of_a_split() -> None:
    task = stated(listing(*["ok", "ok", "pit", "pit"] * 90, shots=2), goal(TaskKind.BINARY, "ok"))

    assert len(task.plan.holdout) > 0
    for fold in task.plan.folds:
        assert not set(task.groups[fold.train]) & set(task.groups[fold.check])
        assert not set(task.groups[task.plan.holdout]) & set(task.groups[np.concatenate([fold.train, fold.check])])


def test_few_images_keep_no_holdout_and_that_is_said() -> None:
    problem = state_image_problem(listing(*["ok", "pit"] * 20), NO_LABELS, goal(TaskKind.BINARY, "ok"))

    assert len(problem.task.plan.holdout) == 0
    assert [one.code for one in problem.left_out] == ["left_out.holdout_of_few_images"]


def test_unlabelled_hidden_and_repeated_images_are_left_out_and_counted() -> None:
    images = listing(*["ok", "pit"] * 10, "", "ok", "pit")
    images = (*images, msgspec.structs.replace(images[0], number=99))
    hidden = Label(images[-2].sha256, "pit", Provenance.PERSON, hidden=True)

    problem = state_image_problem(images, {hidden.sha256: hidden}, goal(TaskKind.BINARY, holdout=None))

    assert {one.code: one.parameters["images"] for one in problem.left_out} == {
        "left_out.hidden_images": 1,
        "left_out.repeated_images": 1,
        "left_out.unlabelled_images": 1,
    }
    assert len(problem.task.images) == 21


def test_only_good_parts_are_learned_from_and_labelled_flaws_judge() -> None:
    task = stated(listing(*["ok", "ok", "pit"] * 10), goal(TaskKind.ANOMALY, "ok"))

    assert task.classes == ("good", "flawed")
    assert len(task.drawn) == 0
    for fold in task.plan.folds:
        assert (task.target[task.learnable(fold.train)] == 0).all()
    assert task.target[task.checked].sum() == 10
    assert task.plan.summary.learn_rows == 20
    assert learned_images(task).class_counts == (20, 0)


def test_without_labels_everything_counts_as_good_and_flaws_are_drawn() -> None:
    images = listing(*[""] * 30)

    problem = state_image_problem(images, NO_LABELS, goal(TaskKind.ANOMALY))
    task = problem.task

    assert len(task.drawn) == 30
    assert task.plan.summary.learn_rows == 30
    assert (task.target[task.drawn] == 1).all()
    assert {one.number for one in task.images} == {*range(1, 31), *range(-30, 0)}
    assert "left_out.flaws_drawn" in {one.code for one in problem.left_out}


def test_a_drawn_flaw_changes_a_part_of_the_image_and_is_the_same_every_time() -> None:
    grey = np.random.default_rng(0).integers(90, 120, (90, 60, 3), dtype=np.uint8)

    class Same:
        def pixels(self, record: ImageRecord) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
            return grey

    images = listing(*[""] * 30)
    task = stated(images, goal(TaskKind.ANOMALY))
    loader = DrawingLoader(Same(), images)
    drawn = loader.pixels(task.images[-1])

    np.testing.assert_array_equal(drawn, loader.pixels(task.images[-1]))
    changed = (drawn != grey).any(axis=2).mean()
    assert 0 < changed < 0.6
    assert flawed(grey[:10], 1).shape == (10, 60, 3)


@pytest.mark.parametrize(
    ("images", "wish", "code"),
    [
        (listing("ok", "pit"), goal(TaskKind.BINARY), "training.too_few_images"),
        (listing(*["ok"] * 20), goal(TaskKind.MULTICLASS), "training.one_class_only"),
        (listing(*["ok", "pit"] * 10, shots=20), goal(TaskKind.BINARY), "training.one_group_only"),
        (listing(*[""] * 20), goal(TaskKind.BINARY), "training.one_class_only"),
    ],
)
def test_what_cannot_be_learned_is_refused(images: tuple[ImageRecord, ...], wish: Goal, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        state_image_problem(images, NO_LABELS, wish)

    assert [issue.code for issue in refusal.value.issues] == [code]
