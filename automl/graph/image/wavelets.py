"""Morlet wavelets as convolutions, and the small steps around them that all maps share."""

import math

import numpy as np
import numpy.typing as npt

from automl.graph.builder import GraphBuilder

DIRECTIONS = 6
Kernels = npt.NDArray[np.float32]

_RADIUS = 4
_WAVE_NUMBER = 0.75 * 0.75 * math.pi
_SLIMNESS = 0.6
_DARK = 0.02
_FAINT = 1e-3


def wave_kernels() -> Kernels:
    """Complex Morlet wavelets of all directions, real and imaginary parts in turn: float32 [2 x DIRECTIONS, 1, 9, 9]."""
    places = np.arange(-_RADIUS, _RADIUS + 1, dtype=np.float64)
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


def emit_wave_strengths(graph: GraphBuilder, grey: str) -> str:
    """Return the modulus of every wavelet, [N, DIRECTIONS, h, w], of grey [N, 1, h, w]."""
    waves = graph.node("Conv", [emit_padded(graph, grey, _RADIUS), graph.constant(wave_kernels())])
    squares = graph.node("Mul", [waves, waves])
    pairs = np.zeros((DIRECTIONS, 2 * DIRECTIONS, 1, 1), dtype=np.float32)
    for direction in range(DIRECTIONS):
        pairs[direction, 2 * direction : 2 * direction + 2] = 1.0
    energy = graph.node("Conv", [squares, graph.constant(pairs), graph.constant(np.full(DIRECTIONS, 1e-8), np.float32)])
    return graph.node("Sqrt", [energy])


def emit_even_exposure(graph: GraphBuilder, planes: str) -> str:
    """Divide one grey plane or three of colour by the mean brightness of the image."""
    mean = graph.node("ReduceMean", [planes, graph.constant([1, 2, 3], np.int64)], keepdims=1)
    return graph.node("Div", [planes, graph.node("Add", [mean, graph.constant(np.float32(_DARK))])])


def emit_halved(graph: GraphBuilder, grey: str) -> str:
    """Smooth grey [N, 1, h, w] and take the means of cells of two by two pixels, both in one step."""
    window = np.convolve(_window(1.0), [0.5, 0.5])
    kernel = graph.constant(np.outer(window, window)[None, None], np.float32)
    return graph.node("Conv", [emit_padded(graph, grey, len(window) // 2 - 1), kernel], strides=[2, 2])


def emit_blurred(graph: GraphBuilder, grey: str, sigma: float) -> str:
    """Smooth grey [N, 1, h, w] with a Gaussian window."""
    window = _window(sigma)
    padded = emit_padded(graph, grey, len(window) // 2)
    for shape in ((1, 1, -1, 1), (1, 1, 1, -1)):
        padded = graph.node("Conv", [padded, graph.constant(window.reshape(shape), np.float32)])
    return padded


def emit_padded(graph: GraphBuilder, values: str, radius: int) -> str:
    """Let the border repeat outwards, so that it is no edge."""
    around = graph.constant([0, 0, radius, radius, 0, 0, radius, radius], np.int64)
    return graph.node("Pad", [values, around], mode="edge")


def emit_pooled(graph: GraphBuilder, op: str, values: str, cell: int) -> str:
    """Say one value for every cell of cell x cell pixels; `op` is AveragePool or MaxPool."""
    return graph.node(op, [values], kernel_shape=[cell, cell], strides=[cell, cell])


def emit_log(graph: GraphBuilder, values: str) -> str:
    """Return the logarithm of strengths; what is as good as nothing stays finite."""
    return graph.node("Log", [graph.node("Add", [values, graph.constant(np.float32(_FAINT))])])


def _window(sigma: float) -> npt.NDArray[np.float64]:
    radius = math.ceil(3 * sigma)
    window = np.exp(-(np.arange(-radius, radius + 1) ** 2) / (2 * sigma * sigma))
    return np.asarray(window / window.sum())
