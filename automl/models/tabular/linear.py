"""Straight-line models: ridge regression (Hoerl & Kennard 1970) and softmax regression with the same penalty."""

import contextlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve
from scipy.optimize import fmin_l_bfgs_b

from automl.domain.result import InWords
from automl.domain.task import Family, TaskKind
from automl.graph.builder import GraphBuilder
from automl.graph.dense import emit_linear
from automl.models.base import Answers, Care, Features, FittedModel, LearningRows, Parameters, Shape
from automl.models.space import Dimension, Real
from automl.models.words import Wording, compare, describe

Matrix = NDArray[np.float64]
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]

MOST_STEPS = 200
ROWS_AT_ONCE = 50_000
MOST_FEATURES = 2_000
WORDINGS = (
    Wording("strength", "light_smoothing", 0.3, "strong_smoothing", 30.0, "less_smoothing", "more_smoothing", 2.0),
)


class _OutOfTimeError(Exception):
    """Time ran out between two steps."""


@dataclass(frozen=True)
class LinearModel:
    """`features @ weights + offsets`, through a softmax for classes. Weights [features, outputs]."""

    weights: Matrix
    offsets: NDArray[np.float64]
    shape: Shape
    steps: int = 0
    curve: tuple[float, ...] = ()

    def after(self, steps: int) -> "LinearModel":
        """The same: there is one best line."""
        del steps
        return self

    def predict(self, features: Features) -> Answers:
        """Probabilities [n, classes] or numbers [n]."""
        scores = np.asarray(features @ self.weights + self.offsets, dtype=np.float64)
        return scores[:, 0] if self.shape.task is TaskKind.REGRESSION else softmax(scores)

    def emit(self, graph: GraphBuilder, features: str) -> str:
        """Add one matrix product, and a softmax for classes."""
        scores = emit_linear(graph, features, self.weights, self.offsets)
        return scores if self.shape.task is TaskKind.REGRESSION else graph.node("Softmax", [scores], axis=1)


class Linear:
    """One weight an input: the model a person can read."""

    family = Family.LINEAR
    style = "linear"
    simplicity = 5

    def suits(self, shape: Shape) -> bool:
        """Up to two thousand features."""
        return shape.features <= MOST_FEATURES

    def published(self, shape: Shape) -> tuple[Parameters, ...]:
        """A usual and a strong penalty; the strong one first when one class is rare."""
        usual, strong = {"strength": 1.0}, {"strength": 30.0}
        return (strong, usual) if shape.few_positives else (usual, strong)

    def space(self, shape: Shape) -> tuple[Dimension, ...]:
        """How strongly weights are held back."""
        del shape
        return (Real("strength", 1e-2, 1e3, usual=1.0, logarithmic=True),)

    def fit(
        self, rows: LearningRows, parameters: Parameters, care: Care, checking: LearningRows | None = None
    ) -> FittedModel:
        """Find the weights of least error plus penalty."""
        del checking
        strength = float(parameters.get("strength", 1.0))
        if rows.shape.task is TaskKind.REGRESSION:
            return _ridge(rows, strength, care)
        return _softmax_regression(rows, strength, care)

    def words(self, parameters: Parameters) -> tuple[InWords, ...]:
        """For example: strong smoothing."""
        return describe("linear", "usual_settings", WORDINGS, (), parameters)

    def changes(self, before: Parameters, after: Parameters) -> tuple[InWords, ...]:
        """For example: more smoothing."""
        return compare("linear", WORDINGS, (), before, after)


def softmax(scores: Matrix) -> Matrix:
    """Probabilities from scores, row by row, without overflow."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _ridge(rows: LearningRows, strength: float, care: Care) -> LinearModel:
    """Solve the normal equations, gathered block by block."""
    width = rows.features.shape[1]
    centre = rows.features.mean(axis=0, dtype=np.float64)
    middle = float(rows.target.mean())
    products, answers = np.zeros((width, width)), np.zeros(width)
    for start in range(0, len(rows), ROWS_AT_ONCE):
        care.check_stop()
        block = rows.features[start : start + ROWS_AT_ONCE].astype(np.float64) - centre
        products += block.T @ block
        answers += block.T @ (rows.target[start : start + ROWS_AT_ONCE] - middle)
    weights = solve(products + strength * np.eye(width), answers, assume_a="pos") if width else answers
    offset = np.array([middle - centre @ weights])
    return LinearModel(weights.reshape(-1, 1), offset, rows.shape)


def _softmax_regression(rows: LearningRows, strength: float, care: Care) -> LinearModel:
    """Minimise log loss plus penalty by L-BFGS (Liu & Nocedal 1989); the offsets are hardly held back."""
    classes, width = rows.shape.class_count, rows.features.shape[1]
    features = rows.features
    codes = rows.target.astype(np.int64)
    shares = (np.bincount(codes, minlength=classes) + 1.0 / classes) / (len(codes) + 1.0)
    start = np.zeros((width + 1, classes))
    start[-1] = np.log(shares)
    best = start.ravel()
    steps = 0

    def loss_and_slope(flat: Vector) -> tuple[float, Vector]:
        weights = flat.reshape(width + 1, classes)
        loss, slope = 0.0, np.zeros_like(weights)
        for begin in range(0, len(codes), ROWS_AT_ONCE):
            care.check_stop()
            block, truth = features[begin : begin + ROWS_AT_ONCE], codes[begin : begin + ROWS_AT_ONCE]
            answers = softmax(np.asarray(block @ weights[:-1] + weights[-1]))
            places = np.arange(len(truth))
            loss -= float(np.log(np.maximum(answers[places, truth], 1e-300)).sum())
            answers[places, truth] -= 1.0
            slope[:-1] += block.T @ answers
            slope[-1] += answers.sum(axis=0)
        loss += 0.5 * strength * float(np.square(weights[:-1]).sum())
        slope[:-1] += strength * weights[:-1]
        # A class that is absent from these rows would push its offset away without end.
        drift = weights[-1] - start[-1]
        loss += 0.5e-3 * float(np.square(drift).sum())
        slope[-1] += 1e-3 * drift
        return loss / len(codes), slope.ravel() / len(codes)

    def follow(flat: Vector) -> None:
        nonlocal best, steps
        best, steps = flat.copy(), steps + 1
        if care.time_left() <= 0:
            raise _OutOfTimeError

    with contextlib.suppress(_OutOfTimeError):
        best = fmin_l_bfgs_b(loss_and_slope, best, callback=follow, maxiter=MOST_STEPS)[0]
    weights = best.reshape(width + 1, classes)
    return LinearModel(weights[:-1].copy(), weights[-1].copy(), rows.shape)
