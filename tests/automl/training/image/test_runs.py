"""Whole runs on drawn images: what a person asked is answered, and everything that follows can be looked at."""

import msgspec
import numpy as np
import onnxruntime
import pytest
from PIL import Image

from automl.bundle.learned_images import GOLDEN_IMAGES_FILE, LEARNED_IMAGES_FILE, GoldenImages, LearnedImages
from automl.data.images.loader import ImageLoader
from automl.domain.events import ModelFitted
from automl.domain.images import CLASS_COLUMN
from automl.domain.labels import Label, Provenance
from automl.domain.task import Family, Goal, ImageGoal, Metric, TaskKind
from automl.drawing.parts import draw_parts
from automl.storage.project import Access, Project
from automl.storage.run_folder import RunFolder
from tests.fixtures_training import TrainedImages
from tests.image_projects import FOUR_CLASSES, image_project
from tests.training_projects import train_in


def folder_of(trained: TrainedImages) -> RunFolder:
    return RunFolder(trained.folder / "runs" / trained.run_id)


def test_parts_it_has_not_seen_are_told_apart(trained_images: TrainedImages) -> None:
    board = trained_images.leaderboard
    scores = {model.model_id: model.checking.value for model in board.models}

    assert board.classes == tuple(sorted(FOUR_CLASSES))
    assert board.metric is Metric.F1_MACRO
    assert board.split.kind == "group"
    assert scores[board.chosen] > scores["baseline"] + 0.2
    assert board.verdict.code.endswith("multiclass_images")


def test_a_first_model_is_there_after_the_first_recipe(trained_images: TrainedImages) -> None:
    fitted = [event.summary.model_id for event in trained_images.events if isinstance(event, ModelFitted)]

    assert fitted[0] == "first"


def test_every_image_is_judged_by_a_model_that_had_not_seen_its_part(trained_images: TrainedImages) -> None:
    found = folder_of(trained_images).image_evaluation(trained_images.leaderboard.chosen)

    assert found is not None
    assert [one.number for one in found.judged] == [image.number for image in trained_images.images]
    assert found.good == (found.classes.index("good"),)
    assert sum(found.histogram.good) == 16
    assert found.band is not None
    assert found.grouped_score is not None
    assert found.random_score is not None
    assert {one.verdict.value for one in found.judged} <= {"ok", "not_good", "person", "unknown"}


def test_the_stored_graph_gives_the_golden_answers_from_pixels_alone(trained_images: TrainedImages) -> None:
    chosen = trained_images.leaderboard.chosen
    path = folder_of(trained_images).model_folder(chosen) / GOLDEN_IMAGES_FILE
    golden = msgspec.json.decode(path.read_bytes(), type=GoldenImages)
    with Project.open(trained_images.folder, Access.READ) as project:
        onnx = project.objects.read_bytes(project.runs.model(trained_images.run_id, chosen).onnx)
        loader = ImageLoader(project.objects)
        pixels = [loader.pixels(trained_images.images[number - 1]) for number in golden.numbers]
    session = onnxruntime.InferenceSession(onnx, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]

    assert names[0] == "probabilities"
    assert names[-1] == "outside"
    for image, probabilities, outside in zip(pixels, golden.probabilities, golden.outside, strict=True):
        answer = dict(zip(names, session.run(None, {"pixels": image[None]}), strict=True))
        np.testing.assert_allclose(answer["probabilities"][0], probabilities, atol=1e-4)
        np.testing.assert_allclose(answer["outside"][0], outside, rtol=1e-3)


def test_something_else_is_outside_and_parts_are_not(trained_images: TrainedImages) -> None:
    chosen = trained_images.leaderboard.chosen
    with Project.open(trained_images.folder, Access.READ) as project:
        onnx = project.objects.read_bytes(project.runs.model(trained_images.run_id, chosen).onnx)
    session = onnxruntime.InferenceSession(onnx, providers=["CPUExecutionProvider"])
    noise = np.random.default_rng(0).integers(0, 256, (1, 64, 64, 3), dtype=np.uint8)
    others = np.stack([part.pixels for part in draw_parts(40, FOUR_CLASSES, seed=9)])

    assert session.run(["outside"], {"pixels": noise})[0][0] > 1
    assert (session.run(["outside"], {"pixels": others})[0] > 1).mean() < 0.25


def test_what_was_learned_from_is_written_down(trained_images: TrainedImages) -> None:
    path = trained_images.folder / "runs" / trained_images.run_id / LEARNED_IMAGES_FILE
    learned = msgspec.json.decode(path.read_bytes(), type=LearnedImages)

    assert (learned.image_count, learned.group_count, sum(learned.class_counts)) == (64, 32, 64)
    assert learned.smallest == learned.largest == (64, 64)


def test_a_run_goes_on_with_the_trials_of_an_earlier_one(trained_images: TrainedImages) -> None:
    events = train_in(
        trained_images.folder, trained_images.goal, run_id="run-2", resumes="run-1", most_trials=2, timed=False
    )
    with Project.open(trained_images.folder, Access.READ) as project:
        trials = project.runs.trials("run-2")

    assert [trial.number for trial in trials] == [1, 2]
    assert not any(event for event in events if isinstance(event, ModelFitted) and event.summary.model_id == "first")


@pytest.fixture(scope="module")
def only_good(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """Good parts alone, nothing labelled, learned with a memory of good patches."""
    folder = tmp_path_factory.mktemp("good") / "project"
    image_project(folder, draw_parts(36, ("good",)), labelled=False)
    goal = Goal(target=CLASS_COLUMN, task=TaskKind.ANOMALY, holdout=None, families=(Family.PATCHES,), image=ImageGoal())
    train_in(folder, goal, most_trials=1, timed=False)
    return RunFolder(folder / "runs" / "run-1")


def test_without_any_flaw_the_score_stands_on_drawn_ones_and_says_so(only_good: RunFolder) -> None:
    board = only_good.leaderboard()

    assert board is not None
    assert board.task is TaskKind.ANOMALY
    assert "left_out.flaws_drawn" in {one.code for one in board.left_out}
    assert board.models[0].checking.value > 0.6
    found, charts = only_good.image_evaluation(board.chosen), only_good.evaluation(board.chosen)
    assert found is not None
    assert found.band is not None
    assert board.models[0].alarm_line is not None
    assert found.band.lower <= board.models[0].alarm_line <= found.band.upper
    assert charts is not None
    assert len(found.judged) == 36
    assert all(mistake.row > 0 for mistake in charts.mistakes)


def test_heatmaps_of_good_parts_stay_dark(only_good: RunFolder) -> None:
    board = only_good.leaderboard()
    assert board is not None
    found = only_good.image_evaluation(board.chosen)
    assert found is not None

    shown = [one.number for one in found.judged if one.heatmap]
    brightness = [np.asarray(Image.open(only_good.heatmap_path(board.chosen, one))).mean() for one in shown]

    assert shown
    assert np.mean(brightness) < 100


def test_labels_of_a_person_count_and_hidden_images_do_not(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("labels") / "project"
    images = image_project(folder, draw_parts(40, ("good", "pit")))
    with Project.open(folder, Access.WRITE) as project:
        project.labels.set([Label(image.sha256, "ok", Provenance.PERSON) for image in images[:20:2]])
        project.labels.set([Label(images[0].sha256, "good", Provenance.PERSON, hidden=True)])
    goal = Goal(
        target=CLASS_COLUMN,
        task=TaskKind.BINARY,
        families=(Family.CLASSICAL,),
        image=ImageGoal(good=("good", "ok")),
    )

    train_in(folder, goal, most_trials=1, timed=False)

    board = RunFolder(folder / "runs" / "run-1").leaderboard()
    assert board is not None
    assert board.classes == ("good", "flawed")
    assert board.split.learn_rows == 39
    assert {"left_out.hidden_images", "left_out.holdout_of_few_images"} <= {one.code for one in board.left_out}
