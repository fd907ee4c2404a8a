"""A goal for images follows from the labels, and what stands in its way is said before time is spent."""

import msgspec
import pytest

from automl.domain.goal_checks import blocks
from automl.domain.image_goal import check_image_goal, class_counts, propose_image_goal, usual_good, with_image_task
from automl.domain.images import CLASS_COLUMN
from automl.domain.labels import Label, Provenance
from automl.domain.task import ANOMALY_FAMILIES, IMAGE_FAMILIES, Goal, ImageGoal, Metric, MistakeCost, TaskKind

PLENTY = {"good": 400, "scratch": 60, "pit": 40}


def codes(counts: dict[str, int], goal: Goal) -> list[str]:
    return [issue.code.removeprefix("goal.images.") for issue in check_image_goal(counts, goal)]


def image_goal(task: TaskKind | None, **image: object) -> Goal:
    return Goal(target=CLASS_COLUMN, task=task, families=IMAGE_FAMILIES, image=msgspec.convert(image, ImageGoal))


def test_hidden_and_unlabelled_images_do_not_count() -> None:
    labels = [
        Label("a", "pit", Provenance.PERSON),
        Label("b", "good", Provenance.IMPORTED),
        Label("c", "good", Provenance.ACCEPTED),
        Label("d", "good", Provenance.PERSON, hidden=True),
        Label("e", "", Provenance.PERSON),
    ]

    assert list(class_counts(labels).items()) == [("good", 2), ("pit", 1)]


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("good", True),
        ("OK", True),
        ("MT_Free", True),
        ("defect_free", True),
        ("no defect", True),
        ("정상", True),
        ("양품 A", True),
        ("\u1111\u1167\u11bc양품", True),
        ("not_ok", False),
        ("비정상", False),
        ("불합격", False),
        ("bad", False),
        ("scratch", False),
        ("good_defect", False),
        ("", False),
    ],
)
def test_names_that_usually_mean_a_good_part_are_known(name: str, good: bool) -> None:
    assert usual_good([name]) == ((name,) if good else ())


@pytest.mark.parametrize(
    ("counts", "task", "good"),
    [
        (PLENTY, TaskKind.MULTICLASS, ("good",)),
        ({"정상": 90, "불량": 30}, TaskKind.BINARY, ("정상",)),
        ({"left": 40, "right": 40}, TaskKind.MULTICLASS, ()),
        ({"parts": 200}, TaskKind.ANOMALY, ("parts",)),
        ({}, TaskKind.MULTICLASS, ()),
    ],
)
def test_the_question_suggests_itself_from_the_labels(
    counts: dict[str, int], task: TaskKind, good: tuple[str, ...]
) -> None:
    goal = propose_image_goal(counts)

    assert goal.target == CLASS_COLUMN
    assert (goal.task, goal.image.good if goal.image else None) == (task, good)
    assert goal.families == (ANOMALY_FAMILIES if task is TaskKind.ANOMALY else IMAGE_FAMILIES)


def test_images_are_sealed_for_the_end_only_when_there_are_enough() -> None:
    assert propose_image_goal(PLENTY).holdout == 0.2
    assert propose_image_goal({"good": 40, "pit": 30}).holdout is None


def test_another_question_takes_its_own_families_and_drops_what_does_not_fit() -> None:
    chosen = msgspec.structs.replace(propose_image_goal(PLENTY), metric=Metric.F1_MACRO, cost=MistakeCost(2, 1))

    changed = with_image_task(chosen, TaskKind.ANOMALY, PLENTY)

    assert changed.families == ANOMALY_FAMILIES
    assert changed.metric is None
    assert changed.cost is None
    assert changed.image is not None
    assert changed.image.good == ("good",)


def test_a_sound_goal_has_nothing_in_its_way() -> None:
    for task in (TaskKind.MULTICLASS, TaskKind.BINARY, TaskKind.ANOMALY):
        assert codes(PLENTY, with_image_task(propose_image_goal(PLENTY), task, PLENTY)) == []


@pytest.mark.parametrize(
    ("counts", "goal", "code"),
    [
        ({}, image_goal(TaskKind.MULTICLASS), "no_labels"),
        ({"a": 50}, image_goal(TaskKind.MULTICLASS), "one_class"),
        ({"a": 5, "b": 5}, image_goal(TaskKind.MULTICLASS), "too_few_labels"),
        ({"a": 50, "b": 1}, image_goal(TaskKind.MULTICLASS), "class_too_rare"),
        (PLENTY, image_goal(TaskKind.BINARY), "no_good_named"),
        (PLENTY, image_goal(TaskKind.BINARY, good=list(PLENTY)), "all_good"),
        (PLENTY, image_goal(TaskKind.BINARY, good=["god"]), "unknown_good"),
        ({"good": 5, "a": 5}, image_goal(TaskKind.ANOMALY, good=["good"]), "too_few_good"),
        (PLENTY, image_goal(TaskKind.REGRESSION), "task_does_not_fit"),
        (PLENTY, image_goal(TaskKind.MULTICLASS, most_missed=1.5), "share_out_of_range"),
        (PLENTY, image_goal(TaskKind.MULTICLASS, augmentation=3.0), "augmentation_out_of_range"),
    ],
)
def test_what_forbids_a_goal_stands_first(counts: dict[str, int], goal: Goal, code: str) -> None:
    issues = check_image_goal(counts, goal)

    assert code in codes(counts, goal)
    assert blocks(issues[0])


@pytest.mark.parametrize(
    ("counts", "goal", "code"),
    [
        ({"a": 90, "b": 10}, image_goal(TaskKind.MULTICLASS), "class_small"),
        ({"a": 90, "b": 10, "c": 3}, image_goal(TaskKind.MULTICLASS), "classes_small"),
        ({"good": 30, "a": 5}, image_goal(TaskKind.ANOMALY, good=["good"]), "few_good"),
        ({}, image_goal(TaskKind.ANOMALY), "all_count_as_good"),
        ({"good": 90}, image_goal(TaskKind.ANOMALY, good=["good"]), "no_flaws_to_judge"),
    ],
)
def test_what_endangers_a_goal_is_said_but_does_not_forbid_it(counts: dict[str, int], goal: Goal, code: str) -> None:
    goal = with_image_task(goal, goal.task or TaskKind.MULTICLASS, counts)
    issues = check_image_goal(counts, goal)

    assert code in codes(counts, goal)
    assert not any(blocks(issue) for issue in issues)
