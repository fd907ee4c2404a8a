"""A network that looks at every place of an image and lets the most telling ones speak (multiple instances, Dietterich 1997).

It learns from the class of the whole image where in the image the reason lies.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.graph.builder import GraphBuilder
from automl.models.base import Answers
from automl.models.image.base import EmittedImageModel, Maps, TrainingView
from automl.models.image.class_heat import class_heat, emit_class_heat
from automl.models.image.filter_features import filter_map_graph
from automl.models.image.map_network import IMAGES_AT_ONCE, Floats, MapNetwork, Seen


@dataclass(frozen=True, eq=False)
class Member:
    """A network and the line from its summary to logits: weights [2 H + 1, K], offsets [K]."""

    network: MapNetwork
    weights: Floats
    offsets: Floats

    def place_weights(self) -> tuple[Floats, Floats]:
        """What a place says to each class if the whole image were like it: weights [H, K], offsets [K]."""
        width = len(self.network.flaw)
        flaw = self.weights[-1]
        weights = self.weights[:width] + self.weights[width:-1] + self.network.flaw[:, None] * flaw
        return weights, self.offsets + np.float32(self.network.flaw_offset) * flaw


@dataclass(frozen=True, eq=False)
class MultipleInstanceModel:
    """Networks of one form whose logits are averaged. `good` are the codes of classes that mean a good part."""

    members: tuple[Member, ...]
    resolution: int
    good: tuple[int, ...]

    def logits(self, view: TrainingView) -> Answers:
        """Logits [n, K]."""
        return self._in_parts(view, lambda seen: np.mean([_logits(*pair) for pair in seen], axis=0)).astype(np.float64)

    def heatmap(self, view: TrainingView) -> Maps:
        """How much every place speaks against a good part, or for the class that is answered where no class is good."""
        return self._in_parts(view, self._heat)

    def emit(self, graph: GraphBuilder, pixels: str) -> EmittedImageModel:
        """Add the maps, every network, the mean of their logits and what the places say."""
        maps = graph.merge(filter_map_graph(self.resolution), {"pixels": pixels})["map"]
        logits, said = [], []
        for member in self.members:
            places, _, summary = member.network.emit(graph, maps)
            logits.append(graph.node("Gemm", [summary, graph.constant(member.weights), graph.constant(member.offsets)]))
            weights, offsets = member.place_weights()
            kernel = graph.constant(np.ascontiguousarray(weights.T[:, :, None, None]))
            said.append(graph.node("Conv", [places, kernel, graph.constant(offsets)]))
        mean = graph.node("Mean", logits)
        classes = len(self.members[0].offsets)
        return EmittedImageModel(mean, emit_class_heat(graph, mean, graph.node("Mean", said), classes, self.good))

    def _in_parts(
        self, view: TrainingView, say: Callable[[list[tuple[Member, Seen]]], NDArray[np.floating]]
    ) -> NDArray[np.float32]:
        maps = view.maps(filter_map_graph(self.resolution))
        parts = np.array_split(maps, max(1, -(-len(maps) // IMAGES_AT_ONCE)))
        said = [say([(member, member.network.see(part)) for member in self.members]) for part in parts]
        return np.concatenate(said).astype(np.float32)

    def _heat(self, seen: list[tuple[Member, Seen]]) -> Floats:
        logits = np.mean([_logits(*pair) for pair in seen], axis=0)
        return class_heat(logits, np.mean([_said(*pair) for pair in seen], axis=0), self.good)


def _logits(member: Member, seen: Seen) -> Floats:
    return np.asarray(member.network.summary(seen) @ member.weights + member.offsets, dtype=np.float32)


def _said(member: Member, seen: Seen) -> Floats:
    weights, offsets = member.place_weights()
    count, _, high, wide = seen.places.shape
    said = weights.T @ seen.places.reshape(count, len(weights), -1) + offsets[:, None]
    return np.asarray(said.reshape(count, -1, high, wide), dtype=np.float32)
