"""Remembers what the places of good parts look like; what is far from all of it is unusual (PatchCore, Roth et al. 2022)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.domain.result import InWords
from automl.domain.task import Family, TaskKind
from automl.graph.builder import GraphBuilder
from automl.models.base import Answers, Care, Parameters, Shape
from automl.models.image.base import EmittedImageModel, FittedImageModel, Maps, TrainingView
from automl.models.image.filter_features import RESOLUTIONS, filter_map_graph
from automl.models.image.map_network import IMAGES_AT_ONCE, Floats, emit_most_telling, most_telling
from automl.models.space import Choice, Dimension, Whole
from automl.models.words import Switch, Wording, compare, describe

FEWEST_IMAGES = 5
MOST_IMAGES = 8_000
PLACES_LOOKED_AT = 100_000
_FLOOR = 1e-4

WORDINGS = (Wording("remembered", "short_memory", 750, "long_memory", 1900, "shorter_memory", "longer_memory"),)
SWITCHES = (Switch("resolution", 160, "coarse_view"), Switch("resolution", 320, "fine_view"))


@dataclass(frozen=True, eq=False)
class PatchModel:
    """`remembered` [m, C] are places of good parts, whitened by `matrix` [C, C] and `centre` [C].

    The score of a place is its mean squared distance to the nearest of them, that of an image the mean of its `most` largest.
    """

    centre: Floats
    matrix: Floats
    remembered: Floats
    resolution: int
    most: int

    def logits(self, view: TrainingView) -> Answers:
        """The score [n, 1]."""
        heat = self.heatmap(view)
        return most_telling(heat.reshape(len(heat), 1, -1), self.most).astype(np.float64)

    def heatmap(self, view: TrainingView) -> Maps:
        """How far every place is from all that is remembered."""
        maps = view.maps(filter_map_graph(self.resolution))
        parts = np.array_split(maps, max(1, -(-len(maps) // IMAGES_AT_ONCE)))
        return np.concatenate([self._distances(part) for part in parts])

    def emit(self, graph: GraphBuilder, pixels: str) -> EmittedImageModel:
        """Add the maps, the whitening and the search for the nearest."""
        maps = graph.merge(filter_map_graph(self.resolution), {"pixels": pixels})["map"]
        offsets = -self.centre @ self.matrix
        kernel = graph.constant(np.ascontiguousarray(self.matrix.T)[:, :, None, None])
        white = graph.node("Conv", [maps, kernel, graph.constant(offsets, np.float32)])
        channel = graph.constant([1], np.int64)
        lengths = graph.node("ReduceSumSquare", [white, channel], keepdims=0)
        kernel = graph.constant(-2 * self.remembered[:, :, None, None])
        squares = graph.constant(np.square(self.remembered).sum(axis=1))
        nearest = graph.node("ReduceMin", [graph.node("Conv", [white, kernel, squares]), channel], keepdims=0)
        distances = graph.node("Relu", [graph.node("Add", [nearest, lengths])])
        heat = graph.node("Mul", [distances, graph.constant(np.float32(1 / len(self.centre)))])
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
        return np.asarray(np.maximum(nearest, 0).reshape(count, high, wide) / channels, dtype=np.float32)


class Patches:
    """A memory of good places: nothing to learn in steps, ready at once."""

    family = Family.PATCHES
    simplicity = 3

    def suits(self, shape: Shape) -> bool:
        """Five good images at least."""
        return shape.task is TaskKind.ANOMALY and FEWEST_IMAGES <= shape.rows <= MOST_IMAGES

    def published(self, shape: Shape) -> tuple[Parameters, ...]:
        """As measured on tiles."""
        del shape
        return {"resolution": 224, "remembered": 1500, "most": 8}, {"resolution": 320, "remembered": 1500, "most": 16}

    def space(self, shape: Shape) -> tuple[Dimension, ...]:
        """How finely it looks, how much it remembers, how large a flaw is."""
        del shape
        return (
            Choice("resolution", RESOLUTIONS),
            Whole("remembered", 500, 2000, usual=1500, logarithmic=True),
            Whole("most", 1, 64, usual=8, logarithmic=True),
        )

    def feature_graphs(self, parameters: Parameters) -> tuple[bytes, ...]:
        """The maps."""
        return (filter_map_graph(_resolution(parameters)),)

    def fit(self, view: TrainingView, parameters: Parameters, care: Care) -> FittedImageModel:
        """Whiten the places and remember some of them."""
        maps = view.maps(filter_map_graph(_resolution(parameters)))
        care.check_stop()
        random = np.random.default_rng(care.seed)
        places = _some_places(maps, random)
        centre, matrix = whitening(places)
        chosen = random.permutation(len(places))[: int(parameters.get("remembered", 1500))]
        remembered = np.asarray((places[chosen] - centre) @ matrix, dtype=np.float32)
        return PatchModel(centre, matrix, remembered, _resolution(parameters), int(parameters.get("most", 8)))

    def words(self, parameters: Parameters) -> tuple[InWords, ...]:
        """For example: a fine view."""
        return describe("patches", "usual_settings", WORDINGS, SWITCHES, parameters)

    def changes(self, before: Parameters, after: Parameters) -> tuple[InWords, ...]:
        """For example: a longer memory."""
        return compare("patches", WORDINGS, SWITCHES, before, after)


def whitening(places: NDArray[np.float32]) -> tuple[Floats, Floats]:
    """Centre [C] and matrix [C, C] after which all directions vary alike; what hardly varies at all stays small."""
    centre = places.mean(axis=0, dtype=np.float64)
    moved = places - centre
    covariance = moved.T @ moved / max(len(places) - 1, 1) + _FLOOR * np.eye(len(centre))
    variances, directions = np.linalg.eigh(covariance)
    return centre.astype(np.float32), np.asarray(directions / np.sqrt(variances), dtype=np.float32)


def _some_places(maps: Maps, random: np.random.Generator) -> NDArray[np.float32]:
    """Places of all images, about as many of each, in no order."""
    count, channels, high, wide = maps.shape
    each = min(high * wide, max(1, PLACES_LOOKED_AT // count))
    flat = maps.reshape(count, channels, -1)
    chosen = [image[:, random.permutation(high * wide)[:each]].T for image in flat]
    return np.asarray(random.permutation(np.concatenate(chosen)), dtype=np.float32)


def _resolution(parameters: Parameters) -> int:
    return int(parameters.get("resolution", RESOLUTIONS[0]))
