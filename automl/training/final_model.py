"""A model as it is delivered: encoders, members with weights, and the graph that computes the same."""

from dataclasses import dataclass

import numpy as np

from automl.data.table import Table
from automl.domain.task import TaskKind
from automl.graph.builder import GraphBuilder
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
    """The weighted mean of its members' answers; weights sum to one."""

    members: tuple[Member, ...]
    task: TaskKind
    outputs: int

    def predict(self, table: Table) -> Answers:
        """Probabilities [n, classes] or numbers [n], computed by the models themselves."""
        encoded = {id(member.encoder): member.encoder for member in self.members}
        features = {key: encoder.transform(table) for key, encoder in encoded.items()}
        answers = [member.weight * member.model.predict(features[id(member.encoder)]) for member in self.members]
        return np.asarray(np.sum(answers, axis=0), dtype=np.float64)

    def to_onnx(self) -> bytes:
        """The whole way from columns to answers as one graph."""
        graph = GraphBuilder()
        answers = [member.model.emit(graph, member.encoder.emit(graph)) for member in self.members]
        tensor = answers[0] if len(answers) == 1 else self._emit_mean(graph, answers)
        name = PREDICTION if self.task is TaskKind.REGRESSION else PROBABILITIES
        return graph.build({name: (tensor, self.outputs)})

    def _emit_mean(self, graph: GraphBuilder, answers: list[str]) -> str:
        weighted = [
            graph.node("Mul", [answer, graph.constant([member.weight], np.float32)])
            for answer, member in zip(answers, self.members, strict=True)
        ]
        return graph.node("Sum", weighted)
