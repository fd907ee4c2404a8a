"""How strong waves of every size and direction are in an image, and how their strength itself varies.

Wavelet scattering to second order (Bruna & Mallat 2013): the modulus of Morlet wavelets octave by octave, then the same of
every modulus at the coarser octaves. Of the logarithm of every map: mean, spread and largest value. The image is divided by
its mean first, so exposure does not count.
"""

import numpy as np
import numpy.typing as npt

from automl.graph.builder import GraphBuilder
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
    octaves, once = _octaves(resolution)
    level = emit_even_exposure(graph, grey)
    summaries: list[str] = []
    for octave in range(octaves):
        strengths = emit_wave_strengths(graph, level)
        summaries.append(_emit_summary(graph, strengths))
        if octave >= once:
            summaries += _emit_second_order(graph, strengths, resolution >> octave)
        if octave < octaves - 1:
            level = emit_halved(graph, level)
    return graph.node("Concat", summaries, axis=1)


def _octaves(resolution: int) -> tuple[int, int]:
    """How many octaves there are, and how many of the finest are looked at only once."""
    octaves = (resolution // COARSEST).bit_length()
    return octaves, max(0, (resolution // FINEST_TWICE).bit_length() - 1)


def _emit_second_order(graph: GraphBuilder, strengths: str, side: int) -> list[str]:
    """Waves in the strengths of waves of one octave, at every coarser octave."""
    alone = graph.node("Reshape", [strengths, graph.constant([-1, 1, side, side], np.int64)])
    summaries = []
    while side > COARSEST:
        alone = emit_halved(graph, alone)
        side //= 2
        together = graph.constant([-1, DIRECTIONS * DIRECTIONS, side, side], np.int64)
        summaries.append(_emit_summary(graph, graph.node("Reshape", [emit_wave_strengths(graph, alone), together])))
    return summaries


def _emit_summary(graph: GraphBuilder, maps: str) -> str:
    """Mean, spread and largest value of the logarithm of every map, [N, SUMMARIES x C]."""
    places = graph.constant([2, 3], np.int64)
    values = emit_log(graph, maps)
    mean = graph.node("ReduceMean", [values, places], keepdims=1)
    apart = graph.node("Sub", [values, mean])
    variance = graph.node("ReduceMean", [graph.node("Mul", [apart, apart]), places], keepdims=0)
    largest = graph.node("ReduceMax", [values, places], keepdims=0)
    return graph.node(
        "Concat", [graph.node("Squeeze", [mean, places]), graph.node("Sqrt", [variance]), largest], axis=1
    )
