"""What every family of image models offers, and the view of the images it learns from."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from automl.domain.result import InWords
from automl.domain.task import Family, TaskKind
from automl.graph.builder import GraphBuilder
from automl.models.base import Answers, Care, Features, Index, Parameters, Shape
from automl.models.space import Dimension

Pixels = NDArray[np.uint8]
Maps = NDArray[np.float32]


class TrainingView(Protocol):
    """Some images with their answers. What a feature graph says of them is computed once and kept on disk.

    `target` holds class codes; for good parts alone (ANOMALY) 0 is good and 1 flawed. `groups` numbers the parts that were
    photographed: images of one group show the same. `good` are the codes that mean a good part, if any do.
    """

    @property
    def task(self) -> TaskKind:
        """The kind of answer."""
        ...

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes, whether or not these images show each of them."""
        ...

    @property
    def good(self) -> tuple[int, ...]:
        """Codes that mean a good part."""
        ...

    @property
    def target(self) -> Index:
        """The class code of every image."""
        ...

    @property
    def groups(self) -> Index:
        """The group of every image."""
        ...

    def __len__(self) -> int: ...

    def features(self, graph: bytes) -> Features:
        """What a feature graph says of every image, float32 [n, D]."""
        ...

    def maps(self, graph: bytes) -> Maps:
        """What a feature graph says of the places of every image, float32 [n, C, h, w]."""
        ...

    def pixels(self, resolution: int) -> Pixels:
        """Every image at one size, uint8 [n, resolution, resolution, 3], by the same Resize as in the graph."""
        ...

    def heatmaps(self, graph: bytes) -> Maps:
        """The `heatmap` that a graph of one model makes of every image, float32 [n, h, w]; nobody else asks, so none is kept."""
        ...


@dataclass(frozen=True)
class EmittedImageModel:
    """Tensors of a model in a graph: `logits` float32 [N, K] ([N, 1]: the score, for good parts alone), `heatmap` [N, h, w]."""

    logits: str
    heatmap: str | None = None


class FittedImageModel(Protocol):
    """A model that has learned from images."""

    def logits(self, view: TrainingView) -> Answers:
        """Belief in every class, float64 [n, K], on any scale that rises with it; for good parts alone the score [n, 1]."""
        ...

    def heatmap(self, view: TrainingView) -> Maps | None:
        """How unusual every place looks, float32 [n, h, w] on the model's own scale; None for a model that cannot say."""
        ...

    def emit(self, graph: GraphBuilder, pixels: str) -> EmittedImageModel:
        """Add the whole way from `pixels` (uint8 [N, H, W, 3]) to a graph."""
        ...


class ImageFamily(Protocol):
    """One kind of image model. Stateless: everything a fit needs is passed in."""

    @property
    def family(self) -> Family:
        """Its name in records."""
        ...

    @property
    def simplicity(self) -> int:
        """How easily a person can follow it, 1 (hardest) to 5."""
        ...

    def suits(self, shape: Shape) -> bool:
        """Whether it is worth trying on so many images of so many classes (`shape.features` is 0)."""
        ...

    def published(self, shape: Shape) -> tuple[Parameters, ...]:
        """Settings with a good record on other images, best first; the very first is quick."""
        ...

    def space(self, shape: Shape) -> tuple[Dimension, ...]:
        """The settings a search may choose from."""
        ...

    def feature_graphs(self, parameters: Parameters) -> tuple[bytes, ...]:
        """The feature graphs a fit with these settings asks the view for, the most telling one first."""
        ...

    def fit(self, view: TrainingView, parameters: Parameters, care: Care) -> FittedImageModel:
        """Learn from the images of the view. A class may be missing among them; answers still have a column for it."""
        ...

    def words(self, parameters: Parameters) -> tuple[InWords, ...]:
        """The settings in plain words."""
        ...

    def changes(self, before: Parameters, after: Parameters) -> tuple[InWords, ...]:
        """What differs between two settings in plain words."""
        ...
