"""Images as families see them: chosen rows of a task, with what feature graphs say of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from automl.domain.images import ImageRecord
from automl.domain.task import TaskKind
from automl.models.base import Features, Index
from automl.models.image.base import Maps, Pixels
from automl.search.image.task import ImageTask


class ImageSource(Protocol):
    """Where what graphs say of images comes from: computed once, then kept."""

    def prepare(self, graph: bytes, time_left: Callable[[], float]) -> None:
        """Let a graph describe all images that will be asked for. Raises OutOfTimeError when that takes longer than this."""
        ...

    def features(self, graph: bytes, images: tuple[ImageRecord, ...]) -> Features:
        """Float32 [n, D]."""
        ...

    def maps(self, graph: bytes, images: tuple[ImageRecord, ...]) -> Maps:
        """Float32 [n, C, h, w]."""
        ...

    def pixels(self, resolution: int, images: tuple[ImageRecord, ...]) -> Pixels:
        """Uint8 [n, resolution, resolution, 3]."""
        ...

    def heatmaps(self, graph: bytes, images: tuple[ImageRecord, ...]) -> Maps:
        """Float32 [n, h, w], computed anew."""
        ...


@dataclass(frozen=True, eq=False)
class ImageView:
    """Some images of a task with their answers."""

    source: ImageSource
    images: tuple[ImageRecord, ...]
    task: TaskKind
    classes: tuple[str, ...]
    good: tuple[int, ...]
    target: Index
    groups: Index

    def __len__(self) -> int:
        return len(self.images)

    def features(self, graph: bytes) -> Features:
        """What a feature graph says of every image."""
        return self.source.features(graph, self.images)

    def maps(self, graph: bytes) -> Maps:
        """What a feature graph says of the places of every image."""
        return self.source.maps(graph, self.images)

    def pixels(self, resolution: int) -> Pixels:
        """Every image at one size."""
        return self.source.pixels(resolution, self.images)

    def heatmaps(self, graph: bytes) -> Maps:
        """What a graph of one model makes of every image."""
        return self.source.heatmaps(graph, self.images)


def view_of(task: ImageTask, source: ImageSource, rows: Index) -> ImageView:
    """These rows of a task."""
    return ImageView(
        source=source,
        images=tuple(task.images[row] for row in rows.tolist()),
        task=task.task,
        classes=task.classes,
        good=task.good,
        target=task.target[rows].astype(np.int64),
        groups=task.groups[rows],
    )
