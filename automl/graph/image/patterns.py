"""How often each local pattern of brighter and darker neighbours occurs: uniform local binary patterns (Ojala et al. 2002).

Every pixel is compared with eight neighbours on a ring. Rings of several radii at several sizes of the image see fine and
coarse texture. A neighbour counts as brighter from a quarter of a grey level on, so that even areas give one pattern and
not the noise of arithmetic.
"""

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from automl.graph.builder import GraphBuilder
from automl.graph.types import FLOAT, INT64

NEIGHBOURS = 8
CODES = 2**NEIGHBOURS
# 58 codes with at most two changes around the ring, and one bin for all others.
UNIFORM_BINS = 59
RADII = (1, 2, 3)
PATTERN_SIDES = (256, 128, 64)
PATTERN_WIDTH = len(PATTERN_SIDES) * len(RADII) * UNIFORM_BINS

_BRIGHTER = np.float32(0.25 / 255)


def emit_pattern_shares(graph: GraphBuilder, greys: Mapping[int, str]) -> str:
    """Return square roots of the shares of the patterns, [N, PATTERN_WIDTH], of grey [N, 1, r, r] for every r of PATTERN_SIDES.

    The square root makes the usual distance between rows that of Hellinger, which suits shares.
    """
    shares = [
        _emit_shares(graph, _emit_codes(graph, greys[side], radius, side), side)
        for side in PATTERN_SIDES
        for radius in RADII
    ]
    return graph.node("Sqrt", [graph.node("Concat", shares, axis=1)])


def uniform_bins() -> npt.NDArray[np.int64]:
    """The bin of every code, int64 [CODES]."""
    bins = np.full(CODES, UNIFORM_BINS - 1, dtype=np.int64)
    taken = 0
    for code in range(CODES):
        ring = [(code >> place) & 1 for place in range(NEIGHBOURS)]
        if sum(ring[place] != ring[place - 1] for place in range(NEIGHBOURS)) <= 2:
            bins[code] = taken
            taken += 1
    return bins


def moved_patterns(neighbours: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the order in which the shares stand when every neighbour moves to another place, int64 [PATTERN_WIDTH]."""
    codes = np.arange(CODES)
    moved = sum(((codes >> place) & 1) << neighbours[place] for place in range(NEIGHBOURS))
    order = np.zeros(UNIFORM_BINS, dtype=np.int64)
    order[uniform_bins()[moved]] = uniform_bins()
    starts = np.arange(0, PATTERN_WIDTH, UNIFORM_BINS)
    return (starts[:, None] + order[None, :]).ravel()


def ring(radius: int) -> tuple[tuple[int, int], ...]:
    """Whole-numbered places (row, column) nearest to a circle, counter-clockwise from the right."""
    angles = [2 * math.pi * place / NEIGHBOURS for place in range(NEIGHBOURS)]
    return tuple((round(-radius * math.sin(angle)), round(radius * math.cos(angle))) for angle in angles)


def _emit_codes(graph: GraphBuilder, grey: str, radius: int, side: int) -> str:
    """The code of every pixel, float32 [N, r x r]."""
    widest = max(RADII)
    around = graph.constant([0, 0, widest, widest, 0, 0, widest, widest], np.int64)
    padded = graph.node("Pad", [grey, around], mode="reflect")
    middle = graph.node("Add", [grey, graph.constant(_BRIGHTER)])
    bits = []
    for row, column in ring(radius):
        begin = [widest + row, widest + column]
        end = [begin[0] + side, begin[1] + side]
        limits = [graph.constant(values, np.int64) for values in (begin, end, [2, 3])]
        bits.append(graph.node("Greater", [graph.node("Slice", [padded, *limits]), middle]))
    brighter = graph.node("Cast", [graph.node("Concat", bits, axis=1)], to=FLOAT)
    by_place = graph.node("Reshape", [brighter, graph.constant([-1, NEIGHBOURS, side * side], np.int64)])
    powers = graph.constant((2.0 ** np.arange(NEIGHBOURS)).reshape(1, -1), np.float32)
    codes = graph.node("MatMul", [powers, by_place])
    return graph.node("Squeeze", [codes, graph.constant([1], np.int64)])


def _emit_shares(graph: GraphBuilder, codes: str, side: int) -> str:
    """The share of every bin, float32 [N, UNIFORM_BINS]."""
    places = graph.node("Cast", [codes], to=INT64)
    images = graph.node("Shape", [codes], start=0, end=1)
    size = graph.node("Concat", [images, graph.constant([CODES], np.int64)], axis=0)
    nothing = graph.node("ConstantOfShape", [size], value=np.zeros(1, np.float32))
    one_each = graph.node(
        "ConstantOfShape",
        [graph.node("Shape", [codes])],
        value=np.full(1, 1 / (side * side), np.float32),
    )
    shares = graph.node("ScatterElements", [nothing, places, one_each], axis=1, reduction="add")
    into_bins = np.eye(UNIFORM_BINS, dtype=np.float32)[uniform_bins()]
    return graph.node("MatMul", [shares, graph.constant(into_bins)])
