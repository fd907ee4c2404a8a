"""Maps of what an image shows at every place: how strong edges, lines and spots of each size and direction are there.

Four octaves of the modulus of Morlet wavelets (Mallat 2012, first order) and of differences of Gaussians, each as the mean
and as the largest value of a cell of 8 x 8 pixels. The image is divided by its mean first, so exposure does not count.
"""

import numpy as np
import numpy.typing as npt

from automl.graph.builder import GraphBuilder
from automl.graph.image.resize import LUMA
from automl.graph.image.wavelets import (
    DIRECTIONS,
    emit_blurred,
    emit_even_exposure,
    emit_log,
    emit_pooled,
    emit_wave_strengths,
)

CELL = 8
OCTAVES = 4
MAPS_AN_OCTAVE = DIRECTIONS + 2
# Mean and largest value of the three finer octaves, the coarsest as it is, its grey value, and two of colour.
MAP_COUNT = (2 * OCTAVES - 1) * MAPS_AN_OCTAVE + 3

_FINE, _WIDE = 1.0, 2.0


def emit_filter_maps(graph: GraphBuilder, planes: str) -> str:
    """Return the maps [N, MAP_COUNT, r / 8, r / 8] of float32 RGB planes [N, 3, r, r]; r is a multiple of 8.

    Octave by octave: means of all directions and of brighter and darker spots, then the largest values of the same.
    """
    even = emit_even_exposure(graph, planes)
    grey, colours = _emit_grey_and_colours(graph, even)
    maps: list[str] = []
    for octave in range(OCTAVES):
        fine, wide = (emit_blurred(graph, grey, sigma) for sigma in (_FINE, _WIDE))
        strengths = graph.node("Concat", [emit_wave_strengths(graph, grey), *_emit_spots(graph, fine, wide)], axis=1)
        cell = CELL >> octave
        if cell > 1:
            maps += [emit_log(graph, emit_pooled(graph, op, strengths, cell)) for op in ("AveragePool", "MaxPool")]
            grey = emit_pooled(graph, "AveragePool", fine, 2)
        else:
            maps += [emit_log(graph, strengths), emit_log(graph, wide)]
    return graph.node("Concat", [*maps, emit_pooled(graph, "AveragePool", colours, CELL)], axis=1)


def mirrored_maps() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """For every map, which one takes its place when the image is mirrored, and when it is turned by a quarter."""
    directions = np.arange(DIRECTIONS)
    return _reordered(-directions % DIRECTIONS), _reordered((directions + DIRECTIONS // 2) % DIRECTIONS)


def _reordered(directions: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    order = np.arange(MAP_COUNT)
    for block in range(2 * OCTAVES - 1):
        start = block * MAPS_AN_OCTAVE
        order[start : start + DIRECTIONS] = start + directions
    return order


def _emit_grey_and_colours(graph: GraphBuilder, planes: str) -> tuple[str, str]:
    """Grey values [N, 1, r, r], and how much redder and bluer than grey [N, 2, r, r]: exactly nothing in a grey image."""
    red, green, blue = graph.nodes("Split", [planes], 3, axis=1, num_outputs=3)
    weights = graph.constant(np.reshape(LUMA, (1, 3, 1, 1)), np.float32)
    colours = [graph.node("Sub", [red, green]), graph.node("Sub", [blue, green])]
    return graph.node("Conv", [planes, weights]), graph.node("Concat", colours, axis=1)


def _emit_spots(graph: GraphBuilder, fine: str, wide: str) -> tuple[str, str]:
    difference = graph.node("Sub", [fine, wide])
    return graph.node("Relu", [difference]), graph.node("Relu", [graph.node("Neg", [difference])])
