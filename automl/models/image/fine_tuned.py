"""A network with weights from elsewhere that went on learning on these images."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from automl.graph.builder import GraphBuilder
from automl.graph.image.resize import emit_resized
from automl.models.base import Answers
from automl.models.image.base import EmittedImageModel, Maps, Pixels, TrainingView
from automl.models.image.class_heat import class_heat, emit_class_heat

LOGITS, SAID = "logits", "said"


@dataclass(frozen=True)
class Opinions:
    """What a network says of some images: `logits` [n, K], and what every place says to each class, `said` [n, K, h, w]."""

    logits: NDArray[np.float32]
    said: NDArray[np.float32]


class TunedNetwork(Protocol):
    """A network that has learned, wherever it lies."""

    def opinions(self, pixels: Pixels) -> Opinions:
        """Look at images of its own size, uint8 [n, side, side, 3]."""
        ...

    def as_graph(self) -> bytes:
        """The same as ONNX: `images` float32 [N, 3, side, side] of 0 to 1 to `logits` and `said`."""
        ...


@dataclass(frozen=True, eq=False)
class FineTunedModel:
    """A tuned network, the side of its images in pixels, and the codes of classes that mean a good part."""

    network: TunedNetwork
    side: int
    classes: int
    good: tuple[int, ...]

    def logits(self, view: TrainingView) -> Answers:
        """Logits [n, K]."""
        return self.network.opinions(view.pixels(self.side)).logits.astype(np.float64)

    def heatmap(self, view: TrainingView) -> Maps:
        """How much every place speaks against a good part, or for the class that is answered where no class is good."""
        opinions = self.network.opinions(view.pixels(self.side))
        return class_heat(opinions.logits, opinions.said, self.good)

    def emit(self, graph: GraphBuilder, pixels: str) -> EmittedImageModel:
        """Add the network behind a Resize to whole grey levels: those it has learned on."""
        resized = emit_resized(graph, pixels, self.side)
        levels = graph.node("Round", [graph.node("Mul", [resized, graph.constant(np.float32(255))])])
        images = graph.node("Mul", [levels, graph.constant(np.float32(1 / 255))])
        outputs = graph.merge(self.network.as_graph(), {"images": images})
        heat = emit_class_heat(graph, outputs[LOGITS], outputs[SAID], self.classes, self.good)
        return EmittedImageModel(outputs[LOGITS], heat)
