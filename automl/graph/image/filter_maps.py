"""Maps of what an image shows at every place: how strong edges, lines and spots of each size and direction are there.

Four octaves of the modulus of Morlet wavelets (Mallat 2012, first order) and of differences of Gaussians, each as the mean
and as the largest value of a cell of 8 x 8 pixels. The image is divided by its mean first, so exposure does not count.
"""

import math

import numpy as np
import numpy.typing as npt

from automl.graph.builder import GraphBuilder

CELL = 8
OCTAVES = 4
DIRECTIONS = 6
MAPS_AN_OCTAVE = DIRECTIONS + 2
# Mean and largest value of the three finer octaves, the coarsest as it is, its grey value, and two of colour.
MAP_COUNT = (2 * OCTAVES - 1) * MAPS_AN_OCTAVE + 3

Kernels = npt.NDArray[np.float32]

_LUMA = (0.299, 0.587, 0.114)
_WAVE_RADIUS = 4
_WAVE_NUMBER = 0.75 * 0.75 * math.pi
_SLIMNESS = 0.6
_FINE, _WIDE = 1.0, 2.0
_DARK = 0.02
_FAINT = 1e-3


def emit_filter_maps(graph: GraphBuilder, planes: str) -> str:
    """Return the maps [N, MAP_COUNT, r / 8, r / 8] of float32 RGB planes [N, 3, r, r]; r is a multiple of 8.

    Octave by octave: means of all directions and of brighter and darker spots, then the largest values of the same.
    """
    even = _emit_even_exposure(graph, planes)
    grey, colours = _emit_grey_and_colours(graph, even)
    maps: list[str] = []
    for octave in range(OCTAVES):
        fine, wide = (_emit_blurred(graph, grey, sigma) for sigma in (_FINE, _WIDE))
        strengths = graph.node("Concat", [_emit_wave_strengths(graph, grey), *_emit_spots(graph, fine, wide)], axis=1)
        cell = CELL >> octave
        if cell > 1:
            maps += [_emit_log(graph, _emit_pooled(graph, op, strengths, cell)) for op in ("AveragePool", "MaxPool")]
            grey = _emit_pooled(graph, "AveragePool", fine, 2)
        else:
            maps += [_emit_log(graph, strengths), _emit_log(graph, wide)]
    return graph.node("Concat", [*maps, _emit_pooled(graph, "AveragePool", colours, CELL)], axis=1)


def mirrored_maps() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """For every map, which one takes its place when the image is mirrored, and when it is turned by a quarter."""
    directions = np.arange(DIRECTIONS)
    return _reordered(-directions % DIRECTIONS), _reordered((directions + DIRECTIONS // 2) % DIRECTIONS)


def wave_kernels() -> Kernels:
    """Complex Morlet wavelets of all directions, real and imaginary parts in turn: float32 [2 x DIRECTIONS, 1, 9, 9]."""
    places = np.arange(-_WAVE_RADIUS, _WAVE_RADIUS + 1, dtype=np.float64)
    rows, columns = places[:, None], places[None, :]
    kernels = []
    for direction in range(DIRECTIONS):
        angle = math.pi * direction / DIRECTIONS
        along = columns * math.cos(angle) + rows * math.sin(angle)
        across = rows * math.cos(angle) - columns * math.sin(angle)
        window = np.exp(-(along**2 + (_SLIMNESS * across) ** 2) / 2)
        window /= window.sum()
        wave = np.cos(_WAVE_NUMBER * along)
        kernels += [window * (wave - (window * wave).sum()), window * np.sin(_WAVE_NUMBER * along)]
    return np.asarray(kernels, dtype=np.float32)[:, None]


def _reordered(directions: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    order = np.arange(MAP_COUNT)
    for block in range(2 * OCTAVES - 1):
        start = block * MAPS_AN_OCTAVE
        order[start : start + DIRECTIONS] = start + directions
    return order


def _emit_even_exposure(graph: GraphBuilder, planes: str) -> str:
    grey = graph.node("Conv", [planes, graph.constant(np.reshape(_LUMA, (1, 3, 1, 1)), np.float32)])
    mean = graph.node("ReduceMean", [grey, graph.constant([1, 2, 3], np.int64)], keepdims=1)
    return graph.node("Div", [planes, graph.node("Add", [mean, graph.constant(np.float32(_DARK))])])


def _emit_grey_and_colours(graph: GraphBuilder, planes: str) -> tuple[str, str]:
    """Grey values [N, 1, r, r], and how much redder and bluer than grey [N, 2, r, r]: exactly nothing in a grey image."""
    red, green, blue = graph.nodes("Split", [planes], 3, axis=1, num_outputs=3)
    weights = graph.constant(np.reshape(_LUMA, (1, 3, 1, 1)), np.float32)
    colours = [graph.node("Sub", [red, green]), graph.node("Sub", [blue, green])]
    return graph.node("Conv", [planes, weights]), graph.node("Concat", colours, axis=1)


def _emit_wave_strengths(graph: GraphBuilder, grey: str) -> str:
    """The modulus of every wavelet, [N, DIRECTIONS, r, r]."""
    waves = graph.node("Conv", [_emit_padded(graph, grey, _WAVE_RADIUS), graph.constant(wave_kernels())])
    squares = graph.node("Mul", [waves, waves])
    pairs = np.zeros((DIRECTIONS, 2 * DIRECTIONS, 1, 1), dtype=np.float32)
    for direction in range(DIRECTIONS):
        pairs[direction, 2 * direction : 2 * direction + 2] = 1.0
    energy = graph.node("Conv", [squares, graph.constant(pairs), graph.constant(np.full(DIRECTIONS, 1e-8), np.float32)])
    return graph.node("Sqrt", [energy])


def _emit_spots(graph: GraphBuilder, fine: str, wide: str) -> tuple[str, str]:
    difference = graph.node("Sub", [fine, wide])
    return graph.node("Relu", [difference]), graph.node("Relu", [graph.node("Neg", [difference])])


def _emit_blurred(graph: GraphBuilder, grey: str, sigma: float) -> str:
    radius = math.ceil(3 * sigma)
    window = np.exp(-(np.arange(-radius, radius + 1) ** 2) / (2 * sigma * sigma))
    window /= window.sum()
    padded = _emit_padded(graph, grey, radius)
    for shape in ((1, 1, -1, 1), (1, 1, 1, -1)):
        padded = graph.node("Conv", [padded, graph.constant(window.reshape(shape), np.float32)])
    return padded


def _emit_padded(graph: GraphBuilder, values: str, radius: int) -> str:
    """The border repeats outwards, so that it is no edge."""
    around = graph.constant([0, 0, radius, radius, 0, 0, radius, radius], np.int64)
    return graph.node("Pad", [values, around], mode="edge")


def _emit_pooled(graph: GraphBuilder, op: str, values: str, cell: int) -> str:
    return graph.node(op, [values], kernel_shape=[cell, cell], strides=[cell, cell])


def _emit_log(graph: GraphBuilder, values: str) -> str:
    return graph.node("Log", [graph.node("Add", [values, graph.constant(np.float32(_FAINT))])])
