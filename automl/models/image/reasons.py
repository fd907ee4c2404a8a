"""Where heads on whole images find their reasons: places with what goes together with their belief.

Weights of a head do not tell: most of them cancel what numbers share (Haufe et al. 2014, "On the interpretation of weight
vectors of linear models"), and places found by them lie beside the flaws as often as on them. How the belief of the head, of
any kind, goes along with each number alone does tell. It is asked of waves only, whatever the head looks at: local patterns
and colours pointed no better than chance on most surfaces.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp

from automl.graph.builder import GraphBuilder
from automl.graph.image.resize import emit_resized_grey
from automl.graph.image.waves import emit_wave_places
from automl.models.base import Answers, Features
from automl.models.image.folding import Folding
from automl.models.image.heads import Floats

# Differences of logits beyond this are all the same certainty.
_SURE = 8.0
_LEAST_VARIANCE = 1e-9


@dataclass(frozen=True, eq=False)
class Reasons:
    """How belief goes along with the summary of waves at `resolution`: float32 [1, D] where there are good classes: the belief
    that a part is flawed. [K, D] where there are none: that in every class."""

    directions: Features
    resolution: int

    @property
    def depend_on_the_answer(self) -> bool:
        """Whether another class has other reasons."""
        return len(self.directions) > 1

    def emit(self, graph: GraphBuilder, pixels: str, logits: str | None) -> str:
        """Add the heatmap [N, GRID, GRID]; where reasons depend on the answer, for likelier classes more than for others."""
        weights = graph.constant(self.directions)
        if self.depend_on_the_answer:
            if logits is None:
                raise ValueError("these reasons depend on the answer")
            shares = graph.node("Softmax", [logits], axis=1)
            usual = graph.constant(np.float32(1 / len(self.directions)))
            weights = graph.node("MatMul", [graph.node("Sub", [shares, usual]), weights])
        grey = emit_resized_grey(graph, pixels, self.resolution)
        return emit_wave_places(graph, grey, self.resolution, weights)


def find_reasons(waves: Features, folding: Folding, logits: Answers, good: tuple[int, ...], resolution: int) -> Reasons:
    """Learn from summaries of waves [n, D] and the logits [n, K] of a head for the same images."""
    folded = folding.apply(waves).astype(np.float64)
    apart = folded - folded.mean(axis=0)
    belief = _belief(logits, good)
    together = (belief - belief.mean(axis=0)).T @ apart / len(folded)
    slopes = together / np.maximum(np.square(apart).mean(axis=0), _LEAST_VARIANCE)
    return Reasons(folding.unfold(slopes, waves.shape[1]).astype(np.float32), resolution)


def _belief(logits: Answers, good: tuple[int, ...]) -> Floats:
    """That a part is flawed, [n, 1], or without good classes that in every class, [n, K], each against the mean of all."""
    is_good = np.isin(np.arange(logits.shape[1]), good)
    if not is_good.any() or is_good.all():
        return np.asarray(np.clip(logits - logits.mean(axis=1, keepdims=True), -_SURE, _SURE))
    flawed, sound = (logsumexp(logits[:, side], axis=1, keepdims=True) for side in (~is_good, is_good))
    return np.asarray(np.clip(flawed - sound, -_SURE, _SURE))
