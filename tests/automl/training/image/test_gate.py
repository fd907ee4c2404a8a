"""The gate lets through what is like the learned images, stops what is not, and does so in the graph as well."""

import numpy as np
import onnxruntime
import pytest

from automl.graph.builder import GraphBuilder
from automl.models.base import Features, Index
from automl.training.image.gate import fit_gate


def learned(rows: int, width: int, seed: int = 0) -> Features:
    """Features that vary in few directions, some columns constant, some on a scale of their own."""
    random = np.random.default_rng(seed)
    hidden = random.normal(size=(rows, 4)) @ np.random.default_rng(1).normal(size=(4, width))
    features = hidden + 0.1 * random.normal(size=(rows, width))
    features[:, 0] = 3.0
    return (features * np.geomspace(0.01, 100, width)).astype(np.float32)


def folds(rows: int) -> list[tuple[Index, Index]]:
    places = np.arange(rows)
    return [(places[places % 5 != fold], places[places % 5 == fold]) for fold in range(5)]


@pytest.mark.parametrize(("rows", "width"), [(400, 20), (60, 300), (12, 30)])
def test_more_of_the_same_is_inside_and_other_things_are_outside(rows: int, width: int) -> None:
    gate = fit_gate(learned(rows, width), folds(rows), seed=0)

    like, unlike = gate.distance(learned(500, width, seed=2)), gate.distance(learned(500, width, seed=2)[:, ::-1])

    assert (like > 1).mean() < 0.05
    assert (unlike > 1).all()


def test_the_graph_measures_the_same_distance() -> None:
    features = learned(200, 30)
    gate = fit_gate(features, folds(200), seed=0)
    graph = GraphBuilder()
    flat = graph.node("Cast", [graph.input_pixels()], to=1)
    zero = graph.node("Mul", [graph.node("ReduceMean", [flat], keepdims=0), graph.constant(0.0, np.float32)])
    built = graph.build({"outside": (gate.emit(graph, graph.node("Add", [graph.constant(features), zero])), ("N",))})
    session = onnxruntime.InferenceSession(built, providers=["CPUExecutionProvider"])

    answer = session.run(None, {"pixels": np.zeros((1, 1, 1, 3), np.uint8)})[0]

    assert answer.shape == (200,)
    np.testing.assert_allclose(answer, gate.distance(features), rtol=1e-5)


def test_images_that_are_all_the_same_make_a_gate_too() -> None:
    same = np.ones((20, 6), dtype=np.float32)

    gate = fit_gate(same, folds(20), seed=0)

    assert np.isfinite(gate.distance(same)).all()
    assert (gate.distance(same) <= 1).all()
    assert (gate.distance(same + 5) > 1).all()
