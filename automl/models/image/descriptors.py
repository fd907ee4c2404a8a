"""Descriptions of whole images that need no weights: each is a feature graph of its own, so that each is computed once."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from automl.graph.builder import GraphBuilder
from automl.graph.image.colour import (
    BRIGHTNESS_WIDTH,
    COLOUR_WIDTH,
    emit_brightness_summary,
    emit_colour_summary,
)
from automl.graph.image.patterns import PATTERN_SIDES, PATTERN_WIDTH, emit_pattern_shares
from automl.graph.image.resize import emit_resized_grey
from automl.graph.image.waves import emit_wave_summary, wave_width

WAVE_RESOLUTIONS = (128, 256)


class Descriptor(StrEnum):
    """What is described: waves of all sizes, patterns of neighbouring pixels, colours, brightness as it is."""

    WAVES = "waves"
    PATTERNS = "patterns"
    COLOUR = "colour"
    BRIGHTNESS = "brightness"


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
