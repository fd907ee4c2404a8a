"""The graph of a bundle for images: pixels in, probabilities, distance to what was learned and heatmap out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.runtime.image.decode import Pixels
from automl.runtime.inference import Graph, failed, unusable

PIXELS, PROBABILITIES, OUTSIDE, HEATMAP = "pixels", "probabilities", "outside", "heatmap"


@dataclass(frozen=True)
class Seen:
    """What the graph says of one image.

    `probabilities` is float32 [classes]; `outside` is over 1 for an image unlike those learned from; `heatmap` is float32
    [h, w] on the one scale of the model (0 normal, 1 as unusual as the scale shows), None when it was not asked for.
    """

    probabilities: NDArray[np.float32]
    outside: float
    heatmap: NDArray[np.float32] | None = None


class ImageSession:
    """The graph for images of any size, one at a time: an answer never depends on its neighbours."""

    def __init__(self, model: bytes, classes: int, threads: int | None = None) -> None:
        self._graph = Graph(model, threads)
        self._classes = classes
        if self._graph.inputs != {PIXELS: "tensor(uint8)"}:
            raise unusable("inputs")
        if not {PROBABILITIES, OUTSIDE} <= set(self._graph.outputs):
            raise unusable("outputs")

    @property
    def has_heatmap(self) -> bool:
        """Whether the model can show where it looked."""
        return HEATMAP in self._graph.outputs

    def run(self, pixels: Pixels, *, heatmap: bool = False) -> Seen:
        """Look at one image [height, width, 3]. A heatmap is calculated only when it is asked for."""
        wanted = [PROBABILITIES, OUTSIDE, *([HEATMAP] if heatmap and self.has_heatmap else [])]
        found = self._graph.run(wanted, {PIXELS: pixels[None]})
        probabilities, outside, *maps = (np.asarray(each, dtype=np.float32) for each in found)
        if probabilities.shape != (1, self._classes) or outside.size != 1:
            raise failed(f"shapes {probabilities.shape}, {outside.shape}")
        if maps and (maps[0].ndim != 3 or len(maps[0]) != 1):
            raise failed(f"shape {maps[0].shape}")
        return Seen(probabilities[0], float(outside.reshape(-1)[0]), maps[0][0] if maps else None)
