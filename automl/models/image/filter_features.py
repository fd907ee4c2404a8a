"""The feature graph that gives filter maps, and a session to run it on drawn variations that are on no disk."""

from functools import lru_cache

import numpy as np
import onnxruntime

from automl.graph.builder import GraphBuilder
from automl.graph.image.filter_maps import CELL, MAP_COUNT, emit_filter_maps
from automl.graph.image.resize import emit_resized
from automl.models.image.base import Maps, Pixels

RESOLUTIONS = (224, 160, 320)


@lru_cache(maxsize=len(RESOLUTIONS))
def filter_map_graph(resolution: int) -> bytes:
    """The graph from pixels to `features` [N, MAP_COUNT] (means of the maps) and `map` [N, MAP_COUNT, r / 8, r / 8]."""
    graph = GraphBuilder()
    maps = emit_filter_maps(graph, emit_resized(graph, graph.input_pixels(), resolution))
    means = graph.node("ReduceMean", [maps, graph.constant([2, 3], np.int64)], keepdims=0)
    cells = resolution // CELL
    return graph.build({"features": (means, MAP_COUNT), "map": (maps, ("N", MAP_COUNT, cells, cells))})


class MapSession:
    """Runs the map graph on images of one size."""

    def __init__(self, resolution: int, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        graph = filter_map_graph(resolution)
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def maps(self, pixels: Pixels) -> Maps:
        """The maps of one image, uint8 [H, W, 3]: float32 [C, h, w]."""
        maps: Maps = self._session.run(["map"], {"pixels": pixels[None]})[0][0]
        return maps
