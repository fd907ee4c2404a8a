"""scikit-learn's decision trees and forests as a tree table."""

from typing import TypeAlias

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor, RandomForestClassifier, RandomForestRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from automl.graph.builder import GraphBuilder
from automl.graph.links import emit_number, emit_shares
from automl.graph.trees import Floats, TreeTable, emit_trees, join_trees, lone_leaf

Forest: TypeAlias = RandomForestClassifier | ExtraTreesClassifier | RandomForestRegressor | ExtraTreesRegressor
Tree: TypeAlias = DecisionTreeClassifier | DecisionTreeRegressor


def forest_trees(model: Forest | Tree) -> TreeTable:
    """Return the trees, leaf weights already divided by the number of trees.

    The scores are the number; for two classes the share of the second; else the shares of all classes.
    """
    trees: list[Tree] = [model] if isinstance(model, Tree) else list(model.estimators_)
    tables = [_one_tree(tree, len(trees)) for tree in trees]
    outputs = tables[0].outputs
    # The share of one of two classes is also read as 1 - share, and must be exact near 1.
    return join_trees(tables, outputs, exact=outputs == 1 and hasattr(model, "classes_"))


def emit_forest(graph: GraphBuilder, features: str, model: Forest | Tree) -> str:
    """Write the trees: float32 probabilities [N, classes], or the number [N, 1]. A single class has probability 1."""
    scores = emit_trees(graph, features, forest_trees(model))
    if isinstance(model, RandomForestRegressor | ExtraTreesRegressor | DecisionTreeRegressor):
        return emit_number(graph, scores)
    return emit_shares(graph, scores, len(model.classes_))


def _one_tree(model: Tree, trees: int) -> TreeTable:
    tree = model.tree_
    values = _leaf_values(model, tree.value) / trees
    left, right = (np.asarray(child, np.int64) for child in (tree.children_left, tree.children_right))
    is_leaf = left < 0
    if is_leaf[0]:
        return lone_leaf(values[0])
    # A split keeps its place among splits, a leaf its place among leaves.
    place = np.where(is_leaf, ~(np.cumsum(is_leaf) - 1), np.cumsum(~is_leaf) - 1).astype(np.int64)
    one_output = values.shape[1] == 1
    # The middle of the leaves goes into the bias: what is left is small and keeps its precision as float32.
    leaf = values[is_leaf]
    middle = (
        (leaf.min(axis=0) + leaf.max(axis=0)) / 2.0
        if isinstance(model, DecisionTreeRegressor)
        else np.zeros(leaf.shape[1])
    )
    return TreeTable(
        feature=np.asarray(tree.feature, np.int64)[~is_leaf],
        threshold=np.asarray(tree.threshold, np.float64)[~is_leaf],
        missing_left=np.asarray(tree.missing_go_to_left, np.bool_)[~is_leaf],
        left=place[left[~is_leaf]],
        right=place[right[~is_leaf]],
        members={},
        roots=np.zeros(1, np.int64),
        leaf_weight=(leaf - middle)[:, 0] if one_output else leaf,
        leaf_output=np.zeros(len(leaf), np.int64) if one_output else None,
        bias=middle,
    )


def _leaf_values(model: Tree, value: Floats) -> Floats:
    """Return what every node answers, [nodes, outputs]."""
    values = np.asarray(value, np.float64)[:, 0, :]
    return values[:, 1:] if isinstance(model, DecisionTreeClassifier) and values.shape[1] == 2 else values
