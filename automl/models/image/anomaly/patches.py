"""Remembers what the places of good parts look like; what is far from all of it is unusual (PatchCore, Roth et al. 2022)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.domain.issues import Parameter
from automl.domain.result import InWords
from automl.domain.task import Family, TaskKind
from automl.graph.builder import GraphBuilder
from automl.models.base import Answers, Care, Parameters, Shape
from automl.models.image.base import EmittedImageModel, FittedImageModel, Maps, TrainingView
from automl.models.image.filter_features import RESOLUTIONS, filter_map_graph
from automl.models.image.map_network import IMAGES_AT_ONCE, Floats, emit_most_telling, most_telling
from automl.models.image.weights_at_hand import NO_WEIGHTS, WEIGHTS, WeightsAtHand, architecture_of
from automl.models.space import Choice, Dimension, Whole
from automl.models.words import Switch, Wording, compare, describe

FEWEST_IMAGES = 5
MOST_IMAGES = 8_000
PLACES_LOOKED_AT = 100_000
PLACES_TO_CHOOSE_FROM = 6_000
MOST_DIRECTIONS = 128
_FLOOR = 1e-4

WORDINGS = (Wording("remembered", "short_memory", 750, "long_memory", 1900, "shorter_memory", "longer_memory"),)
SWITCHES = (Switch("resolution", 160, "coarse_view"), Switch("resolution", 320, "fine_view"))


@dataclass(frozen=True, eq=False)
class PatchModel:
    """`remembered` [m, W] are places of good parts; `centre` [C] and `matrix` [C, W] whiten what `graph` says of a place.

    The score of a place is its mean squared distance to the nearest of them, that of an image the mean of its `most` largest.
    """

    centre: Floats
    matrix: Floats
    remembered: Floats
    graph: bytes
    most: int

    def logits(self, view: TrainingView) -> Answers:
        """The score [n, 1]."""
        heat = self.heatmap(view)
        return most_telling(heat.reshape(len(heat), 1, -1), self.most).astype(np.float64)

    def heatmap(self, view: TrainingView) -> Maps:
        """How far every place is from all that is remembered."""
        maps = view.maps(self.graph)
        parts = np.array_split(maps, max(1, -(-len(maps) // IMAGES_AT_ONCE)))
        return np.concatenate([self._distances(part) for part in parts])

    def emit(self, graph: GraphBuilder, pixels: str) -> EmittedImageModel:
        """Add the maps, the whitening and the search for the nearest."""
        maps = graph.merge(self.graph, {"pixels": pixels})["map"]
        offsets = -self.centre @ self.matrix
        kernel = graph.constant(np.ascontiguousarray(self.matrix.T)[:, :, None, None])
        white = graph.node("Conv", [maps, kernel, graph.constant(offsets, np.float32)])
        channel = graph.constant([1], np.int64)
        lengths = graph.node("ReduceSumSquare", [white, channel], keepdims=0)
        kernel = graph.constant(-2 * self.remembered[:, :, None, None])
        squares = graph.constant(np.square(self.remembered).sum(axis=1))
        nearest = graph.node("ReduceMin", [graph.node("Conv", [white, kernel, squares]), channel], keepdims=0)
        distances = graph.node("Relu", [graph.node("Add", [nearest, lengths])])
        heat = graph.node("Mul", [distances, graph.constant(np.float32(1 / self.remembered.shape[1]))])
        score = emit_most_telling(graph, graph.node("Unsqueeze", [heat, channel]), self.most)
        return EmittedImageModel(score, heat)

    def _distances(self, maps: Maps) -> Floats:
        count, channels, high, wide = maps.shape
        flat = maps.transpose(0, 2, 3, 1).reshape(-1, channels)
        white = flat @ self.matrix - self.centre @ self.matrix
        nearest = np.empty(len(white), dtype=np.float32)
        squares = np.square(self.remembered).sum(axis=1)
        for start in range(0, len(white), high * wide):
            part = white[start : start + high * wide]
            near = (squares - 2 * part @ self.remembered.T).min(axis=1)
            nearest[start : start + high * wide] = near + np.square(part).sum(axis=1)
        return np.asarray(np.maximum(nearest, 0).reshape(count, high, wide) / white.shape[1], dtype=np.float32)


@dataclass(frozen=True)
class Patches:
    """A memory of good places: nothing to learn in steps, ready at once."""

    weights: WeightsAtHand = NO_WEIGHTS

    family = Family.PATCHES
    simplicity = 3

    def suits(self, shape: Shape) -> bool:
        """Five good images at least."""
        return shape.task is TaskKind.ANOMALY and FEWEST_IMAGES <= shape.rows <= MOST_IMAGES

    def published(self, shape: Shape) -> tuple[Parameters, ...]:
        """As measured on tiles; networks with weights from elsewhere first, where there are any."""
        del shape
        usual: dict[str, Parameter] = {"resolution": 224, "remembered": 1500, "most": 8}
        on_weights = [{**usual, WEIGHTS: name} for name in self.weights.names()]
        return (*on_weights, usual, {**usual, "resolution": 320, "most": 16})

    def space(self, shape: Shape) -> tuple[Dimension, ...]:
        """How finely it looks, how much it remembers, how large a flaw is."""
        del shape
        return (
            *((Choice(WEIGHTS, ("", *self.weights.names())),) if self.weights.known else ()),
            Choice("resolution", RESOLUTIONS),
            Whole("remembered", 500, 2000, usual=1500, logarithmic=True),
            Whole("most", 1, 64, usual=8, logarithmic=True),
        )

    def feature_graphs(self, parameters: Parameters) -> tuple[bytes, ...]:
        """The maps."""
        return (self._graph(parameters),)

    def fit(self, view: TrainingView, parameters: Parameters, care: Care) -> FittedImageModel:
        """Whiten the places and remember some of them, as far apart as can be."""
        graph = self._graph(parameters)
        maps = view.maps(graph)
        care.check_stop()
        places = _some_places(maps, np.random.default_rng(care.seed))
        centre, matrix = whitening(places)
        white = np.asarray((places[:PLACES_TO_CHOOSE_FROM] - centre) @ matrix, dtype=np.float32)
        remembered = far_apart(white, int(parameters.get("remembered", 1500)), care)
        return PatchModel(centre, matrix, remembered, graph, int(parameters.get("most", 8)))

    def words(self, parameters: Parameters) -> tuple[InWords, ...]:
        """For example: on ResNet-18, a fine view."""
        on = [InWords("backbone.on", {"name": architecture_of(parameters)})] if parameters.get(WEIGHTS) else []
        return (*on, *describe("patches", "usual_settings", WORDINGS, SWITCHES, parameters))

    def changes(self, before: Parameters, after: Parameters) -> tuple[InWords, ...]:
        """For example: a longer memory."""
        return compare("patches", WORDINGS, SWITCHES, before, after)

    def _graph(self, parameters: Parameters) -> bytes:
        if parameters.get(WEIGHTS):
            return self.weights.graph(parameters)
        return filter_map_graph(int(parameters.get("resolution", RESOLUTIONS[0])))


def whitening(places: NDArray[np.float32]) -> tuple[Floats, Floats]:
    """Centre [C] and matrix [C, W] after which all directions vary alike; those that vary most, what hardly varies stays small."""
    centre = places.mean(axis=0, dtype=np.float64)
    moved = places - centre
    covariance = moved.T @ moved / max(len(places) - 1, 1) + _FLOOR * np.eye(len(centre))
    variances, directions = np.linalg.eigh(covariance)
    kept = np.s_[-MOST_DIRECTIONS:]
    return centre.astype(np.float32), np.asarray(directions[:, kept] / np.sqrt(variances[kept]), dtype=np.float32)


def far_apart(places: Floats, count: int, care: Care) -> Floats:
    """So many of the places [n, C] that none of the others is far from all of them (greedy k-centre, Gonzalez 1985)."""
    squares = np.square(places).sum(axis=1)
    doubled = 2 * places
    chosen = [0]
    nearest = np.full(len(places), np.inf, dtype=np.float32)
    while len(chosen) < min(count, len(places)):
        if len(chosen) % 50 == 0:
            care.check_stop()
        last = chosen[-1]
        np.minimum(nearest, squares - doubled @ places[last] + squares[last], out=nearest)
        chosen.append(int(nearest.argmax()))
    return places[chosen]


def _some_places(maps: Maps, random: np.random.Generator) -> NDArray[np.float32]:
    """Places of all images, about as many of each, in no order."""
    count, channels, high, wide = maps.shape
    each = min(high * wide, max(1, PLACES_LOOKED_AT // count))
    flat = maps.reshape(count, channels, -1)
    chosen = [image[:, random.permutation(high * wide)[:each]].T for image in flat]
    return np.asarray(random.permutation(np.concatenate(chosen)), dtype=np.float32)
