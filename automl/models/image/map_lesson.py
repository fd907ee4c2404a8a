"""What a network on maps learns from, and in which portions."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from automl.graph.image.filter_maps import mirrored_maps
from automl.models.base import Index
from automl.models.image.base import Maps
from automl.models.image.map_network import Floats

BATCH = 32
SMALLEST_BATCH = 4


@dataclass(frozen=True, eq=False)
class Flawed:
    """Maps of images with imagined flaws [m, C, h, w] and which of their places are flawed, bool [m, h, w]."""

    maps: Maps
    places: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Lesson:
    """What is to be learned: maps [n, C, h, w] and class codes. Places of images of `good` classes hold no flaw.

    Imagined flaws teach what a flawed place looks like; where they count as a class of their own, `flawed_class` is its code.
    `by_flaws_alone` lets nothing but the most flawed places speak for an image.
    """

    maps: Maps
    target: Index
    class_count: int
    good: tuple[int, ...] = ()
    flawed: Flawed | None = None
    flawed_class: int | None = None
    by_flaws_alone: bool = False


@dataclass(frozen=True)
class Schooling:
    """How to learn. `orientations` are the ways to turn and mirror: "", "mirror" or "any"."""

    learning_rate: float = 3e-3
    width: int = 32
    dropout: float = 0.2
    weight_decay: float = 0.01
    orientations: str = "mirror"
    flawed_share: float = 0.4
    flawed_places_weight: float = 1.0
    flawed_class_weight: float = 0.3


@dataclass(frozen=True, eq=False)
class Batch:
    """Maps, class codes, flawed places and which images say where they are flawed; first come the `real` images."""

    maps: Tensor
    target: Tensor
    places: Tensor
    located: Tensor
    real: int


class Batches:
    """Draws batches: rare classes more often than their share, imagined flaws beside real images."""

    def __init__(self, lesson: Lesson, schooling: Schooling, centre: Floats, spread: Floats, seed: int) -> None:
        self._lesson = lesson
        self._centre, self._spread = centre[:, None, None], spread[:, None, None]
        self._random = np.random.default_rng(seed)
        self._size = BATCH
        self._flawed_share = schooling.flawed_share if lesson.flawed is not None else 0.0
        counts = np.bincount(lesson.target, minlength=lesson.class_count)
        chances = 1 / np.sqrt(counts[lesson.target])
        self._chances = chances / chances.sum()
        self._orientations = _orientations(schooling.orientations)

    def halve(self) -> bool:
        """Make batches half as large; False when they cannot get smaller."""
        self._size //= 2
        return self._size >= SMALLEST_BATCH

    def draw(self, device: torch.device) -> Batch:
        """The next batch, turned and mirrored."""
        lesson, random = self._lesson, self._random
        imagined = round(self._flawed_share * self._size)
        chosen = random.choice(len(lesson.maps), self._size - imagined, p=self._chances)
        maps, target = lesson.maps[chosen], lesson.target[chosen]
        places = np.zeros((self._size, *maps.shape[2:]), dtype=np.bool_)
        located = np.isin(target, lesson.good)
        if lesson.flawed is not None and imagined:
            drawn = random.integers(0, len(lesson.flawed.maps), imagined)
            maps = np.concatenate([maps, lesson.flawed.maps[drawn]])
            target = np.concatenate([target, np.full(imagined, lesson.flawed_class or 0)])
            places[-imagined:] = lesson.flawed.places[drawn]
            located = np.concatenate([located, np.ones(imagined, dtype=np.bool_)])
        maps, places = self._turned((maps - self._centre) / self._spread, places)
        return Batch(
            maps=torch.as_tensor(maps.copy(), device=device),
            target=torch.as_tensor(target, device=device),
            places=torch.as_tensor(places.copy(), device=device),
            located=torch.as_tensor(located, device=device),
            real=self._size - imagined,
        )

    def _turned(self, maps: Maps, places: NDArray[np.bool_]) -> tuple[Maps, NDArray[np.bool_]]:
        quarters, mirrored = self._orientations[int(self._random.integers(len(self._orientations)))]
        mirror, turn = mirrored_maps()
        if mirrored:
            maps, places = maps[:, mirror, :, ::-1], places[:, :, ::-1]
        for _ in range(quarters):
            maps, places = np.rot90(maps[:, turn], axes=(2, 3)), np.rot90(places, axes=(1, 2))
        return maps, places


def _orientations(kind: str) -> tuple[tuple[int, bool], ...]:
    """Quarter turns and whether to mirror, of all ways an image may lie."""
    quarters = {"": (0,), "mirror": (0, 2), "any": (0, 1, 2, 3)}[kind]
    return tuple((turn, mirrored) for turn in quarters for mirrored in ((False, True) if kind else (False,)))
