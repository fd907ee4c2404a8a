"""Weights that a run can build on, as recipes name them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from automl.domain.weights import WeightsRecord
from automl.models.base import Parameters

RESOLUTIONS = (224, 320, 160)
WEIGHTS = "weights"


class Weights(Protocol):
    """Weights of a network that a project can build on."""

    @property
    def record(self) -> WeightsRecord:
        """What they are and where they come from."""
        ...

    def feature_graph(self, resolution: int) -> bytes:
        """The graph from pixels to `features` [N, D] and `map` [N, C, h, w]."""
        ...

    def network(self, resolution: int) -> Any:
        """The torch module with these weights, without a head."""
        ...


@dataclass(frozen=True)
class WeightsAtHand:
    """All weights a run can build on, known to recipes by name."""

    known: Sequence[Weights] = ()

    def names(self) -> tuple[str, ...]:
        """Names for recipes: the architecture and the beginning of the fingerprint."""
        return tuple(name_of(weights.record) for weights in self.known)

    def graph(self, parameters: Parameters) -> bytes:
        """The feature graph of the weights and the resolution in a recipe; KeyError for weights that are not at hand."""
        return self.named(parameters).feature_graph(int(parameters.get("resolution", RESOLUTIONS[0])))

    def record(self, parameters: Parameters) -> WeightsRecord:
        """What the weights in a recipe are; KeyError for weights that are not at hand."""
        return self.named(parameters).record

    def named(self, parameters: Parameters) -> Weights:
        """The weights in a recipe; KeyError for weights that are not at hand."""
        name = str(parameters[WEIGHTS])
        for weights in self.known:
            if name_of(weights.record) == name:
                return weights
        raise KeyError(name)


NO_WEIGHTS = WeightsAtHand()


def name_of(record: WeightsRecord) -> str:
    """How recipes call weights."""
    return f"{record.architecture}-{record.sha256[:8]}"


def architecture_of(parameters: Parameters) -> str:
    """The architecture of the weights in a recipe."""
    return str(parameters.get(WEIGHTS, "")).rpartition("-")[0]
