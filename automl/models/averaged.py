"""The mean of several fits of one recipe that differ only in their random draws (Breiman 1996): steadier than each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from automl.graph.blend import emit_blend
from automl.graph.builder import GraphBuilder
from automl.models.base import Answers, Features, FittedModel


@dataclass(frozen=True)
class AveragedModel:
    """Some models of the same recipe; at least one."""

    models: tuple[FittedModel, ...]
    curve: tuple[float, ...] = ()

    @property
    def steps(self) -> int:
        """Steps of the first."""
        return self.models[0].steps

    def after(self, steps: int) -> "AveragedModel":
        """All of them as they were after so many steps."""
        return AveragedModel(tuple(model.after(steps) for model in self.models))

    def predict(self, features: Features) -> Answers:
        """The mean of their answers."""
        return np.asarray(np.mean([model.predict(features) for model in self.models], axis=0), dtype=np.float64)

    def emit(self, graph: GraphBuilder, features: str) -> str:
        """Add all of them and their mean."""
        answers = [model.emit(graph, features) for model in self.models]
        return emit_blend(graph, answers, [1.0] * len(answers))


def averaged(models: Sequence[FittedModel]) -> FittedModel:
    """The mean of models, or the only one."""
    return models[0] if len(models) == 1 else AveragedModel(tuple(models))
