"""Proof that weights work: the feature graph made of them says of drawn images what the network itself says."""

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray

from automl.domain.issues import Issue, Refusal
from automl.drawing.parts import ALL_CLASSES, draw_parts
from automl.weights.feature_graph import Stages
from automl.weights.network import side_of
from automl.weights.store import UsableWeights

PROVEN_RESOLUTION = 224
_TOLERANCE = 1e-3
_IMAGES = 3


def prove(weights: UsableWeights) -> None:
    """Make the feature graph and compare it with the network. Raises Refusal when they differ or give no numbers."""
    side = side_of(weights.record.architecture, PROVEN_RESOLUTION)
    drawn = draw_parts(_IMAGES, ALL_CLASSES, size=side, surface=None)
    pixels = np.stack([image.pixels for image in drawn])
    exported = _answers(weights.feature_graph(PROVEN_RESOLUTION), pixels)
    expected = _expected(weights, pixels)
    # In the order of the graph: means of three stages, maxima of the last. Compared by the size of the largest.
    allowed = _TOLERANCE * max(1.0, float(np.abs(expected).max(initial=0.0)))
    if not np.isfinite(exported).all() or not np.allclose(exported, expected, rtol=0.0, atol=allowed):
        raise Refusal(Issue("weights.not_usable", parameters={"file": weights.record.name}))


def _answers(graph: bytes, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    answers: NDArray[np.float32] = session.run(["features"], {"pixels": pixels})[0]
    return answers


def _expected(weights: UsableWeights, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    images = torch.from_numpy(pixels.astype(np.float32) / 255).permute(0, 3, 1, 2)
    stages = Stages(weights.network(PROVEN_RESOLUTION))
    stages.eval()
    with torch.no_grad():
        maps = stages(images)
    pooled = [each.mean(dim=(2, 3)) for each in maps] + [maps[-1].amax(dim=(2, 3))]
    return np.asarray(torch.cat(pooled, dim=1).numpy(), np.float32)
