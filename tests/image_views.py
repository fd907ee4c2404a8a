"""Views of images in memory, for tests of image families without a project."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from automl.domain.task import TaskKind
from automl.drawing.parts import GOOD, draw_parts
from automl.graph.builder import GraphBuilder
from automl.graph.image.resize import emit_resized
from automl.models.image.base import FittedImageModel, Maps, Pixels


@dataclass(frozen=True, eq=False)
class MemoryView:
    """A TrainingView on images in memory: uint8 [H, W, 3], of any sizes."""

    images: tuple[Pixels, ...]
    task: TaskKind
    classes: tuple[str, ...]
    good: tuple[int, ...]
    target: NDArray[np.int64]
    groups: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.images)

    def features(self, graph: bytes) -> NDArray[np.float32]:
        return self._output(graph, "features")

    def maps(self, graph: bytes) -> Maps:
        return self._output(graph, "map")

    def heatmaps(self, graph: bytes) -> Maps:
        return self._output(graph, "heatmap")

    def pixels(self, resolution: int) -> Pixels:
        resized = self._output(_resizing(resolution), "resized")
        return np.rint(255 * resized).astype(np.uint8).transpose(0, 2, 3, 1)

    def rows(self, chosen: NDArray[np.integer] | Sequence[int]) -> "MemoryView":
        """Some of the images."""
        numbers = np.asarray(chosen, dtype=np.int64)
        images = tuple(self.images[number] for number in numbers.tolist())
        return replace(self, images=images, target=self.target[numbers], groups=self.groups[numbers])

    def _output(self, graph: bytes, name: str) -> NDArray[np.float32]:
        session = run_images(graph)
        return np.concatenate([session(image)[name] for image in self.images])


def drawn_view(
    count: int, classes: Sequence[str], task: TaskKind = TaskKind.MULTICLASS, *, seed: int = 0, size: int = 64
) -> MemoryView:
    """Drawn images whose classes take turns."""
    drawn = draw_parts(count, classes, seed=seed, size=size)
    target = np.arange(count) % len(classes)
    good = tuple(code for code, name in enumerate(classes) if name == GOOD)
    return MemoryView(tuple(image.pixels for image in drawn), task, tuple(classes), good, target, np.arange(count))


@lru_cache(maxsize=16)
def run_images(model: bytes) -> Callable[[Pixels], dict[str, NDArray[np.float32]]]:
    """Something that answers one image by the outputs of a graph."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return lambda pixels: dict(zip(names, session.run(None, {"pixels": pixels[None]}), strict=True))


def emitted(model: FittedImageModel, classes: int) -> bytes:
    """A model as a graph with the outputs `logits` and, where it has one, `heatmap`."""
    graph = GraphBuilder()
    tensors = model.emit(graph, graph.input_pixels())
    outputs: dict[str, tuple[str, int | tuple[int | str, ...]]] = {"logits": (tensors.logits, classes)}
    if tensors.heatmap is not None:
        outputs["heatmap"] = (tensors.heatmap, ("N", "h", "w"))
    return graph.build(outputs)


@cache
def _resizing(resolution: int) -> bytes:
    graph = GraphBuilder()
    resized = emit_resized(graph, graph.input_pixels(), resolution)
    return graph.build({"resized": (resized, ("N", 3, resolution, resolution))})
