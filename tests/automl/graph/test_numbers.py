"""Thresholds, links, lines, networks, calibrations and blends against plain numpy."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from automl.graph.blend import emit_blend
from automl.graph.builder import GraphBuilder
from automl.graph.calibration import Calibration, PiecewiseLine, SigmoidCurve, Temperature
from automl.graph.dense import ACTIVATIONS, DenseLayer, activate, emit_linear, emit_mlp
from automl.graph.links import emit_binary, emit_exponential, emit_shares, emit_softmax
from automl.graph.trees import float32_threshold
from tests.automl.graph.running import answers

RANDOM = np.random.default_rng(5)
POINTS = RANDOM.normal(size=(60, 5)) * 3.0


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(width=32, allow_nan=False, allow_infinity=False),
    st.integers(-2, 2),
)
def test_a_float32_threshold_divides_float32_values_like_the_float64_one(
    threshold: float, value: float, steps: int
) -> None:
    rounded = float32_threshold(np.array([threshold]))[0]
    near = np.float32(np.clip(threshold, -3e38, 3e38))
    for _ in range(abs(steps)):
        near = np.nextafter(near, np.float32(np.sign(steps) * 3.4e38))
    for candidate in (np.float32(value), near):
        assert (candidate <= rounded) == (float(candidate) <= threshold)


def test_links() -> None:
    score = POINTS[:, :1]
    p = 1.0 / (1.0 + np.exp(-1.5 * score.astype(np.float32)))
    both = answers(lambda graph, x: emit_binary(graph, x, 1.5), score)
    assert np.allclose(both, np.hstack([1.0 - p, p]), rtol=1e-6, atol=1e-7)
    powers = np.exp(POINTS)
    assert np.allclose(answers(emit_softmax, POINTS), powers / powers.sum(axis=1, keepdims=True), atol=1e-6)
    assert np.allclose(answers(emit_exponential, score), np.exp(score), rtol=1e-6)
    assert answers(
        lambda graph, x: emit_shares(graph, graph.node("Cast", [x], to=11), 2), np.array([[0.25]])
    ).tolist() == [[0.75, 0.25]]


def test_a_score_far_out_is_nearly_sure_and_nothing_breaks() -> None:
    both = answers(emit_binary, np.array([[-1000.0], [-60.0], [60.0], [1000.0]]))
    assert np.isfinite(both).all()
    assert both[1, 1] == pytest.approx(np.exp(-60.0), rel=1e-5)
    assert both[2, 0] == pytest.approx(np.exp(-60.0), rel=1e-5)


def test_linear() -> None:
    weights, offsets = RANDOM.normal(size=(5, 3)) * 100.0, RANDOM.normal(size=3)
    written = answers(lambda graph, x: emit_linear(graph, x, weights, offsets), POINTS)
    assert np.allclose(written, POINTS.astype(np.float32) @ weights + offsets, rtol=1e-6, atol=1e-5)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("bent", [False, True])
def test_networks(activation: str, bent: bool) -> None:
    bend = RANDOM.random(8) if bent else None
    layers = (
        DenseLayer(RANDOM.normal(size=(5, 8)), RANDOM.normal(size=8), activation, bend),
        DenseLayer(RANDOM.normal(size=(8, 2)), RANDOM.normal(size=2)),
    )
    values: NDArray[np.float64] = POINTS.astype(np.float32).astype(np.float64)
    for layer in layers:
        values = layer.apply(values)
    assert np.allclose(answers(lambda graph, x: emit_mlp(graph, x, layers), POINTS), values, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("activation", [name for name in ACTIVATIONS if name])
def test_activations_are_those_of_torch(activation: str) -> None:
    points = np.linspace(-30.0, 30.0, 101)
    expected = getattr(torch.nn.functional, activation)(torch.from_numpy(points)).numpy()
    assert np.allclose(activate(activation, points), expected, rtol=1e-12, atol=1e-12)


def test_an_unknown_activation_is_refused() -> None:
    with pytest.raises(ValueError, match="swish"):
        activate("swish", POINTS)
    with pytest.raises(ValueError, match="swish"):
        emit_mlp(GraphBuilder(), "x", [DenseLayer(np.eye(2), np.zeros(2), "swish")])


CURVE = PiecewiseLine((0.0, 0.1, 0.4, 1.0), (0.02, 0.02, 0.7, 0.9))


@pytest.mark.parametrize("calibration", [Temperature(0.6), Temperature(2.5), SigmoidCurve(0.7, -0.4), CURVE])
def test_calibrations(calibration: Calibration) -> None:
    yes = np.array([0.0, 1e-7, 1e-4, 0.1, 0.25, 0.4, 0.5, 0.9, 0.999, 0.99999, 1.0], np.float32)
    both = np.stack([1.0 - yes.astype(np.float64), yes], axis=1).astype(np.float32)
    expected = calibration.apply(both.astype(np.float64))
    assert np.allclose(expected.sum(axis=1), 1.0)
    assert np.all(np.diff(expected[:, 1]) >= 0.0)
    assert np.abs(answers(calibration.emit, both) - expected).max() <= 1e-6


def test_temperature_of_several_classes() -> None:
    shares = RANDOM.dirichlet(np.ones(4), 30).astype(np.float32)
    expected = Temperature(1.7).apply(shares.astype(np.float64))
    assert np.abs(answers(Temperature(1.7).emit, shares) - expected).max() <= 1e-6


@pytest.mark.parametrize("renormalise", [False, True])
def test_blends(renormalise: bool) -> None:
    shares = RANDOM.dirichlet(np.ones(3), 20).astype(np.float32)

    def emit(graph: GraphBuilder, x: str) -> str:
        halved = graph.node("Mul", [x, graph.constant(0.5, np.float32)])
        return emit_blend(graph, [x, halved], [3.0, 1.0], renormalise=renormalise)

    assert np.allclose(answers(emit, shares), shares * (1.0 if renormalise else 0.875), atol=1e-6)


def test_a_blend_needs_weights() -> None:
    with pytest.raises(ValueError, match="weight"):
        emit_blend(GraphBuilder(), ["a"], [])
    with pytest.raises(ValueError, match="weight"):
        emit_blend(GraphBuilder(), ["a"], [0.0])
