"""How strong waves of every size and direction are in an image, and how their strength itself varies.

Wavelet scattering to second order (Bruna & Mallat 2013): the modulus of Morlet wavelets octave by octave, then the same of
every modulus at the coarser octaves. Of the logarithm of every map: mean, spread and largest value. The image is divided by
its mean first, so exposure does not count.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from automl.graph.builder import GraphBuilder
from automl.graph.image.places import emit_on_grid, emit_place_sum, emit_weighted
from automl.graph.image.wavelets import (
    DIRECTIONS,
    emit_even_exposure,
    emit_halved,
    emit_log,
    emit_wave_strengths,
)

SUMMARIES = 3
# Sides of the coarsest octave, and of the finest one that a small computer has the time to look at twice.
COARSEST, FINEST_TWICE = 16, 128
# A map that hardly varies has no places of its own.
_EVEN = 1e-3


def wave_width(resolution: int) -> int:
    """How many numbers the summary has."""
    octaves, once = _octaves(resolution)
    twice = sum(octaves - 1 - octave for octave in range(once, octaves))
    return SUMMARIES * (octaves * DIRECTIONS + twice * DIRECTIONS * DIRECTIONS)


def moved_waves(resolution: int, directions: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the order in which the numbers stand when every direction is replaced by another, int64 [wave_width(r)]."""
    octaves, once = _octaves(resolution)
    twice = (directions[:, None] * DIRECTIONS + directions[None, :]).ravel()
    blocks: list[npt.NDArray[np.int64]] = []
    for octave in range(octaves):
        blocks += [directions] * SUMMARIES
        if octave >= once:
            blocks += [twice] * (SUMMARIES * (octaves - 1 - octave))
    starts = np.cumsum([0, *(len(block) for block in blocks[:-1])])
    return np.concatenate([start + block for start, block in zip(starts, blocks, strict=True)])


def emit_wave_summary(graph: GraphBuilder, grey: str, resolution: int) -> str:
    """Return [N, wave_width(r)] of grey [N, 1, r, r]; r is a power of two of at least COARSEST."""
    return graph.node(
        "Concat", [_emit_summary(graph, maps.tensor) for maps in _emit_strengths(graph, grey, resolution)], axis=1
    )


def emit_wave_places(graph: GraphBuilder, grey: str, resolution: int, weights: str) -> str:
    """Where a weighted sum of the summary comes from, [N, GRID, GRID], for weights [N, wave_width(r)] or [1, wave_width(r)].

    A place is compared to the mean of the image it lies in; a spread counts to first order. What largest values say is left
    out, because it lies at single points.
    """
    blocks = list(_emit_strengths(graph, grey, resolution))
    sizes = graph.constant([SUMMARIES * maps.count for maps in blocks], np.int64)
    parts = graph.nodes("Split", [weights, sizes], len(blocks), axis=1)
    said = [_emit_places(graph, maps, part) for maps, part in zip(blocks, parts, strict=True)]
    return emit_place_sum(graph, said)


def _octaves(resolution: int) -> tuple[int, int]:
    """How many octaves there are, and how many of the finest are looked at only once."""
    octaves = (resolution // COARSEST).bit_length()
    return octaves, max(0, (resolution // FINEST_TWICE).bit_length() - 1)


@dataclass(frozen=True)
class _Strengths:
    """Strengths of so many kinds of waves at every place, [N, count, side, side]."""

    tensor: str
    count: int
    side: int


def _emit_strengths(graph: GraphBuilder, grey: str, resolution: int) -> Iterator[_Strengths]:
    """Waves of every octave, each followed by the waves in their strengths."""
    octaves, once = _octaves(resolution)
    level = emit_even_exposure(graph, grey)
    for octave in range(octaves):
        strengths = emit_wave_strengths(graph, level)
        yield _Strengths(strengths, DIRECTIONS, resolution >> octave)
        if octave >= once:
            yield from _emit_second_order(graph, strengths, resolution >> octave)
        if octave < octaves - 1:
            level = emit_halved(graph, level)


def _emit_second_order(graph: GraphBuilder, strengths: str, side: int) -> Iterator[_Strengths]:
    """Waves in the strengths of waves of one octave, at every coarser octave."""
    alone = graph.node("Reshape", [strengths, graph.constant([-1, 1, side, side], np.int64)])
    while side > COARSEST:
        alone = emit_halved(graph, alone)
        side //= 2
        together = graph.constant([-1, DIRECTIONS * DIRECTIONS, side, side], np.int64)
        twice = graph.node("Reshape", [emit_wave_strengths(graph, alone), together])
        yield _Strengths(twice, DIRECTIONS * DIRECTIONS, side)


@dataclass(frozen=True)
class _Moments:
    """The logarithm of maps [N, C, h, w], less its mean, that squared; its mean [N, C, 1, 1] and variance [N, C]."""

    values: str
    apart: str
    squares: str
    mean: str
    variance: str


def _emit_moments(graph: GraphBuilder, maps: str) -> _Moments:
    places = graph.constant([2, 3], np.int64)
    values = emit_log(graph, maps)
    mean = graph.node("ReduceMean", [values, places], keepdims=1)
    apart = graph.node("Sub", [values, mean])
    squares = graph.node("Mul", [apart, apart])
    variance = graph.node("ReduceMean", [squares, places], keepdims=0)
    return _Moments(values, apart, squares, mean, variance)


def _emit_summary(graph: GraphBuilder, maps: str) -> str:
    """Mean, spread and largest value of the logarithm of every map, [N, SUMMARIES x C]."""
    places = graph.constant([2, 3], np.int64)
    moments = _emit_moments(graph, maps)
    largest = graph.node("ReduceMax", [moments.values, places], keepdims=0)
    mean, spread = graph.node("Squeeze", [moments.mean, places]), graph.node("Sqrt", [moments.variance])
    return graph.node("Concat", [mean, spread, largest], axis=1)


def _emit_places(graph: GraphBuilder, maps: _Strengths, weights: str) -> str:
    """Where the mean and the spread of the logarithm of maps come from, [N, 1, GRID, GRID]."""
    moments = _emit_moments(graph, maps.tensor)
    of_mean, of_spread, _ = graph.nodes("Split", [weights], SUMMARIES, axis=1, num_outputs=SUMMARIES)
    spread = graph.node("Max", [graph.node("Sqrt", [moments.variance]), graph.constant(_EVEN, np.float32)])
    slope = graph.node("Mul", [graph.node("Div", [of_spread, spread]), graph.constant(0.5, np.float32)])
    said = [
        emit_weighted(graph, moments.apart, of_mean, maps.count, maps.side),
        emit_weighted(graph, moments.squares, slope, maps.count, maps.side),
    ]
    return emit_on_grid(graph, graph.node("Sum", said), maps.side)
