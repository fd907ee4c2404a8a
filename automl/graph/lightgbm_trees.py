"""LightGBM's own text of a booster becomes a tree table and a link from scores to answers."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from automl.graph.builder import GraphBuilder
from automl.graph.links import emit_binary, emit_exponential, emit_number, emit_softmax
from automl.graph.trees import Floats, Integers, TreeTable, emit_trees, join_trees, lone_leaf

Flags = npt.NDArray[np.bool_]

_CATEGORICAL, _DEFAULT_LEFT = 1, 2
_MISSING_ZERO, _MISSING_NAN = 1, 2
_ZERO = float(np.float32(1e-35))

_NUMBERS = frozenset({"regression", "regression_l1", "huber", "fair", "quantile", "mape"})
_EXPONENTIALS = frozenset({"poisson", "gamma", "tweedie"})


@dataclass(frozen=True)
class LightgbmModel:
    """A booster as read from its text: trees, the name of its objective and the slope of its sigmoid."""

    trees: TreeTable
    objective: str
    sigmoid: float

    @property
    def width(self) -> int:
        """Columns of the answer: classes, or 1 for a number."""
        return 2 if self.objective in ("binary", "cross_entropy") else self.trees.outputs


def read_lightgbm(model_text: str) -> LightgbmModel:
    """Read what `booster.model_to_string()` gives.

    Raises ValueError for boosters whose answer is no plain sum of leaves (linear trees, random forest mode), that treat zero as
    missing, or whose objective has no link here.
    """
    head, *blocks = model_text.split("\nTree=")
    fields = _fields(head)
    if "average_output" in head.splitlines():
        raise ValueError("boosting type rf averages its trees; train a forest instead")
    objective, *settings = fields["objective"].split()
    if objective not in {"binary", "cross_entropy", "multiclass"} | _NUMBERS | _EXPONENTIALS or "sqrt" in settings:
        raise ValueError(f"no link is known for the objective {fields['objective']!r}")
    slopes = [float(setting.partition(":")[2]) for setting in settings if setting.startswith("sigmoid:")]
    outputs = int(fields["num_tree_per_iteration"])
    trees = [_tree(_fields(block), index % outputs, outputs) for index, block in enumerate(blocks)]
    return LightgbmModel(join_trees(trees, outputs), objective, slopes[0] if slopes else 1.0)


def emit_lightgbm(graph: GraphBuilder, features: str, model: LightgbmModel) -> str:
    """Write trees and link: float32 probabilities [N, classes], or the number [N, 1]."""
    scores = emit_trees(graph, features, model.trees)
    if model.objective in ("binary", "cross_entropy"):
        return emit_binary(graph, scores, model.sigmoid)
    if model.objective == "multiclass":
        return emit_softmax(graph, scores)
    return emit_exponential(graph, scores) if model.objective in _EXPONENTIALS else emit_number(graph, scores)


def _tree(fields: Mapping[str, str], output: int, outputs: int) -> TreeTable:
    if fields.get("is_linear", "0") != "0":
        raise ValueError("linear trees cannot be written as sums of leaves")
    leaf, bias = _floats(fields["leaf_value"]), np.zeros(outputs)
    # The middle of the leaves goes into the bias: what is left is small and keeps its precision as float32.
    bias[output] = (leaf.min() + leaf.max()) / 2.0
    if len(leaf) == 1:
        return lone_leaf(bias)
    threshold, decision = _below_zero(_floats(fields["threshold"])), _integers(fields["decision_type"])
    categorical = (decision & _CATEGORICAL) != 0
    members = {}
    if categorical.any():
        bounds, words = _integers(fields["cat_boundaries"]), _integers(fields["cat_threshold"])
        for split in np.flatnonzero(categorical).tolist():
            at = int(threshold[split])
            members[split] = _codes(words[bounds[at] : bounds[at + 1]])
    return TreeTable(
        feature=_integers(fields["split_feature"]),
        threshold=threshold,
        missing_left=_missing_left(threshold, decision, categorical),
        left=_integers(fields["left_child"]),
        right=_integers(fields["right_child"]),
        members=members,
        roots=np.zeros(1, np.int64),
        leaf_weight=leaf - bias[output],
        leaf_output=np.full(len(leaf), output, np.int64),
        bias=bias,
    )


def _below_zero(threshold: Floats) -> Floats:
    """LightGBM reads a value within ±1e-35 as 0; a split between 0 and the numbers below lies under that band."""
    return np.where(
        (threshold < 0.0) & (threshold >= -_ZERO), np.nextafter(np.float32(-_ZERO), np.float32(-1.0)), threshold
    )


def _missing_left(threshold: Floats, decision: Integers, categorical: Flags) -> Flags:
    """Where NaN goes: as learned; like 0 where the feature had no missing cell; right at a set of codes."""
    kind = (decision >> 2) & 3
    if bool((kind[~categorical] == _MISSING_ZERO).any()):
        raise ValueError("zero_as_missing is not supported")
    learned = (decision & _DEFAULT_LEFT) != 0
    return np.where(kind == _MISSING_NAN, learned, threshold >= 0.0) & ~categorical


def _fields(block: str) -> dict[str, str]:
    lines = (line.partition("=") for line in block.splitlines())
    return {name: value for name, mark, value in lines if mark}


def _floats(text: str) -> Floats:
    return np.array(text.split(), np.float64)


def _integers(text: str) -> Integers:
    return np.array(text.split(), np.int64)


def _codes(words: Integers) -> Integers:
    """Return the positions of the set bits of 32-bit words."""
    bits = (words[:, None] >> np.arange(32)) & 1
    return np.flatnonzero(bits.reshape(-1))
