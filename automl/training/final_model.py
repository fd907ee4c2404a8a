"""A model as it is delivered: encoders, members with weights, and the graph that computes the same."""

from dataclasses import dataclass

import numpy as np

from automl.data.table import Table
from automl.domain.task import TaskKind
from automl.graph.blend import emit_blend
from automl.graph.builder import GraphBuilder
from automl.graph.calibration import Temperature
from automl.models.base import Answers, FittedModel
from automl.preprocessing.encoder import Encoder

PROBABILITIES, PREDICTION = "probabilities", "prediction"


@dataclass(frozen=True)
class Member:
    """One fitted model with the encoder of its features and its share in the answer."""

    encoder: Encoder
    model: FittedModel
    weight: float = 1.0


@dataclass(frozen=True)
class FinalModel:
    """The weighted mean of its members' answers, calibrated; weights sum to one."""

    members: tuple[Member, ...]
    task: TaskKind
    outputs: int
    calibration: Temperature | None = None

    @property
    def encoders(self) -> tuple[Encoder, ...]:
        """The encoders of its members, each once."""
        return tuple({id(member.encoder): member.encoder for member in self.members}.values())

    def predict(self, table: Table) -> Answers:
        """Probabilities [n, classes] or numbers [n], computed by the models themselves."""
        encoded = {id(member.encoder): member.encoder for member in self.members}
        features = {key: encoder.transform(table) for key, encoder in encoded.items()}
        answers = [member.weight * member.model.predict(features[id(member.encoder)]) for member in self.members]
        total = np.asarray(np.sum(answers, axis=0), dtype=np.float64)
        return total if self.calibration is None else self.calibration.apply(total)

    def to_onnx(self) -> bytes:
        """The whole way from columns to answers as one graph."""
        graph = GraphBuilder()
        answers = [member.model.emit(graph, member.encoder.emit(graph)) for member in self.members]
        weights = [member.weight for member in self.members]
        tensor = answers[0] if len(answers) == 1 else emit_blend(graph, answers, weights)
        if self.calibration is not None:
            tensor = self.calibration.emit(graph, tensor)
        name = PREDICTION if self.task is TaskKind.REGRESSION else PROBABILITIES
        return graph.build({name: (tensor, self.outputs)})
