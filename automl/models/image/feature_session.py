"""Runs a feature graph on images in memory."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from automl.models.base import Features
from automl.models.image.base import Maps, Pixels

FEATURES, MAP, HEATMAP = "features", "map", "heatmap"


@dataclass(frozen=True)
class FeatureBatch:
    """What a feature graph says of some images: `features` [n, D], and `maps` [n, C, h, w] where it has them."""

    features: Features
    maps: Maps | None = None


class FeatureSession:
    """A graph from `pixels` made ready. Any thread may call it; images are taken one by one, so sizes may differ."""

    def __init__(self, graph: bytes, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self.shapes: dict[str, tuple[int, ...]] = {
            output.name: tuple(output.shape[1:]) for output in self._session.get_outputs()
        }

    def one(self, pixels: Pixels) -> dict[str, NDArray[np.float32]]:
        """Return every output for one image, uint8 [H, W, 3], by name."""
        answers = self._session.run(list(self.shapes), {"pixels": pixels[None]})
        return {name: answer[0] for name, answer in zip(self.shapes, answers, strict=True)}

    def run(self, pixels: Sequence[Pixels]) -> FeatureBatch:
        """Describe images of any sizes."""
        answers = [self.one(image) for image in pixels]
        features = np.stack([answer[FEATURES] for answer in answers])
        return FeatureBatch(features, np.stack([answer[MAP] for answer in answers]) if MAP in self.shapes else None)
