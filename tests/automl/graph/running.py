"""Runs what was emitted on a matrix of features."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from automl.data.table import Table
from automl.graph.builder import GraphBuilder
from automl.graph.session import run_graph
from automl.graph.types import FLOAT

Matrix = npt.NDArray[np.float32]


def answers(emit: Callable[[GraphBuilder, str], str], features: npt.NDArray[np.floating]) -> Matrix:
    """Return what the emitted graph answers for these features, given as one number column each."""
    graph = GraphBuilder()
    columns = [f"column {index}" for index in range(features.shape[1])]
    inputs = graph.node("Concat", [graph.input_number(column) for column in columns], axis=1)
    width = 1  # declared only; onnxruntime gives what there is
    model = graph.build({"answers": (emit(graph, graph.node("Cast", [inputs], to=FLOAT)), width)})
    numbers = {column: values.astype(np.float64) for column, values in zip(columns, features.T, strict=True)}
    return run_graph(model, Table(np.arange(1, len(features) + 1), numbers, {}))


def edge_rows(features: Matrix, thresholds: npt.NDArray[np.float64], of_feature: npt.NDArray[np.int64]) -> Matrix:
    """Return rows that stand on every threshold, one float32 step above and one below; then rows of missing, large and 0."""
    exact = thresholds.astype(np.float32)
    up, down = np.float32(np.inf), np.float32(-np.inf)
    moved = np.concatenate([exact, np.nextafter(exact, up), np.nextafter(exact, down)])
    rows = features[np.arange(len(moved)) % len(features)].copy()
    rows[np.arange(len(moved)), np.tile(of_feature, 3)] = moved
    ends = [np.full((1, features.shape[1]), value, np.float32) for value in (np.nan, 3e38, -3e38, 0.0, -0.0)]
    return np.concatenate([features, rows[np.isfinite(moved)], *ends])


def sample(rows: int = 400, seed: int = 0) -> Matrix:
    """Return six features: four numbers (two with missing cells, one coarse), two of category codes."""
    random = np.random.default_rng(seed)
    features = random.normal(size=(rows, 6)).astype(np.float32)
    features[:, 1] = np.where(random.random(rows) < 0.2, np.nan, features[:, 1])
    features[:, 2] = np.where(random.random(rows) < 0.05, np.nan, np.round(features[:, 2], 1))
    features[:, 4] = random.integers(0, 45, rows)
    features[:, 5] = random.integers(0, 3, rows)
    return features


def signal(features: Matrix, seed: int = 1) -> npt.NDArray[np.float64]:
    """Return a number that depends on the features, with noise."""
    random = np.random.default_rng(seed)
    known = np.nan_to_num(features.astype(np.float64))
    return known[:, 0] * 2.0 + known[:, 1] - known[:, 2] + np.sin(known[:, 4]) + random.normal(size=len(features)) * 0.3
