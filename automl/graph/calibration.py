"""Probabilities made honest after the fact: small records fitted elsewhere, applied here and written to a graph."""

import msgspec
import numpy as np
import numpy.typing as npt

from automl.graph.builder import GraphBuilder
from automl.graph.types import DOUBLE, FLOAT

Floats = npt.NDArray[np.float64]

# Probabilities are kept this far from 0 and 1 before their logarithm is taken.
_NEAREST = 1e-6


class Temperature(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="temperature", tag_field="kind"):
    """Logarithms of probabilities divided by one number > 0 (Guo et al. 2017); above 1 the model becomes less sure of itself."""

    temperature: float

    def apply(self, probabilities: Floats) -> Floats:
        """Return calibrated probabilities [n, K]."""
        logs = np.log(np.maximum(probabilities, _NEAREST)) / self.temperature
        powers = np.exp(logs - logs.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float64)

    def emit(self, graph: GraphBuilder, probabilities: str) -> str:
        """Write it for float32 [N, K]."""
        scaled = graph.node("Div", [_logs(graph, probabilities), graph.constant(self.temperature, np.float64)])
        return graph.node("Cast", [graph.node("Softmax", [scaled], axis=1)], to=FLOAT)


class SigmoidCurve(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="sigmoid", tag_field="kind"):
    """Two classes: sigmoid(slope * logit(p) + shift) (Platt 1999, on log odds)."""

    slope: float
    shift: float

    def apply(self, probabilities: Floats) -> Floats:
        """Return calibrated probabilities [n, 2]."""
        logs = np.log(np.maximum(probabilities, _NEAREST))
        score = self.slope * (logs[:, 1] - logs[:, 0]) + self.shift
        yes = 1.0 / (1.0 + np.exp(-score))
        return np.stack([1.0 / (1.0 + np.exp(score)), yes], axis=1)

    def emit(self, graph: GraphBuilder, probabilities: str) -> str:
        """Write it for float32 [N, 2]."""
        signs = graph.constant([[self.slope, -self.slope], [-self.slope, self.slope]], np.float64)
        odds = graph.node("MatMul", [_logs(graph, probabilities), signs])
        scores = graph.node("Add", [odds, graph.constant([[-self.shift, self.shift]], np.float64)])
        return graph.node("Cast", [graph.node("Sigmoid", [scores])], to=FLOAT)


class PiecewiseLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="piecewise", tag_field="kind"):
    """Two classes: straight lines between points (risk, calibrated risk), flat outside; isotonic when both rise.

    `risks` rise strictly and number at least two.
    """

    risks: tuple[float, ...]
    calibrated: tuple[float, ...]

    def apply(self, probabilities: Floats) -> Floats:
        """Return calibrated probabilities [n, 2]."""
        yes = np.interp(probabilities[:, 1], self.risks, self.calibrated)
        return np.stack([1.0 - yes, yes], axis=1)

    def emit(self, graph: GraphBuilder, probabilities: str) -> str:
        """Write it for float32 [N, 2]: first + sum over pieces of slope * (the part of the piece already passed)."""
        risks, levels = np.asarray(self.risks), np.asarray(self.calibrated)
        widths = np.diff(risks)
        wide = graph.node("Cast", [probabilities], to=DOUBLE)
        risk = graph.node("Gather", [wide, graph.constant([1], np.int64)], axis=1)
        passed = graph.node("Sub", [risk, graph.constant([risks[:-1]], np.float64)])
        passed = graph.node("Max", [passed, graph.constant(0.0, np.float64)])
        passed = graph.node("Min", [passed, graph.constant([widths], np.float64)])
        slopes = graph.constant((np.diff(levels) / widths).reshape(-1, 1), np.float64)
        yes = graph.node("Add", [graph.node("MatMul", [passed, slopes]), graph.constant(levels[0], np.float64)])
        both = graph.node("Concat", [graph.node("Sub", [graph.constant(1.0, np.float64), yes]), yes], axis=1)
        return graph.node("Cast", [both], to=FLOAT)


class LogitScaling(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="logits", tag_field="kind"):
    """From logits to probabilities: softmax(logits @ weights + shifts); `weights` [logits, K], `shifts` [K].

    Equal weights on the diagonal without shifts are a temperature; with shifts it is corrected for the mix of classes
    (Alexandari et al. 2020). A single score becomes the log odds of the second of two classes.
    """

    weights: tuple[tuple[float, ...], ...]
    shifts: tuple[float, ...]

    def apply(self, logits: Floats) -> Floats:
        """Return probabilities [n, K]."""
        scores = logits.astype(np.float64) @ np.asarray(self.weights) + np.asarray(self.shifts)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float64)

    def emit(self, graph: GraphBuilder, logits: str) -> str:
        """Write it for float32 logits [N, L]; returns float32 [N, K]."""
        wide = graph.node("Cast", [logits], to=DOUBLE)
        product = graph.node("MatMul", [wide, graph.constant(self.weights, np.float64)])
        scores = graph.node("Add", [product, graph.constant([self.shifts], np.float64)])
        return graph.node("Cast", [graph.node("Softmax", [scores], axis=1)], to=FLOAT)


Calibration = Temperature | SigmoidCurve | PiecewiseLine


def _logs(graph: GraphBuilder, probabilities: str) -> str:
    wide = graph.node("Cast", [probabilities], to=DOUBLE)
    return graph.node("Log", [graph.node("Max", [wide, graph.constant(_NEAREST, np.float64)])])
