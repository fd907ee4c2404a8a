"""Settings of boosted trees with a good record elsewhere, and what a person would notice about them.

The numbers are those published with AutoGluon's portfolios, pytabkit's tuned defaults and the TabArena study (2025).
"""

import numpy as np

from automl.models.base import Parameters, Shape
from automl.models.words import Switch, Wording

_DEFAULT: Parameters = {"learning_rate": 0.05, "num_leaves": 31, "min_data_in_leaf": 20}
_TUNED_CLASSES: Parameters = {
    "learning_rate": 0.04,
    "num_leaves": 50,
    "min_data_in_leaf": 40,
    "min_sum_hessian_in_leaf": 1e-7,
    "bagging_fraction": 0.75,
}
_TUNED_NUMBERS: Parameters = {
    "learning_rate": 0.05,
    "num_leaves": 100,
    "min_data_in_leaf": 3,
    "bagging_fraction": 0.7,
}
_RANDOM_SPLITS: Parameters = {
    "extra_trees": True,
    "learning_rate": 0.0339,
    "num_leaves": 127,
    "feature_fraction": 0.828,
    "min_data_in_leaf": 6,
}
_TINY_TREES: Parameters = {
    "extra_trees": True,
    "learning_rate": 0.03,
    "num_leaves": 5,
    "feature_fraction": 0.733,
    "bagging_fraction": 0.854,
    "min_data_in_leaf": 12,
}
_SMOOTHED: Parameters = {
    "extra_trees": True,
    "learning_rate": 0.0179,
    "num_leaves": 39,
    "feature_fraction": 0.462,
    "bagging_fraction": 0.877,
    "lambda_l1": 0.238,
    "lambda_l2": 0.355,
    "min_data_in_leaf": 3,
    "cat_smooth": 15.4,
    "cat_l2": 0.342,
    "max_cat_to_onehot": 16,
}
_FEW_INPUTS: Parameters = {
    "learning_rate": 0.02,
    "num_leaves": 53,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.9,
    "min_data_in_leaf": 14,
}
_LARGE: Parameters = {
    "learning_rate": 0.03,
    "num_leaves": 128,
    "feature_fraction": 0.9,
    "min_data_in_leaf": 3,
}
_CAUTIOUS: Parameters = {
    "learning_rate": 0.03,
    "num_leaves": 4,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "min_data_in_leaf": 20,
    "lambda_l2": 10.0,
    "min_sum_hessian_in_leaf": 1.0,
}

WORDINGS = (
    Wording("num_leaves", "shallow_trees", 12, "deep_trees", 80, "shallower_trees", "deeper_trees"),
    Wording("learning_rate", "slow_learning", 0.025, "fast_learning", 0.08, "slower_learning", "faster_learning"),
    Wording(
        "feature_fraction",
        "few_inputs_per_tree",
        0.6,
        "",
        np.inf,
        "fewer_inputs_per_tree",
        "more_inputs_per_tree",
        1.25,
    ),
    Wording("lambda_l2", "", -1.0, "strong_smoothing", 5.0, "less_smoothing", "more_smoothing", 3.0),
    Wording("min_data_in_leaf", "", -1.0, "large_leaves", 35, "smaller_leaves", "larger_leaves", 1.8),
)
SWITCHES = (Switch("extra_trees", option=True, word="random_splits"),)


def quick_settings() -> Parameters:
    """A first model within seconds: few, fast rounds."""
    return {"learning_rate": 0.1, "num_leaves": 31, "rounds": 150}


def published_settings(shape: Shape) -> tuple[Parameters, ...]:
    """The portfolio for a table, best first, sizes bounded by the rows."""
    tuned = _TUNED_CLASSES if shape.outputs > 1 else _TUNED_NUMBERS
    order: tuple[Parameters, ...] = (tuned, _RANDOM_SPLITS, _SMOOTHED, _DEFAULT, _TINY_TREES, _FEW_INPUTS, _LARGE)
    if shape.few_positives:
        order = (_CAUTIOUS, _TINY_TREES, tuned, _SMOOTHED, _DEFAULT)
    elif shape.rows < 2000:
        order = (tuned, _TINY_TREES, _RANDOM_SPLITS, _SMOOTHED, _DEFAULT, _FEW_INPUTS, _CAUTIOUS)
    return tuple(_fitting(settings, shape) for settings in order)


def _fitting(settings: Parameters, shape: Shape) -> Parameters:
    """Keep leaves from being larger than a twentieth of the rows."""
    most = max(1, shape.rows // 20)
    return {**settings, "min_data_in_leaf": min(int(settings["min_data_in_leaf"]), most)}
