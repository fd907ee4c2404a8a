"""Where heads on whole images find their reasons: places with what goes together with their belief.

Weights of a head do not tell: most of them cancel what numbers share (Haufe et al. 2014, "On the interpretation of weight
vectors of linear models"), and places found by them lie beside a flaw as often as on it. How the belief of the head, of any
kind, goes along with each number alone does tell. It is asked of waves only, whatever the head looks at: local patterns and
colours pointed no better than chance on many surfaces.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp

from automl.graph.builder import GraphBuilder
from automl.graph.image.resize import emit_resized_grey
from automl.graph.image.waves import emit_wave_places
from automl.models.base import Answers, Features
from automl.models.image.folding import Folding
from automl.models.image.heads import Floats, LinearHead

# Differences of logits beyond this are all the same certainty.
_SURE = 8.0
# How far apart the two likeliest classes of the usual image are made, whatever the scale of a head.
_USUAL_MARGIN = 5.0
_LEAST_VARIANCE = 1e-9


@dataclass(frozen=True, eq=False)
class Reasons:
    """How belief goes along with the summary of waves at `resolution`.

    Belief is `softmax(sharpness * logits) @ sides + offset`: with good classes one number, that a part is flawed; without
    any one a class, by how much it is likelier than chance. `directions` float32 [1 or K, D] say what goes along with each.
    """

    sharpness: float
    sides: Features
    offset: float
    directions: Features
    resolution: int

    def emit(self, graph: GraphBuilder, pixels: str, logits: str) -> str:
        """Add the heatmap [N, GRID, GRID]. A part believed to be good has no hot places.

        Without good classes all places that decide are hot: what speaks against a class is often the flaw of another.
        """
        sharp = graph.node("Mul", [logits, graph.constant(self.sharpness, np.float32)])
        likelier = graph.node(
            "MatMul", [graph.node("Softmax", [sharp], axis=1), graph.constant(self.sides, np.float32)]
        )
        belief = graph.node("Add", [likelier, graph.constant(self.offset, np.float32)])
        weights = graph.node("MatMul", [belief, graph.constant(self.directions, np.float32)])
        grey = emit_resized_grey(graph, pixels, self.resolution)
        places = emit_wave_places(graph, grey, self.resolution, weights)
        return places if len(self.directions) == 1 else graph.node("Abs", [places])


def find_reasons(waves: Features, folding: Folding, logits: Answers, good: tuple[int, ...], resolution: int) -> Reasons:
    """Learn from summaries of waves [n, D] and the logits [n, K] of a head for the same images."""
    classes = logits.shape[1]
    is_good = np.isin(np.arange(classes), good)
    with_good = bool(is_good.any() and not is_good.all())
    flawed = (~is_good).astype(np.float32)[:, None]
    return Reasons(
        sharpness=_sharpness(logits),
        sides=flawed if with_good else np.eye(classes, dtype=np.float32),
        offset=0.0 if with_good else -1 / classes,
        directions=_directions(waves, folding, _odds(logits, is_good) if with_good else _lead(logits)),
        resolution=resolution,
    )


def line_beside(features: Features, logits: Answers) -> LinearHead:
    """What a head that is no line says, told by every number alone: the mean of as many guesses, from [n, D] and [n, K]."""
    weights = _slopes(features, _lead(logits)).T / features.shape[1]
    return LinearHead(weights, logits.mean(axis=0) - features.mean(axis=0, dtype=np.float64) @ weights)


def _directions(waves: Features, folding: Folding, belief: Floats) -> Features:
    """The slope of belief [n, R] along each number alone, [R, D]."""
    return folding.unfold(_slopes(folding.apply(waves), belief), waves.shape[1]).astype(np.float32)


def _slopes(features: Features, belief: Floats) -> Floats:
    apart = features - features.mean(axis=0, dtype=np.float64)
    together = (belief - belief.mean(axis=0)).T @ apart / len(features)
    return np.asarray(together / np.maximum(np.square(apart).mean(axis=0), _LEAST_VARIANCE))


def _odds(logits: Answers, is_good: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    """Logarithm of the odds that a part is flawed, [n, 1]."""
    flawed, sound = (logsumexp(logits[:, side], axis=1, keepdims=True) for side in (~is_good, is_good))
    return np.asarray(np.clip(flawed - sound, -_SURE, _SURE))


def _lead(logits: Answers) -> Floats:
    """How far every class is ahead of the mean of all, [n, K]."""
    return np.asarray(np.clip(logits - logits.mean(axis=1, keepdims=True), -_SURE, _SURE))


def _sharpness(logits: Answers) -> float:
    """What brings logits of any scale to the same usual margin."""
    if logits.shape[1] < 2:
        return 1.0
    best = np.sort(logits, axis=1)
    margin = float(np.clip(best[:, -1] - best[:, -2], 0.0, 2 * _SURE).mean())
    return _USUAL_MARGIN / margin if margin > 0 else 1.0
