"""The feature graph that gives filter maps."""

from functools import lru_cache

import numpy as np

from automl.graph.builder import GraphBuilder
from automl.graph.image.filter_maps import CELL, MAP_COUNT, emit_filter_maps
from automl.graph.image.resize import emit_resized
from automl.models.image.feature_session import FEATURES, MAP

RESOLUTIONS = (224, 160, 320)


@lru_cache(maxsize=len(RESOLUTIONS))
def filter_map_graph(resolution: int) -> bytes:
    """The graph from pixels to `features` [N, MAP_COUNT] (means of the maps) and `map` [N, MAP_COUNT, r / 8, r / 8]."""
    graph = GraphBuilder()
    maps = emit_filter_maps(graph, emit_resized(graph, graph.input_pixels(), resolution))
    means = graph.node("ReduceMean", [maps, graph.constant([2, 3], np.int64)], keepdims=0)
    cells = resolution // CELL
    return graph.build({FEATURES: (means, MAP_COUNT), MAP: (maps, ("N", MAP_COUNT, cells, cells))})
