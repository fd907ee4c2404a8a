"""A network that imagines flaws on good parts and learns to find them; what it then finds elsewhere is unusual."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import numpy as np

from automl.domain.issues import Parameter
from automl.domain.result import InWords
from automl.domain.task import Family, TaskKind
from automl.graph.builder import GraphBuilder
from automl.models.base import Answers, Care, Parameters, Shape
from automl.models.image.base import EmittedImageModel, FittedImageModel, Maps, TrainingView
from automl.models.image.filter_features import RESOLUTIONS, filter_map_graph
from automl.models.image.map_network import IMAGES_AT_ONCE, MapNetwork, emit_most_telling, most_telling
from automl.models.space import Choice, Dimension, Real, Whole
from automl.models.words import Switch, Wording, compare, describe

FEWEST_IMAGES = 10
MOST_IMAGES = 8_000

WORDINGS = (
    Wording("learning_rate", "slow_learning", 0.0015, "fast_learning", 0.006, "slower_learning", "faster_learning"),
)
SWITCHES = (
    Switch("resolution", 160, "coarse_view"),
    Switch("resolution", 320, "fine_view"),
    Switch("orientations", "any", "any_orientation"),
    Switch("orientations", "", "upright"),
)


@dataclass(frozen=True, eq=False)
class SelfTaughtModel:
    """Networks that say how flawed every place looks. An image's score is the mean of its most flawed places."""

    networks: tuple[MapNetwork, ...]
    resolution: int

    def logits(self, view: TrainingView) -> Answers:
        """The score [n, 1]."""
        heat = self.heatmap(view)
        return most_telling(heat.reshape(len(heat), 1, -1), self._most).astype(np.float64)

    def heatmap(self, view: TrainingView) -> Maps:
        """How flawed every place looks."""
        maps = view.maps(filter_map_graph(self.resolution))
        parts = np.array_split(maps, max(1, -(-len(maps) // IMAGES_AT_ONCE)))
        said = [np.mean([network.see(part).flawed for network in self.networks], axis=0) for part in parts]
        return np.asarray(np.concatenate(said), dtype=np.float32)

    def emit(self, graph: GraphBuilder, pixels: str) -> EmittedImageModel:
        """Add the maps and the networks."""
        maps = graph.merge(filter_map_graph(self.resolution), {"pixels": pixels})["map"]
        heat = graph.node("Mean", [network.emit(graph, maps)[1] for network in self.networks])
        wide = graph.node("Unsqueeze", [heat, graph.constant([1], np.int64)])
        return EmittedImageModel(emit_most_telling(graph, wide, self._most), heat)

    @property
    def _most(self) -> int:
        return self.networks[0].most


class SelfTaught:
    """Learns from good images alone what does not belong there."""

    family = Family.SELF_TAUGHT
    simplicity = 2

    def suits(self, shape: Shape) -> bool:
        """Ten good images at least."""
        return shape.task is TaskKind.ANOMALY and FEWEST_IMAGES <= shape.rows <= MOST_IMAGES

    def published(self, shape: Shape) -> tuple[Parameters, ...]:
        """As measured on tiles."""
        del shape
        usual: dict[str, Parameter] = {"learning_rate": 0.003, "resolution": 224, "width": 32, "orientations": "mirror"}
        return {**usual, "networks": 1}, {**usual, "networks": 2, "resolution": 320}

    def space(self, shape: Shape) -> tuple[Dimension, ...]:
        """How finely it looks and how it learns."""
        del shape
        return (
            Choice("resolution", RESOLUTIONS),
            Real("learning_rate", 0.001, 0.01, usual=0.003, logarithmic=True),
            Choice("width", (32, 48)),
            Whole("networks", 1, 3, usual=1),
            Choice("orientations", ("mirror", "", "any")),
        )

    def feature_graphs(self, parameters: Parameters) -> tuple[bytes, ...]:
        """The maps."""
        return (filter_map_graph(int(parameters.get("resolution", RESOLUTIONS[0]))),)

    def fit(self, view: TrainingView, parameters: Parameters, care: Care) -> FittedImageModel:
        """Imagine flaws, then learn in steps, as many as time allows."""
        # torch takes seconds to load: only a run that reaches a network pays for it.
        learn: Callable[[TrainingView, Parameters, Care], SelfTaughtModel] = import_module(
            "automl.models.image.anomaly.self_taught_learning"
        ).learn_from_good
        return learn(view, parameters, care)

    def words(self, parameters: Parameters) -> tuple[InWords, ...]:
        """For example: a fine view."""
        return describe("self_taught", "usual_settings", WORDINGS, SWITCHES, parameters)

    def changes(self, before: Parameters, after: Parameters) -> tuple[InWords, ...]:
        """For example: a slower learning rate."""
        return compare("self_taught", WORDINGS, SWITCHES, before, after)
