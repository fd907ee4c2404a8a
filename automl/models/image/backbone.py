"""Heads on what a network with weights from elsewhere says of images; the network itself stays as it is."""

from dataclasses import dataclass

import numpy as np
import onnx

from automl.domain.issues import Parameter
from automl.domain.result import InWords
from automl.domain.task import Family, TaskKind
from automl.graph.builder import GraphBuilder
from automl.models.base import Answers, Care, Parameters, Shape
from automl.models.image.base import EmittedImageModel, FittedImageModel, Maps, TrainingView
from automl.models.image.class_heat import class_heat, emit_class_heat
from automl.models.image.classical_heads import HeadKind, fit_head
from automl.models.image.feature_session import FEATURES, MAP
from automl.models.image.heads import Head, LinearHead
from automl.models.image.map_network import Floats
from automl.models.image.reasons import line_beside
from automl.models.image.weights_at_hand import NO_WEIGHTS, RESOLUTIONS, WEIGHTS, WeightsAtHand, architecture_of
from automl.models.space import Choice, Dimension, Real
from automl.models.words import Switch, Wording, compare, describe

FEWEST_IMAGES = 4
WORDINGS = (
    Wording("restraint", "light_smoothing", 0.2, "strong_smoothing", 0.8, "less_smoothing", "more_smoothing", 1.5),
)
SWITCHES = (
    Switch("head", HeadKind.KERNEL, "kernel"),
    Switch("head", HeadKind.LOGISTIC, "logistic"),
    Switch("resolution", 320, "fine_view"),
    Switch("resolution", 160, "coarse_view"),
)


@dataclass(frozen=True, eq=False)
class BackboneModel:
    """A head on the features of `graph`, the line that says what places mean to it, and the codes that mean a good part."""

    graph: bytes
    head: Head
    line: LinearHead
    good: tuple[int, ...]

    def logits(self, view: TrainingView) -> Answers:
        """Belief in every class, [n, K]."""
        return self.head.logits(view.features(self.graph))

    def heatmap(self, view: TrainingView) -> Maps:
        """Where the head finds its reasons in the finer maps of the network."""
        maps = view.maps(self.graph)
        weights, offsets = self._place_weights(maps.shape[1])
        said = np.einsum("ck,ncyx->nkyx", weights, maps) + offsets[:, None, None]
        return class_heat(self.logits(view).astype(np.float32), said, self.good)

    def emit(self, graph: GraphBuilder, pixels: str) -> EmittedImageModel:
        """Add network and head."""
        outputs = graph.merge(self.graph, {"pixels": pixels})
        logits = self.head.emit(graph, outputs[FEATURES])
        weights, offsets = self._place_weights(map_channels(self.graph))
        kernel = graph.constant(np.ascontiguousarray(weights.T)[:, :, None, None])
        said = graph.node("Conv", [outputs[MAP], kernel, graph.constant(offsets)])
        return EmittedImageModel(logits, emit_class_heat(graph, logits, said, len(offsets), self.good))

    def _place_weights(self, channels: int) -> tuple[Floats, Floats]:
        """What the maps of a place say to each class: the first features are the means of the maps."""
        return self.line.weights[:channels].astype(np.float32), self.line.offsets.astype(np.float32)


@dataclass(frozen=True)
class Backbone:
    """The way to use weights from elsewhere that needs few images and little time."""

    weights: WeightsAtHand = NO_WEIGHTS

    family = Family.BACKBONE
    simplicity = 2

    def suits(self, shape: Shape) -> bool:
        """Wherever there are weights."""
        return shape.task is not TaskKind.ANOMALY and shape.rows >= FEWEST_IMAGES and bool(self.weights.known)

    def published(self, shape: Shape) -> tuple[Parameters, ...]:
        """Linear heads on every network there is."""
        del shape
        return tuple(
            _recipe(name, head) for head in (HeadKind.DISCRIMINANT, HeadKind.LOGISTIC) for name in self.weights.names()
        )

    def space(self, shape: Shape) -> tuple[Dimension, ...]:
        """Which network, how finely it looks, which head learns with how much restraint."""
        del shape
        if not self.weights.known:
            return ()
        return (
            Choice(WEIGHTS, self.weights.names()),
            Choice("resolution", RESOLUTIONS),
            Choice("head", (HeadKind.DISCRIMINANT.value, HeadKind.LOGISTIC.value, HeadKind.KERNEL.value)),
            Real("restraint", 0.0, 1.0, usual=0.5),
            Choice("balanced", (False, True)),
            Real("reach", 0.5, 10.0, usual=1.0, logarithmic=True),
        )

    def feature_graphs(self, parameters: Parameters) -> tuple[bytes, ...]:
        """The network."""
        return (self.weights.graph(parameters),)

    def fit(self, view: TrainingView, parameters: Parameters, care: Care) -> FittedImageModel:
        """Describe the images, fit the head."""
        graph = self.weights.graph(parameters)
        features = view.features(graph)
        care.check_stop()
        head = fit_head(features, view.target, len(view.classes), parameters, care)
        line = head if isinstance(head, LinearHead) else line_beside(features, head.logits(features))
        return BackboneModel(graph, head, line, view.good)

    def words(self, parameters: Parameters) -> tuple[InWords, ...]:
        """For example: on MobileNetV4, softmax regression."""
        on = InWords("backbone.on", {"name": architecture_of(parameters)})
        return (on, *describe("backbone", "usual_settings", WORDINGS, SWITCHES, parameters))

    def changes(self, before: Parameters, after: Parameters) -> tuple[InWords, ...]:
        """For example: more smoothing."""
        changes = compare("backbone", WORDINGS, SWITCHES, before, after)
        if before.get(WEIGHTS) == after.get(WEIGHTS):
            return changes
        return (InWords("backbone.on", {"name": architecture_of(after)}), *changes)


def map_channels(graph: bytes) -> int:
    """How many maps a feature graph gives."""
    outputs = onnx.load_model_from_string(graph).graph.output
    return next(int(each.type.tensor_type.shape.dim[1].dim_value) for each in outputs if each.name == MAP)


def _recipe(name: str, head: HeadKind) -> dict[str, Parameter]:
    return {WEIGHTS: name, "resolution": RESOLUTIONS[0], "head": head.value, "restraint": 0.5, "balanced": False}
