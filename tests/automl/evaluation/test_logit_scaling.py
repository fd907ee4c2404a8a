"""Logits become probabilities that keep their promise, without costing right answers."""

import numpy as np
import onnxruntime
import pytest

from automl.domain.task import Metric
from automl.evaluation.image_charts import calibration_error
from automl.evaluation.logit_scaling import choose_fit, cross_fitted, fit_line, fit_shifted, fit_temperature, score_line
from automl.evaluation.metrics import Prediction, Scoring, score
from automl.graph.builder import GraphBuilder
from automl.graph.calibration import LogitScaling

Codes = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


def said(rows: int, seed: int = 0, shift: float = 0.0) -> tuple[Codes, Prediction]:
    """Three classes told by honest logits, and what a model says that is far too sure and leans to the rare class."""
    random = np.random.default_rng(seed)
    honest = random.normal(0, 1.5, (rows, 3)) + np.array([1.5, 0.0, -1.0])
    chances = np.exp(honest) / np.exp(honest).sum(axis=1, keepdims=True)
    truth = (chances.cumsum(axis=1) < random.random((rows, 1))).sum(axis=1).astype(np.int64)
    return truth, 7.0 * (honest + np.array([0.0, 0.0, shift]))


def parts_of(rows: int) -> list[Codes]:
    return [np.arange(start, rows, 5) for start in range(5)]


def test_a_model_that_is_far_too_sure_becomes_honest_and_keeps_its_answers() -> None:
    truth, logits = said(1000)

    fit = choose_fit(truth, logits, parts_of(1000))
    honest = cross_fitted(fit, truth, logits, parts_of(1000), 3)

    assert fit is fit_temperature
    np.testing.assert_array_equal(honest.argmax(axis=1), logits.argmax(axis=1))
    assert calibration_error(truth, honest) < 0.05
    assert fit_temperature(truth, logits).weights[0][0] == pytest.approx(1 / 7, rel=0.2)


def test_a_model_that_leans_to_one_class_is_set_upright() -> None:
    truth, logits = said(2000, shift=2.0)

    fit = choose_fit(truth, logits, parts_of(2000))
    honest = cross_fitted(fit, truth, logits, parts_of(2000), 3)

    assert fit is fit_shifted
    plain = fit_temperature(truth, logits).apply(logits)
    assert score(Scoring(Metric.ACCURACY), truth, honest) > score(Scoring(Metric.ACCURACY), truth, plain)


def test_few_perfect_answers_do_not_become_certainty() -> None:
    truth = np.array([0, 1] * 6)
    logits = np.where(np.arange(2) == truth[:, None], 30.0, -30.0)

    sure = fit_temperature(truth, logits).apply(logits).max(axis=1)

    assert (sure < 0.97).all()
    assert (sure > 0.8).all()


def test_logits_without_any_difference_give_even_chances() -> None:
    truth = np.array([0, 1, 1, 0])

    np.testing.assert_allclose(fit_temperature(truth, np.zeros((4, 2))).apply(np.zeros((4, 2))), 0.5)


def test_the_line_of_good_parts_is_where_so_many_of_them_end() -> None:
    scores = np.arange(100.0)

    scaling = fit_line(scores, 0.05)
    risk = scaling.apply(scores[:, None])[:, 1]

    assert (risk >= 0.5).sum() == 5
    assert risk[50] == pytest.approx(1 / (1 + np.exp(4.0)), rel=0.1)
    assert (np.diff(risk) > 0).all()


def test_the_line_of_few_good_parts_stands_above_all_of_them() -> None:
    assert score_line(np.array([1.0, 2.0, 3.0]), 0.01) > 3.0
    assert np.isfinite(fit_line(np.array([2.0, 2.0]), 0.05).apply(np.array([[2.0], [3.0]]))).all()


@pytest.mark.parametrize(
    "scaling",
    [
        LogitScaling(((0.3, 0.0, 0.0), (0.0, 0.3, 0.0), (0.0, 0.0, 0.3)), (0.0, -1.0, 2.0)),
        LogitScaling(((0.0, 2.5),), (0.0, -1.0)),
    ],
    ids=["classes", "score"],
)
def test_the_graph_says_the_same(scaling: LogitScaling) -> None:
    logits = np.random.default_rng(0).normal(0, 20, (50, len(scaling.weights))).astype(np.float32)
    graph = GraphBuilder()
    pixels = graph.input_pixels()
    flat = graph.node("ReduceMean", [graph.node("Cast", [pixels], to=1)], keepdims=0)
    zero = graph.node("Mul", [flat, graph.constant(0.0, np.float32)])
    tensor = scaling.emit(graph, graph.node("Add", [graph.constant(logits), zero]))
    session = onnxruntime.InferenceSession(
        graph.build({"probabilities": (tensor, len(scaling.shifts))}), providers=["CPUExecutionProvider"]
    )

    answer = session.run(None, {"pixels": np.zeros((1, 1, 1, 3), np.uint8)})[0]

    np.testing.assert_allclose(answer, scaling.apply(logits.astype(np.float64)), atol=1e-6)
