"""How many labels the queue saves against labelling in random order, on folders of labelled images.

Run with ``BENCH_IMAGES=folder pytest -m bench -s tests/bench/test_labelling.py``: every sub-folder is a set of images with a
folder a class. BENCH_SETS names some of them (neu_steel,magnetic_tile), BENCH_DRAWS how often each is drawn (5). A third of
the parts is held back and judges the suggestions by balanced accuracy; parts never stand on both sides.
"""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from automl.domain.labels import Suggestions
from automl.domain.task import Metric
from automl.evaluation.metrics import Scoring, score
from automl.labelling.image_features import image_features
from automl.labelling.suggester import Suggester
from automl.storage.project import Access, Project
from tests.imported_projects import import_table

SETS = os.environ.get("BENCH_SETS", "neu_steel,magnetic_tile").split(",")
DRAWS = int(os.environ.get("BENCH_DRAWS", "5"))
FIRST, AT_ONCE, MOST = 12, 8, 148
COUNTS = np.arange(FIRST, MOST + 1, AT_ONCE)
SHOWN = (44, 60, 76, 100, 124, 148)
Rows = NDArray[np.int64]
Choose = Callable[[Suggestions, Rows], Rows]
BALANCED = Scoring(Metric.BALANCED_ACCURACY)


class LabelledSet:
    """The images of a folder with what their folders say they are."""

    def __init__(self, folder: Path, project: Path) -> None:
        import_table(project, folder)
        with Project.open(project, Access.READ) as opened:
            images = opened.images.listing(opened.datasets.version(1)).images
            features = image_features(opened, images, lambda _done, _of: None)
        self.classes = tuple(sorted({image.class_name for image in images}))
        self.truth = np.array([self.classes.index(image.class_name) for image in images], np.int64)
        self.groups = np.array([image.group for image in images], np.int64)
        self.features = features
        self.everyone = Suggester(range(len(images)), features, self.groups.tolist())

    def held_back(self, random: np.random.Generator) -> NDArray[np.bool_]:
        """Whether an image judges: those of a third of the groups."""
        groups = random.permutation(np.unique(self.groups))
        return np.isin(self.groups, groups[: len(groups) // 3])

    def curve(self, judges: NDArray[np.bool_], choose: Choose) -> NDArray[np.float64]:
        """Balanced accuracy after every batch of labels; it stays where a queue is empty. Judges are never asked for."""
        pool = np.flatnonzero(~judges)
        asking = Suggester(pool.tolist(), self.features[pool], self.groups[pool].tolist())
        codes = np.full(len(self.truth), -1, np.int64)
        points: list[float] = []
        while len(points) < len(COUNTS):
            if (codes >= 0).any():
                points.append(self._score(judges, self._suggested(self.everyone, codes)))
            free = pool[codes[pool] < 0]
            taken = choose(self._suggested(asking, codes[pool]), free)[: AT_ONCE if points else FIRST]
            if len(taken) == 0:
                return np.array(points + [points[-1]] * (len(COUNTS) - len(points)))
            codes[taken] = self.truth[taken]
        return np.array(points)

    def _suggested(self, suggester: Suggester, codes: Rows) -> Suggestions:
        everyone = np.ones(len(codes), np.bool_)
        return suggester.suggest(self.classes, codes, everyone, ~everyone)

    def _score(self, judges: NDArray[np.bool_], found: Suggestions) -> float:
        said = {one.number: one.probabilities for one in found.suggestions}
        rows = np.flatnonzero(judges)
        if not all(int(row) in said for row in rows):
            return 1.0 / len(self.classes)
        answers = np.array([said[int(row)] for row in rows])
        likeliest = np.eye(len(self.classes))[answers.argmax(axis=1)]
        return score(BALANCED, self.truth[rows], likeliest)


def in_order_of(found: Suggestions, _free: Rows) -> Rows:
    """What the queue asks for."""
    return np.array(found.queue, np.int64)


def in_this_order(order: Rows) -> Choose:
    """An order that was fixed before anything was known."""

    def choose(_found: Suggestions, free: Rows) -> Rows:
        return order[np.isin(order, free)]

    return choose


def labels_needed(curve: NDArray[np.float64], wanted: float) -> float:
    """After how many labels a curve first reaches a score, straight lines between; infinite when it never does."""
    best = np.maximum.accumulate(curve)
    place = int(np.searchsorted(best, wanted))
    if place == 0:
        return float(COUNTS[0])
    if place == len(best):
        return float("inf")
    share = (wanted - best[place - 1]) / max(best[place] - best[place - 1], 1e-12)
    return float(COUNTS[place - 1] + share * AT_ONCE)


@pytest.mark.bench
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", SETS)
def test_labels_saved_by_the_queue(tmp_path: Path, name: str) -> None:
    source = os.environ.get("BENCH_IMAGES", "")
    if not source:
        pytest.skip("BENCH_IMAGES names no folder")
    images = LabelledSet(Path(source) / name, tmp_path / "p")
    by_chance, by_queue = [], []
    for draw in range(DRAWS):
        random = np.random.default_rng(draw)
        judges = images.held_back(random)
        order = random.permutation(len(images.truth))
        by_chance.append(images.curve(judges, in_this_order(order)))
        by_queue.append(images.curve(judges, in_order_of))
    chance, queue = np.mean(by_chance, axis=0), np.mean(by_queue, axis=0)
    print(f"\n{name}: {len(images.truth)} images, {len(np.unique(images.groups))} groups, {DRAWS} draws")
    print("labels   random   queue   queue needs for the score of random")
    for count, one, other in zip(COUNTS, chance, queue, strict=True):
        needed = labels_needed(queue, float(np.maximum.accumulate(chance)[count == COUNTS][0]))
        told = f"{needed:5.0f} ({needed / count:.0%})" if count in SHOWN else ""
        print(f"{count:6d}   {one:6.3f}  {other:6.3f}   {told}")
