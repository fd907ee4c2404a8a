"""How many images there is time for: looking at each takes a while, and a run keeps to its time."""

import math
import time
from collections.abc import Callable, Sequence

import numpy as np

from automl.domain.images import ImageRecord
from automl.models.base import Index
from automl.models.image.base import Pixels
from automl.models.image.feature_session import FeatureSession
from automl.search.image.task import ImageTask
from automl.training.image.drawn_flaws import PixelLoader

TIMED_IMAGES = 12
# The share of a run that looking at images for the first time may take.
SHARE_FOR_LOOKING = 0.4
FEWEST_IMAGES = 200
# Counts are rounded down to steps of this ratio, so that a run that goes on draws the same images.
STEP = 1.5


def images_in_time(
    task: ImageTask, graph: bytes, loader: PixelLoader, threads: int, budget: float | None
) -> tuple[ImageRecord, ...]:
    """Return the images of a task, or as many of them as can be looked at within a share of the budget."""
    there = np.setdiff1d(np.arange(len(task.images)), task.drawn).astype(np.int64)
    images = tuple(task.images[row] for row in there.tolist())
    if budget is None or len(images) <= FEWEST_IMAGES:
        return images
    seconds = seconds_an_image(graph, images, loader.pixels, threads)
    codes, groups = task.target[there].astype(np.int64), task.groups[there]
    rows = sample_of_groups(codes, groups, affordable_count(len(images), seconds, budget), task.seed)
    return tuple(images[row] for row in rows.tolist())


def seconds_an_image(
    graph: bytes, images: Sequence[ImageRecord], pixels: Callable[[ImageRecord], Pixels], threads: int
) -> float:
    """Return how long reading and describing one of these images takes, so many at a time."""
    places = np.unique(np.linspace(0, len(images) - 1, TIMED_IMAGES).round().astype(np.int64))
    session = FeatureSession(graph)
    session.one(pixels(images[0]))
    start = time.perf_counter()
    for place in places.tolist():
        session.one(pixels(images[place]))
    return (time.perf_counter() - start) / len(places) / max(threads, 1)


def affordable_count(images: int, seconds_each: float, budget: float | None) -> int:
    """Return how many of so many images can be looked at within the budget's share for it."""
    if budget is None or math.isinf(budget):
        return images
    affordable = SHARE_FOR_LOOKING * budget / max(seconds_each, 1e-9)
    if affordable >= images or images <= FEWEST_IMAGES:
        return images
    steps = max(0, math.floor(math.log(affordable / FEWEST_IMAGES, STEP)))
    return min(images, round(FEWEST_IMAGES * STEP**steps))


def sample_of_groups(codes: Index, groups: Index, count: int, seed: int) -> Index:
    """Return the rows of about so many images, whole groups: small classes in full, large ones to an equal number."""
    if count >= len(codes):
        return np.arange(len(codes), dtype=np.int64)
    most = _equal_share(np.bincount(codes), count)
    random = np.random.default_rng(seed)
    order = np.argsort(random.permutation(int(groups.max()) + 1)[groups], kind="stable")
    taken = np.zeros(int(codes.max()) + 1, dtype=np.int64)
    chosen: set[int] = set()
    for row in order.tolist():
        group = int(groups[row])
        if group in chosen or taken[codes[row]] < most:
            chosen.add(group)
            taken[codes[row]] += 1
    return np.flatnonzero(np.isin(groups, list(chosen))).astype(np.int64)


def _equal_share(counts: Index, wanted: int) -> int:
    """The most images of one class so that all classes together have about as many as wanted."""
    shares = np.arange(1, int(counts.max()) + 1)
    totals = np.minimum(counts[:, None], shares[None, :]).sum(axis=0)
    return int(shares[min(int(np.searchsorted(totals, wanted)), len(shares) - 1)])
