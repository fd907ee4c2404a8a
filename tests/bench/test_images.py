"""Figures on real images through the public way: import, train, read the leaderboard, run the graph that is delivered.

Run with ``BENCH_IMAGES=folder pytest -m bench -s tests/bench/test_images.py``; BENCH_SECONDS is the budget of a run (600).
The folder holds magnetic_tile and neu_steel, one folder a class. Scores stand on groups of near duplicates kept together.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from automl.data.images.loader import ImageLoader
from automl.domain.event_stream import EventDecoder
from automl.domain.events import Event, ModelFitted, TrialFinished
from automl.domain.image_goal import propose_image_goal, with_image_task
from automl.domain.image_result import ImageEvaluation
from automl.domain.images import ImageRecord
from automl.domain.job import ImportJob, TrainJob
from automl.domain.labels import Label, Provenance
from automl.domain.result import Leaderboard
from automl.domain.task import Goal, ImageGoal, Metric, TaskKind
from automl.drawing.parts import draw_parts
from automl.evaluation.metrics import Scoring, score
from automl.jobs import import_data, train
from automl.jobs.context import Controls, EventSink, JobContext
from automl.storage.project import Project
from automl.storage.run_folder import RunFolder
from automl.training.image.delivered import DeliveredGraph
from tests.image_projects import FOUR_CLASSES, write_image_folder

IMAGES = Path(os.environ.get("BENCH_IMAGES", "/nowhere"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "600"))
SEEDS = int(os.environ.get("BENCH_SEEDS", "1"))
LABELLED_FLAWS, LABELS_A_CLASS = 20, 10
FREE = "free"

needs_images = pytest.mark.skipif(not IMAGES.is_dir(), reason="BENCH_IMAGES names no folder")
pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]


@dataclass(frozen=True)
class Run:
    """A finished training run, as its folder tells it."""

    board: Leaderboard
    found: ImageEvaluation
    onnx: bytes
    events: tuple[Event, ...]
    seconds: float

    def line(self) -> str:
        """The run in one line."""
        chosen = next(model for model in self.board.models if model.model_id == self.board.chosen)
        tried = [event for event in self.events if isinstance(event, TrialFinished)]
        families = sorted({event.family.value for event in tried if event.value is not None})
        return (
            f"chosen {chosen.model_id} {dict(chosen.members)} {chosen.metric} {chosen.checking.value:.3f} "
            f"({chosen.checking.lower:.3f}-{chosen.checking.upper:.3f}), {len(tried)} trials of {families}, "
            f"{chosen.size_bytes / 1e6:.2f} MB, {self.seconds:.0f} s; "
            + ", ".join(f"{model.model_id} {model.checking.value:.3f}" for model in self.board.models)
        )


def imported(project: Project, folder: Path) -> tuple[ImageRecord, ...]:
    """Import a folder of images as a person does."""
    job = ImportJob(job_id="import", project="", path=str(folder))
    import_data.run(job, context(project, job.job_id, []))
    version = project.datasets.dataset(1).version
    return project.images.listing(version).images


def context(project: Project, run_id: str, written: list[bytes], budget: float | None = None) -> JobContext:
    """A job of its own in this process."""
    folder = project.run_folder(run_id)
    folder.mkdir(parents=True)
    sink = EventSink(run_id, written.append, "train")
    return JobContext(sink=sink, controls=Controls(), run_folder=folder, project=project, budget_seconds=budget)


def trained(project: Project, goal: Goal, run_id: str = "train", seconds: float = SECONDS) -> Run:
    """Train as the window does."""
    order = TrainJob(job_id=run_id, project="", version=1, steps=(), goal=goal)
    project.runs.add(order)
    written: list[bytes] = []
    start = time.monotonic()
    train.run(order, context(project, run_id, written, seconds))
    took = time.monotonic() - start
    folder = RunFolder(project.run_folder(run_id))
    board = folder.leaderboard()
    assert board is not None
    found = folder.image_evaluation(board.chosen)
    assert found is not None
    onnx = project.objects.read_bytes(project.runs.model(run_id, board.chosen).onnx)
    return Run(board, found, onnx, tuple(EventDecoder().feed(b"".join(written))), took)


def goal_for(images: tuple[ImageRecord, ...], task: TaskKind, good: tuple[str, ...] = (), seed: int = 0) -> Goal:
    """The proposed goal without a holdout: everything is judged out of fold."""
    counts: dict[str, int] = {}
    for image in images:
        counts[image.class_name] = counts.get(image.class_name, 0) + 1
    goal = with_image_task(propose_image_goal(counts), task, counts)
    named = good or (goal.image.good if goal.image else ())
    return Goal(
        target=goal.target,
        task=task,
        families=goal.families,
        image=ImageGoal(good=named),
        budget_seconds=SECONDS,
        holdout=None,
        seed=seed,
    )


def keep_labels(project: Project, images: tuple[ImageRecord, ...], kept: NDArray[np.bool_]) -> None:
    """Take the labels of all other images away."""
    project.labels.set([Label(one.sha256, "", Provenance.PERSON) for one in np.array(images, dtype=object)[~kept]])


def answers(project: Project, run: Run, images: tuple[ImageRecord, ...]) -> NDArray[np.float64]:
    """Probabilities of the delivered graph."""
    loader, graph = ImageLoader(project.objects), DeliveredGraph(run.onnx)
    return np.concatenate([graph.probabilities([loader.pixels(image)]) for image in images])


def errors_saved(found: ImageEvaluation, share: float = 0.1) -> float:
    """Which share of the errors is gone when a share of the images is handed to a person."""
    curve = dict(found.person_curve)
    return 1 - curve[share] * (1 - share) / max(curve[0.0], 1e-9)


def pooled(found: ImageEvaluation, metric: Metric) -> float:
    """A score over all judged images together."""
    truth = np.array([one.actual for one in found.judged])
    said = np.eye(len(found.classes))[[one.predicted for one in found.judged]]
    return score(Scoring(metric), truth, said)


@needs_images
def test_magnetic_tile_six_classes(tmp_path: Path) -> None:
    for seed in range(SEEDS):
        with Project.create(tmp_path / f"six-{seed}", "six") as project:
            images = imported(project, IMAGES / "magnetic_tile")
            run = trained(project, goal_for(images, TaskKind.MULTICLASS, (FREE,), seed))
            loader = ImageLoader(project.objects)
            milliseconds = _milliseconds_at_224(run, loader, images[0])
        print(
            f"\nmagnetic_tile six classes (seed {seed}): macro-F1 {pooled(run.found, Metric.F1_MACRO):.3f} pooled, "
            f"accuracy {pooled(run.found, Metric.ACCURACY):.3f}; grouped {run.found.grouped_score} random "
            f"{run.found.random_score}; 10 % to a person: {errors_saved(run.found):.0%} fewer errors; "
            f"calibration error {run.found.calibration_error:.3f}; {milliseconds:.1f} ms at 224 px\n  {run.line()}",
            flush=True,
        )


@needs_images
def test_magnetic_tile_good_or_not(tmp_path: Path) -> None:
    for seed in range(SEEDS):
        with Project.create(tmp_path / f"two-{seed}", "two") as project:
            images = imported(project, IMAGES / "magnetic_tile")
            run = trained(project, goal_for(images, TaskKind.BINARY, (FREE,), seed))
        truth = np.array([one.actual for one in run.found.judged])
        risk = np.array([one.unusual for one in run.found.judged])
        area = score(Scoring(Metric.ROC_AUC), truth, np.stack([1 - risk, risk], axis=1))
        print(
            f"\nmagnetic_tile good or not (seed {seed}): AUROC {area:.3f} pooled; random {run.found.random_score}; 10 % to a "
            f"person: {errors_saved(run.found):.0%} fewer errors; calibration error {run.found.calibration_error:.3f}; "
            f"band {run.found.band}\n  {run.line()}",
            flush=True,
        )


@needs_images
def test_magnetic_tile_twenty_labelled_flaws(tmp_path: Path) -> None:
    """Four fifths of the good parts and 20 flaws to learn from; all other parts, none of a known group, to be judged on."""
    for seed in range(SEEDS):
        random = np.random.default_rng(seed)
        with Project.create(tmp_path / f"few-{seed}", "few") as project:
            images = imported(project, IMAGES / "magnetic_tile")
            good = np.array([image.class_name == FREE for image in images])
            groups = np.array([image.group for image in images])
            sealed = np.isin(groups, random.permutation(np.unique(groups))[: len(np.unique(groups)) // 5])
            flaws = random.permutation(np.flatnonzero(~good & ~sealed))[:LABELLED_FLAWS]
            learned = (good & ~sealed) | np.isin(np.arange(len(images)), flaws)
            judged = ~np.isin(groups, groups[learned])
            keep_labels(project, images, learned)
            run = trained(project, goal_for(images, TaskKind.BINARY, (FREE,), seed))
            said = answers(project, run, tuple(np.array(images, dtype=object)[judged]))
        area = score(Scoring(Metric.ROC_AUC), (~good[judged]).astype(np.int64), said)
        print(
            f"\nmagnetic_tile 20 flaws (seed {seed}): AUROC {area:.3f} on {int(judged.sum())} unseen images\n  {run.line()}",
            flush=True,
        )


@needs_images
def test_magnetic_tile_only_good_parts(tmp_path: Path) -> None:
    with Project.create(tmp_path / "good", "good") as project:
        images = imported(project, IMAGES / "magnetic_tile")
        run = trained(project, goal_for(images, TaskKind.ANOMALY, (FREE,)))
    print(f"\nmagnetic_tile only good parts, judged on labelled flaws:\n  {run.line()}", flush=True)


@needs_images
def test_neu_steel_ten_labels_a_class(tmp_path: Path) -> None:
    for seed in range(SEEDS):
        random = np.random.default_rng(seed)
        with Project.create(tmp_path / f"neu-{seed}", "neu") as project:
            images = imported(project, IMAGES / "neu_steel")
            names = np.array([image.class_name for image in images])
            chosen = [random.permutation(np.flatnonzero(names == name))[:LABELS_A_CLASS] for name in np.unique(names)]
            learned = np.isin(np.arange(len(images)), np.concatenate(chosen))
            keep_labels(project, images, learned)
            run = trained(project, goal_for(images, TaskKind.MULTICLASS, (), seed), seconds=min(SECONDS, 120.0))
            said = answers(project, run, tuple(np.array(images, dtype=object)[~learned]))
        truth = np.array([run.board.classes.index(name) for name in names[~learned]])
        accuracy = score(Scoring(Metric.ACCURACY), truth, said)
        print(f"\nneu_steel 10 labels a class (seed {seed}): accuracy {accuracy:.3f}\n  {run.line()}", flush=True)


def test_first_model_of_1500_images(tmp_path: Path) -> None:
    folder = write_image_folder(tmp_path / "drawn", draw_parts(1500, FOUR_CLASSES, size=224))
    with Project.create(tmp_path / "first", "first") as project:
        images = imported(project, folder)
        run = trained(project, goal_for(images, TaskKind.MULTICLASS), seconds=60.0)
        milliseconds = _milliseconds_at_224(run, ImageLoader(project.objects), images[0])
    started = _moment(run.events, lambda event: True)
    first = _moment(run.events, lambda event: isinstance(event, ModelFitted))
    print(
        f"\nfirst model of 1,500 images after {first - started:.0f} s; {milliseconds:.1f} ms an image\n  {run.line()}",
        flush=True,
    )


def _milliseconds_at_224(run: Run, loader: ImageLoader, image: ImageRecord) -> float:
    """Of the processor, whatever else it has to do."""
    small = np.resize(loader.pixels(image), (224, 224, 3))
    graph = DeliveredGraph(run.onnx)
    graph.probabilities([small])
    start = time.process_time()
    graph.probabilities([small] * 20)
    return (time.process_time() - start) / 20 * 1000


def _moment(events: tuple[Event, ...], wanted: Callable[[Event], bool]) -> float:
    time_of_event = next(event.time for event in events if wanted(event))
    return datetime.fromisoformat(time_of_event).timestamp()
