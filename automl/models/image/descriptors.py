"""Descriptions of whole images that need no weights: each is a feature graph of its own, so that each is computed once."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from automl.graph.builder import GraphBuilder
from automl.graph.image.colour import (
    BRIGHTNESS_WIDTH,
    COLOUR_WIDTH,
    emit_brightness_summary,
    emit_colour_summary,
)
from automl.graph.image.patterns import (
    NEIGHBOURS,
    PATTERN_SIDES,
    PATTERN_WIDTH,
    emit_pattern_shares,
    moved_patterns,
)
from automl.graph.image.resize import emit_resized_grey
from automl.graph.image.wavelets import DIRECTIONS
from automl.graph.image.waves import emit_wave_summary, moved_waves, wave_width

WAVE_RESOLUTIONS = (128, 256)


class Descriptor(StrEnum):
    """What is described: waves of all sizes, patterns of neighbouring pixels, colours, brightness as it is."""

    WAVES = "waves"
    PATTERNS = "patterns"
    COLOUR = "colour"
    BRIGHTNESS = "brightness"


class Move(StrEnum):
    """How an image may be shown differently: mirrored (left and right, or top and bottom), or turned by a quarter."""

    MIRRORED = "mirrored"
    TURNED = "turned"


@dataclass(frozen=True)
class DescriptorSettings:
    """Which descriptions stand side by side; `resolution` is that of the waves, one of WAVE_RESOLUTIONS."""

    descriptors: tuple[Descriptor, ...] = (Descriptor.WAVES, Descriptor.PATTERNS, Descriptor.COLOUR)
    resolution: int = 128

    def apart(self) -> tuple["DescriptorSettings", ...]:
        """The same, one description at a time."""
        return tuple(
            DescriptorSettings((each,), self.resolution if each is Descriptor.WAVES else WAVE_RESOLUTIONS[0])
            for each in self.descriptors
        )


@lru_cache(maxsize=32)
def feature_graph(settings: DescriptorSettings) -> bytes:
    """The graph from `pixels` (uint8 [N, H, W, 3], any size) to `features` (float32 [N, D])."""
    graph = GraphBuilder()
    pixels = graph.input_pixels()
    parts = [_emit(graph, pixels, each, settings.resolution) for each in settings.descriptors]
    width = sum(_width(each, settings.resolution) for each in settings.descriptors)
    features = parts[0] if len(parts) == 1 else graph.node("Concat", parts, axis=1)
    return graph.build({"features": (features, width)})


@lru_cache(maxsize=64)
def moved_features(settings: DescriptorSettings, move: Move) -> NDArray[np.int64]:
    """Return where to find, in the features of an image, those of the same image mirrored or turned by a quarter; [D]."""
    orders: list[NDArray[np.int64]] = []
    start = 0
    for each in settings.descriptors:
        order = _moved(each, settings.resolution, move)
        orders.append(start + order)
        start += len(order)
    return np.concatenate(orders)


def _moved(descriptor: Descriptor, resolution: int, move: Move) -> NDArray[np.int64]:
    match descriptor:
        case Descriptor.WAVES:
            directions = np.arange(DIRECTIONS)
            mirrored, turned = -directions % DIRECTIONS, (directions + DIRECTIONS // 2) % DIRECTIONS
            return moved_waves(resolution, mirrored if move is Move.MIRRORED else turned)
        case Descriptor.PATTERNS:
            places = np.arange(NEIGHBOURS)
            half = NEIGHBOURS // 2
            mirrored, turned = (half - places) % NEIGHBOURS, (places + half // 2) % NEIGHBOURS
            return moved_patterns(mirrored if move is Move.MIRRORED else turned)
        case _:
            return np.arange(_width(descriptor, resolution))


def _emit(graph: GraphBuilder, pixels: str, descriptor: Descriptor, resolution: int) -> str:
    match descriptor:
        case Descriptor.WAVES:
            return emit_wave_summary(graph, emit_resized_grey(graph, pixels, resolution), resolution)
        case Descriptor.PATTERNS:
            greys = {side: emit_resized_grey(graph, pixels, side) for side in PATTERN_SIDES}
            return emit_pattern_shares(graph, greys)
        case Descriptor.COLOUR:
            return emit_colour_summary(graph, pixels)
        case Descriptor.BRIGHTNESS:
            return emit_brightness_summary(graph, pixels)


def _width(descriptor: Descriptor, resolution: int) -> int:
    match descriptor:
        case Descriptor.WAVES:
            return wave_width(resolution)
        case Descriptor.PATTERNS:
            return PATTERN_WIDTH
        case Descriptor.COLOUR:
            return COLOUR_WIDTH
        case Descriptor.BRIGHTNESS:
            return BRIGHTNESS_WIDTH
