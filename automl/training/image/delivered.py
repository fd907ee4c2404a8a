"""A delivered graph at work: how fast it is, and whether it says what the models said."""

import time
from collections.abc import Sequence

import numpy as np
import onnxruntime

from automl.models.base import Answers
from automl.models.image.base import Pixels

TIMED = 5


class DeliveredGraph:
    """One loaded graph, one thread, one image at a time: as an inspector runs it."""

    def __init__(self, model: bytes) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def probabilities(self, images: Sequence[Pixels]) -> Answers:
        """Probabilities [n, classes] of images of any size."""
        return np.concatenate([self._session.run(None, {"pixels": image[None]})[0] for image in images]).astype(
            np.float64
        )

    def milliseconds(self, image: Pixels) -> float:
        """How long one image takes, warm: the median of a few runs."""
        self.probabilities([image])
        seconds = []
        for _ in range(TIMED):
            start = time.perf_counter()
            self.probabilities([image])
            seconds.append(time.perf_counter() - start)
        return float(np.median(seconds)) * 1000
