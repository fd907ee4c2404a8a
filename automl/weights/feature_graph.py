"""A network as a feature graph: from uint8 pixels of any size to features and a map, in ONNX."""

from pathlib import Path
from typing import Any

import numpy as np
import torch

from automl.graph.builder import GraphBuilder
from automl.graph.image.resize import emit_resized
from automl.weights.export import export_network
from automl.weights.network import load_network, side_of

_STAGES = ("early", "middle", "late")


class Stages(torch.nn.Module):
    """Images of 0 to 1 [n, 3, s, s] to the maps of the last three stages of a network."""

    def __init__(self, network: torch.nn.Module) -> None:
        super().__init__()
        self.network = network
        settings: dict[str, Any] = dict(vars(network).get("pretrained_cfg") or {})
        for name, usual in (("mean", (0.485, 0.456, 0.406)), ("std", (0.229, 0.224, 0.225))):
            self.register_buffer(name, torch.tensor(settings.get(name, usual)).reshape(1, 3, 1, 1))

    def forward(self, images: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Return the three maps, the finest first."""
        centred = (images - self.get_buffer("mean")) / self.get_buffer("std")
        forward_intermediates: Any = self.network.forward_intermediates
        return tuple(forward_intermediates(centred, indices=len(_STAGES), intermediates_only=True, output_fmt="NCHW"))


def export_feature_graph(file: Path, architecture: str, resolution: int) -> bytes:
    """ONNX graph: `pixels` uint8 [N, H, W, 3] to `features` float32 [N, D] and `map` float32 [N, C, h, w].

    Features are the means of three stages and the maxima of the last. The map joins the two finer stages (as PatchCore,
    Roth et al. 2022), the coarser one enlarged. Raises Refusal as `load_network` does.
    """
    side = side_of(architecture, resolution)
    stages = Stages(load_network(file, resolution))
    stages.eval()
    example = torch.rand(2, 3, side, side, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        shapes = [tuple(each.shape[1:]) for each in stages(example)]
    graph = GraphBuilder()
    resized = emit_resized(graph, graph.input_pixels(), side)
    maps = graph.merge(export_network(stages, example, _STAGES), {"images": resized})
    early, middle, late = (maps[name] for name in _STAGES)
    pooled = [_flat(graph, graph.node("GlobalAveragePool", [each])) for each in (early, middle, late)]
    pooled.append(_flat(graph, graph.node("GlobalMaxPool", [late])))
    wide = _enlarged(graph, middle, shapes[0][1:], shapes[1][1:])
    channels = [shape[0] for shape in shapes]
    return graph.build(
        {
            "features": (graph.node("Concat", pooled, axis=1), sum(channels) + channels[2]),
            "map": (
                graph.node("Concat", [early, wide], axis=1),
                ("N", channels[0] + channels[1], shapes[0][1], shapes[0][2]),
            ),
        }
    )


def _flat(graph: GraphBuilder, pooled: str) -> str:
    return graph.node("Flatten", [pooled], axis=1)


def _enlarged(graph: GraphBuilder, tensor: str, wanted: tuple[int, ...], given: tuple[int, ...]) -> str:
    if wanted == given:
        return tensor
    return graph.node(
        "Resize",
        [tensor, "", "", graph.constant(list(wanted), np.int64)],
        mode="linear",
        axes=[2, 3],
        coordinate_transformation_mode="half_pixel",
    )
