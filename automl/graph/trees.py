"""Decision trees of any origin as one table of nodes, and the table as an ONNX tree ensemble."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from automl.graph.builder import ML_DOMAIN, GraphBuilder
from automl.graph.types import DOUBLE, INT64

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Weights = npt.NDArray[np.float64] | npt.NDArray[np.float32]

_SUM, _NO_TRANSFORM = 1, 0
_LESS_OR_EQUAL, _MEMBER = 0, 6
_NONE: Integers = np.empty(0, np.int64)


@dataclass(frozen=True)
class TreeTable:
    """All splits and leaves of an ensemble whose leaf weights add up; trees of a single leaf live in `bias`.

    For every split: `feature`, `threshold` (go left when value <= threshold), `missing_left` (where a missing value goes), and
    `left`, `right`: a split, or ~leaf for a leaf. `members[s]` gives the codes that go left where split `s` is categorical.
    `roots` are splits; splits stand tree by tree, each from its root on. `leaf_weight` is [leaves] with `leaf_output` naming the
    output each leaf adds to, or [leaves, outputs] with `leaf_output` None. `exact` asks for float64 sums, for scores that will be
    used near 0 and 1.
    """

    feature: Integers
    threshold: Floats
    missing_left: npt.NDArray[np.bool_]
    left: Integers
    right: Integers
    members: dict[int, Integers]
    roots: Integers
    leaf_weight: Floats
    leaf_output: Integers | None
    bias: Floats
    exact: bool = False

    @property
    def outputs(self) -> int:
        """Number of scores a row."""
        return len(self.bias)


def join_trees(trees: Sequence[TreeTable], outputs: int, *, exact: bool = False) -> TreeTable:
    """Return one table of all trees, each of them over the same outputs."""
    bias = np.sum([tree.bias for tree in trees], axis=0) if trees else np.zeros(outputs)
    grown = [tree for tree in trees if len(tree.roots)]
    splits = np.cumsum([0, *(len(tree.feature) for tree in grown)])
    leaves = np.cumsum([0, *(len(tree.leaf_weight) for tree in grown)])

    def moved(children: Sequence[Integers]) -> Integers:
        starts = zip(children, splits, leaves, strict=False)
        return np.concatenate(
            [_NONE, *(np.where(child < 0, child - leaf, child + split) for child, split, leaf in starts)]
        )

    one_output = all(tree.leaf_output is not None for tree in grown)
    weights = [tree.leaf_weight for tree in grown]
    members = [
        (int(start) + split, codes)
        for start, tree in zip(splits, grown, strict=False)
        for split, codes in tree.members.items()
    ]
    return TreeTable(
        feature=np.concatenate([_NONE, *(tree.feature for tree in grown)]),
        threshold=np.concatenate([np.empty(0), *(tree.threshold for tree in grown)]),
        missing_left=np.concatenate([np.empty(0, np.bool_), *(tree.missing_left for tree in grown)]),
        left=moved([tree.left for tree in grown]),
        right=moved([tree.right for tree in grown]),
        members=dict(members),
        roots=splits[:-1].astype(np.int64),
        leaf_weight=np.concatenate(weights) if weights else np.empty(0),
        leaf_output=np.concatenate([_NONE, *(_outputs(tree) for tree in grown)]) if one_output else None,
        bias=bias,
        exact=exact,
    )


def lone_leaf(bias: Floats) -> TreeTable:
    """Return a tree without a split."""
    return TreeTable(_NONE, np.empty(0), np.empty(0, np.bool_), _NONE, _NONE, {}, _NONE, np.empty(0), _NONE, bias)


def float32_threshold(threshold: Floats) -> npt.NDArray[np.float32]:
    """Return the largest float32 not above each threshold: it divides float32 values exactly as the float64 threshold does."""
    limits = np.finfo(np.float32)
    rounded = np.clip(threshold, limits.min, limits.max).astype(np.float32)
    with np.errstate(over="ignore"):  # below the least float32 lies minus infinity, which no value reaches
        return np.where(rounded > threshold, np.nextafter(rounded, np.float32(-np.inf)), rounded)


def emit_trees(graph: GraphBuilder, features: str, table: TreeTable) -> str:
    """Write the trees over float32 features [N, f] and return their scores, float64 [N, outputs]."""
    bias = graph.constant(table.bias.reshape(1, -1), np.float64)
    if not len(table.roots):
        return emit_constant(graph, features, bias)
    if table.leaf_output is None:
        sums = _emit_shared_leaves(graph, features, table)
    else:
        weights = table.leaf_weight if table.exact else table.leaf_weight.astype(np.float32)
        sums = _emit_ensemble(graph, features, table, table.leaf_output, weights, outputs=table.outputs)
    return graph.node("Add", [graph.node("Cast", [sums], to=DOUBLE), bias])


def emit_constant(graph: GraphBuilder, features: str, row: str) -> str:
    """Write the tensor `row` [1, width] once for every row of the features."""
    rows = graph.node("Shape", [features], start=0, end=1)
    shape = graph.node("Concat", [rows, graph.constant([1], np.int64)], axis=0)
    return graph.node("Expand", [row, shape])


def _emit_shared_leaves(graph: GraphBuilder, features: str, table: TreeTable) -> str:
    """Leaves of several outputs: every tree names one of the distinct leaves, whose weights are looked up and added."""
    distinct, which = np.unique(table.leaf_weight, axis=0, return_inverse=True)
    choices = np.asarray(which, np.float32).reshape(-1)
    chosen = _emit_ensemble(graph, features, table, _tree_of_leaves(table), choices, outputs=len(table.roots))
    named = graph.node("Cast", [chosen], to=INT64)
    axis = graph.constant([1], np.int64)
    sums = [
        graph.node("ReduceSum", [graph.node("Gather", [graph.constant(weights), named], axis=0), axis], keepdims=1)
        for weights in distinct.T
    ]
    return graph.node("Concat", sums, axis=1)


def _emit_ensemble(
    graph: GraphBuilder,
    features: str,
    table: TreeTable,
    leaf_output: Integers,
    leaf_weight: Weights,
    *,
    outputs: int,
) -> str:
    """Sums of leaf weights by output, in the precision of the weights."""
    kind = leaf_weight.dtype.type
    categorical = np.isin(np.arange(len(table.feature)), np.fromiter(table.members, np.int64, len(table.members)))
    thresholds = float32_threshold(table.threshold).astype(kind)
    sets = {}
    if table.members:
        # Sets follow each other in the order of their splits, NaN after each.
        codes = [np.append(table.members[split], np.nan) for split in sorted(table.members)]
        sets["membership_values"] = np.concatenate(codes).astype(kind)
    return graph.node(
        "TreeEnsemble",
        [graph.node("Cast", [features], to=DOUBLE) if kind is np.float64 else features],
        domain=ML_DOMAIN,
        aggregate_function=_SUM,
        post_transform=_NO_TRANSFORM,
        n_targets=outputs,
        tree_roots=table.roots.tolist(),
        nodes_featureids=table.feature.tolist(),
        nodes_modes=np.where(categorical, _MEMBER, _LESS_OR_EQUAL).astype(np.uint8),
        nodes_splits=np.where(categorical, 0.0, thresholds).astype(kind),
        nodes_missing_value_tracks_true=table.missing_left.astype(np.int64).tolist(),
        nodes_truenodeids=_target(table.left),
        nodes_trueleafs=(table.left < 0).astype(np.int64).tolist(),
        nodes_falsenodeids=_target(table.right),
        nodes_falseleafs=(table.right < 0).astype(np.int64).tolist(),
        leaf_targetids=leaf_output.tolist(),
        leaf_weights=leaf_weight,
        **sets,
    )


def _target(child: Integers) -> list[int]:
    targets: list[int] = np.where(child < 0, ~child, child).tolist()
    return targets


def _tree_of_leaves(table: TreeTable) -> Integers:
    tree_of_split = np.searchsorted(table.roots, np.arange(len(table.feature)), side="right") - 1
    trees = np.empty(len(table.leaf_weight), np.int64)
    for child in (table.left, table.right):
        trees[~child[child < 0]] = tree_of_split[child < 0]
    return trees


def _outputs(table: TreeTable) -> Integers:
    return _NONE if table.leaf_output is None else table.leaf_output
