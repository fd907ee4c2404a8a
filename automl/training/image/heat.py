"""Heatmaps on one fixed scale a model: what is usual on good parts is dark on every image, however flawed another may be."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.graph.builder import GraphBuilder
from automl.models.image.base import Maps

# Good parts: this share of all places is shown as normal, and the hottest place of most images is shown half bright, or
# darker where the hottest place of the usual flawed part would be off the scale.
USUAL_PLACES, USUAL_IMAGES = 0.5, 0.95
BRIGHTNESS_OF_USUAL = 0.5
_LEAST_WIDTH = 1e-6


@dataclass(frozen=True)
class HeatScale:
    """From a model's own scale to what is shown: `normal` becomes 0, `unusual` 1."""

    normal: float
    unusual: float

    def apply(self, maps: Maps) -> Maps:
        """Return maps [n, h, w] between 0 and 1."""
        shown = (maps - np.float32(self.normal)) / np.float32(self.unusual - self.normal)
        return np.asarray(np.clip(shown, 0.0, 1.0), dtype=np.float32)

    def emit(self, graph: GraphBuilder, heat: str) -> str:
        """Write it for float32 [N, h, w]."""
        moved = graph.node("Sub", [heat, graph.constant(self.normal, np.float32)])
        shown = graph.node("Div", [moved, graph.constant(np.float32(self.unusual - self.normal), np.float32)])
        return graph.node("Clip", [shown, graph.constant(0.0, np.float32), graph.constant(1.0, np.float32)])


def find_scale(maps: Sequence[Maps], of_flawed: Sequence[Maps] = ()) -> HeatScale:
    """Return the scale for out-of-fold maps [n, h, w] of good parts (of all parts where no class means a good one)."""
    places = np.concatenate([part.ravel()[:: max(1, part.size // 200_000)] for part in maps])
    normal = float(np.quantile(places, USUAL_PLACES))
    usual = float(np.quantile(_hottest(maps), USUAL_IMAGES))
    width = max((usual - normal) / BRIGHTNESS_OF_USUAL, _LEAST_WIDTH * max(1.0, abs(normal)))
    if of_flawed:
        width = max(width, float(np.median(_hottest(of_flawed))) - normal)
    return HeatScale(normal, normal + width)


def _hottest(maps: Sequence[Maps]) -> NDArray[np.float32]:
    return np.concatenate([part.reshape(len(part), -1).max(axis=1) for part in maps])
