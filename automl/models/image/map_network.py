"""A small network on maps as plain arrays: what it sees at every place, and what of that speaks for the whole image."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.graph.builder import GraphBuilder
from automl.models.image.base import Maps

Floats = NDArray[np.float32]

IMAGES_AT_ONCE = 64


@dataclass(frozen=True, eq=False)
class Seen:
    """What a network sees: `places` float32 [n, H, h, w], and how flawed every place looks to it, `flawed` [n, h, w]."""

    places: Floats
    flawed: Floats


@dataclass(frozen=True, eq=False)
class MapNetwork:
    """One layer on every place and how it differs from the whole image, one on its surroundings, one map of flaws.

    `look` [H, C] and `offsets` [H] weigh the maps of a place, `whole` [H, C] the means of the maps over the image, `around`
    [H, H, 3, 3] and `around_offsets` [H] the neighbours, `flaw` [H] and `flaw_offset` what was seen. The `most` most
    telling places speak for an image beside the mean of all.
    """

    look: Floats
    whole: Floats
    offsets: Floats
    around: Floats
    around_offsets: Floats
    flaw: Floats
    flaw_offset: float
    most: int

    def see(self, maps: Maps) -> Seen:
        """Look at maps [n, C, h, w]."""
        count, channels, high, wide = maps.shape
        flat = maps.reshape(count, channels, high * wide)
        near = self.look @ flat - (flat.mean(axis=2) @ self.whole.T - self.offsets)[:, :, None]
        near = np.maximum(near, 0.0).reshape(count, -1, high, wide)
        places = np.maximum(self._surroundings(near), 0.0) + near
        flawed = np.einsum("h,nhyx->nyx", self.flaw, places) + np.float32(self.flaw_offset)
        return Seen(places, flawed)

    def summary(self, seen: Seen) -> Floats:
        """What speaks for an image: means and most telling places of all that was seen, and of flaws: [n, 2 H + 1]."""
        places = seen.places.reshape(*seen.places.shape[:2], -1)
        flawed = seen.flawed.reshape(len(seen.flawed), 1, -1)
        parts = [places.mean(axis=2), most_telling(places, self.most), most_telling(flawed, self.most)]
        return np.concatenate(parts, axis=1)

    def emit(self, graph: GraphBuilder, maps: str) -> tuple[str, str, str]:
        """Add the network; returns the tensors of `places` [N, H, h, w], `flawed` [N, h, w] and the summary [N, 2 H + 1]."""
        kernel = graph.constant(self.look[:, :, None, None])
        near = graph.node("Conv", [maps, kernel, graph.constant(self.offsets)])
        axes = graph.constant([2, 3], np.int64)
        means = graph.node("ReduceMean", [maps, axes], keepdims=1)
        whole = graph.node("Conv", [means, graph.constant(self.whole[:, :, None, None])])
        near = graph.node("Relu", [graph.node("Sub", [near, whole])])
        inputs = [near, graph.constant(self.around), graph.constant(self.around_offsets)]
        places = graph.node("Add", [graph.node("Relu", [graph.node("Conv", inputs, pads=[1, 1, 1, 1])]), near])
        flaw = graph.constant(self.flaw[None, :, None, None])
        flawed = graph.node("Conv", [places, flaw, graph.constant([self.flaw_offset], np.float32)])
        means = graph.node("ReduceMean", [places, axes], keepdims=0)
        telling = [emit_most_telling(graph, tensor, self.most) for tensor in (places, flawed)]
        squeezed = graph.node("Squeeze", [flawed, graph.constant([1], np.int64)])
        return places, squeezed, graph.node("Concat", [means, *telling], axis=1)

    def _surroundings(self, near: Floats) -> Floats:
        count, _, high, wide = near.shape
        padded = np.pad(near, ((0, 0), (0, 0), (1, 1), (1, 1)))
        total = np.zeros((count, len(self.around), high * wide), dtype=np.float32)
        for row in range(3):
            for column in range(3):
                shifted = padded[:, :, row : row + high, column : column + wide].reshape(count, near.shape[1], -1)
                total += self.around[:, :, row, column] @ shifted
        return (total + self.around_offsets[:, None]).reshape(count, -1, high, wide)


def most_telling(values: Floats, most: int) -> Floats:
    """The mean of the `most` largest of [n, channels, places]: [n, channels]."""
    kept = min(most, values.shape[2])
    largest: Floats = np.partition(values, values.shape[2] - kept, axis=2)[:, :, -kept:]
    return np.asarray(largest.mean(axis=2), dtype=np.float32)


def emit_most_telling(graph: GraphBuilder, values: str, most: int) -> str:
    """The same of a tensor [N, channels, ...]."""
    flat = graph.node("Reshape", [values, graph.constant([0, 0, -1], np.int64)])
    places = graph.node("Slice", [graph.node("Shape", [flat]), *(graph.constant([end], np.int64) for end in (2, 3))])
    kept = graph.node("Min", [places, graph.constant([most], np.int64)])
    largest = graph.nodes("TopK", [flat, kept], 2, axis=2)[0]
    return graph.node("ReduceMean", [largest, graph.constant([2], np.int64)], keepdims=0)
