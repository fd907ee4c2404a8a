"""A network that looks at every place of an image and lets the most telling ones speak (multiple instances, Dietterich 1997).

It learns from the class of the whole image where in the image the reason lies.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from automl.domain.issues import Parameter
from automl.domain.result import InWords
from automl.domain.task import Family, TaskKind
from automl.graph.builder import GraphBuilder
from automl.models.base import Answers, Care, Parameters, Shape
from automl.models.image.base import EmittedImageModel, FittedImageModel, Maps, TrainingView
from automl.models.image.class_heat import class_heat, emit_class_heat
from automl.models.image.filter_features import RESOLUTIONS, filter_map_graph
from automl.models.image.map_network import IMAGES_AT_ONCE, Floats, MapNetwork, Seen
from automl.models.space import Choice, Dimension, Real, Whole
from automl.models.words import Switch, Wording, compare, describe

FEWEST_IMAGES = 20
MOST_IMAGES = 8_000

WORDINGS = (
    Wording("learning_rate", "slow_learning", 0.0015, "fast_learning", 0.006, "slower_learning", "faster_learning"),
    Wording("dropout", "", -1.0, "dropout", 0.3, "less_dropout", "more_dropout"),
    Wording("augmentation", "", -1.0, "variations", 0.2, "fewer_variations", "more_variations"),
)
SWITCHES = (
    Switch("resolution", 160, "coarse_view"),
    Switch("resolution", 320, "fine_view"),
    Switch("imagined_flaws", True, "imagined_flaws"),
    Switch("orientations", "any", "any_orientation"),
    Switch("orientations", "", "upright"),
)


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


class MultipleInstance:
    """The network for images that needs no weights from elsewhere; slower to learn than heads on descriptors."""

    family = Family.IMAGE_NETWORK
    simplicity = 1

    def suits(self, shape: Shape) -> bool:
        """Twenty images at least; maps of more than eight thousand do not fit into the memory of a usual computer."""
        return shape.task is not TaskKind.ANOMALY and FEWEST_IMAGES <= shape.rows <= MOST_IMAGES

    def published(self, shape: Shape) -> tuple[Parameters, ...]:
        """As measured on tiles and steel, with and without imagined flaws."""
        usual: dict[str, Parameter] = {
            "learning_rate": 0.003,
            "resolution": 224,
            "width": 32,
            "dropout": 0.2,
            "networks": 1,
        }
        usual |= {"orientations": "mirror", "augmentation": 0.0, "imagined_flaws": shape.task is TaskKind.BINARY}
        return usual, {**usual, "imagined_flaws": not usual["imagined_flaws"], "networks": 2}

    def space(self, shape: Shape) -> tuple[Dimension, ...]:
        """How finely it looks, how it is held back, which variations it is shown."""
        del shape
        return (
            Choice("resolution", RESOLUTIONS),
            Real("learning_rate", 0.001, 0.01, usual=0.003, logarithmic=True),
            Real("dropout", 0.0, 0.5, usual=0.2),
            Choice("width", (32, 16)),
            Whole("networks", 1, 3, usual=1),
            Choice("orientations", ("mirror", "", "any")),
            Real("augmentation", 0.0, 1.0, usual=0.0),
            Choice("imagined_flaws", (True, False)),
        )

    def feature_graphs(self, parameters: Parameters) -> tuple[bytes, ...]:
        """The maps."""
        return (filter_map_graph(int(parameters.get("resolution", RESOLUTIONS[0]))),)

    def fit(self, view: TrainingView, parameters: Parameters, care: Care) -> FittedImageModel:
        """Learn in steps, as many as time allows."""
        # torch takes seconds to load: only a run that reaches a network pays for it.
        learn: Callable[[TrainingView, Parameters, Care], MultipleInstanceModel] = import_module(
            "automl.models.image.multiple_instance_learning"
        ).learn_multiple_instance
        return learn(view, parameters, care)

    def words(self, parameters: Parameters) -> tuple[InWords, ...]:
        """For example: a fine view, imagined flaws."""
        return describe("image_network", "usual_settings", WORDINGS, SWITCHES, parameters)

    def changes(self, before: Parameters, after: Parameters) -> tuple[InWords, ...]:
        """For example: more dropout."""
        return compare("image_network", WORDINGS, SWITCHES, before, after)


def _logits(member: Member, seen: Seen) -> Floats:
    return np.asarray(member.network.summary(seen) @ member.weights + member.offsets, dtype=np.float32)


def _said(member: Member, seen: Seen) -> Floats:
    weights, offsets = member.place_weights()
    count, _, high, wide = seen.places.shape
    said = weights.T @ seen.places.reshape(count, len(weights), -1) + offsets[:, None]
    return np.asarray(said.reshape(count, -1, high, wide), dtype=np.float32)
