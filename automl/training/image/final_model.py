"""An image model as it is delivered: members with weights, calibration, heatmap and gate in one graph from pixels."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from automl.graph.blend import emit_blend
from automl.graph.builder import GraphBuilder, Shape
from automl.graph.calibration import LogitScaling, Temperature
from automl.models.base import Answers
from automl.models.image.base import FittedImageModel, Maps, TrainingView
from automl.training.image.gate import Gate
from automl.training.image.heat import HeatScale

PROBABILITIES, HEATMAP, OUTSIDE = "probabilities", "heatmap", "outside"


@dataclass(frozen=True, eq=False)
class ImageMember:
    """One fitted model, how its logits become probabilities, and its share in the answer."""

    model: FittedImageModel
    scaling: LogitScaling
    weight: float = 1.0


@dataclass(frozen=True, eq=False)
class PlacedGate:
    """The gate with the feature graph it looks through."""

    gate: Gate
    graph: bytes


@dataclass(frozen=True, eq=False)
class FinalImageModel:
    """The weighted mean of its members' probabilities, calibrated; weights sum to one.

    The heatmap is that of the member `heat_of`, on its scale.
    """

    members: tuple[ImageMember, ...]
    classes: int
    gate: PlacedGate
    calibration: Temperature | None = None
    heat_of: int | None = None
    heat_scale: HeatScale | None = None

    def predict(self, view: TrainingView) -> Answers:
        """Probabilities [n, classes], computed by the models themselves."""
        parts = [member.weight * member.scaling.apply(member.model.logits(view)) for member in self.members]
        total = np.asarray(np.sum(parts, axis=0), dtype=np.float64)
        return total if self.calibration is None else self.calibration.apply(total)

    def outside(self, view: TrainingView) -> Answers:
        """How far images lie from those learned, 1 at the edge, [n]."""
        return self.gate.gate.distance(view.features(self.gate.graph))

    def heatmap(self, view: TrainingView) -> Maps | None:
        """Heatmaps between 0 and 1, [n, h, w]; None for a model that cannot say where it looked."""
        if self.heat_of is None or self.heat_scale is None:
            return None
        raw = self.members[self.heat_of].model.heatmap(view)
        return None if raw is None else self.heat_scale.apply(raw)

    def to_onnx(self) -> bytes:
        """The whole way from pixels to answers as one graph."""
        graph = GraphBuilder()
        pixels = graph.input_pixels()
        emitted = [member.model.emit(graph, pixels) for member in self.members]
        answers = [member.scaling.emit(graph, one.logits) for member, one in zip(self.members, emitted, strict=True)]
        weights = [member.weight for member in self.members]
        tensor = answers[0] if len(answers) == 1 else emit_blend(graph, answers, weights)
        if self.calibration is not None:
            tensor = self.calibration.emit(graph, tensor)
        outputs: dict[str, tuple[str, Shape]] = {PROBABILITIES: (tensor, self.classes)}
        heat = None if self.heat_of is None else emitted[self.heat_of].heatmap
        if heat is not None and self.heat_scale is not None:
            outputs[HEATMAP] = (self.heat_scale.emit(graph, heat), ("N", "h", "w"))
        features = graph.merge(self.gate.graph, {pixels: pixels})["features"]
        outputs[OUTSIDE] = (self.gate.gate.emit(graph, features), ("N",))
        return graph.build(_ordered(outputs))


def _ordered(outputs: Mapping[str, tuple[str, Shape]]) -> dict[str, tuple[str, Shape]]:
    return {name: outputs[name] for name in (PROBABILITIES, HEATMAP, OUTSIDE) if name in outputs}
