"""One knob for all heads: `restraint` from 0 (believe every image) to 1 (believe only what many images agree on)."""

from enum import StrEnum

import numpy as np

from automl.domain.issues import Parameter
from automl.domain.task import TaskKind
from automl.models.base import Care, Features, FittedModel, Index, LearningRows, ModelFamily, Parameters, Shape
from automl.models.image.head_discriminant import fit_discriminant
from automl.models.image.head_kernel import fit_kernel
from automl.models.image.heads import Head, TabularHead, fit_scaling
from automl.models.tabular.boosted import Boosted
from automl.models.tabular.linear import Linear

USUAL_RESTRAINT = 0.25
_ROUNDS = 150


class HeadKind(StrEnum):
    """Linear discriminants, a kernel machine, softmax regression, boosted trees."""

    DISCRIMINANT = "discriminant"
    KERNEL = "kernel"
    LOGISTIC = "logistic"
    TREES = "trees"


def fit_head(features: Features, target: Index, class_count: int, parameters: Parameters, care: Care) -> Head:
    """Learn from features [n, D] and class codes [n]. Where all images are of one class, discriminants take over."""
    kind = HeadKind(str(parameters.get("head", HeadKind.DISCRIMINANT)))
    restraint = float(parameters.get("restraint", USUAL_RESTRAINT))
    if len(np.unique(target)) < 2 or kind is HeadKind.DISCRIMINANT:
        balanced = bool(parameters.get("balanced", False))
        return fit_discriminant(features, target, class_count, shrinkage=10 ** (2 * restraint - 2), balanced=balanced)
    match kind:
        case HeadKind.KERNEL:
            reach = float(parameters.get("reach", 1.0))
            softness = 10 ** (2.5 * restraint - 2.5)
            return fit_kernel(features, target, class_count, softness=softness, width=reach, seed=care.seed)
        case HeadKind.LOGISTIC:
            strength: dict[str, Parameter] = {"strength": 10 ** (3 * restraint)}
            scaling = fit_scaling(features)
            model, columns = _learned(Linear(), scaling.apply(features), target, strength, care)
            return TabularHead(model, scaling, columns, class_count)
        case HeadKind.TREES:
            model, columns = _learned(Boosted(), features, target, _tree_settings(len(target), restraint), care)
            return TabularHead(model, None, columns, class_count)


def _tree_settings(rows: int, restraint: float) -> dict[str, Parameter]:
    return {
        "rounds": _ROUNDS,
        "learning_rate": 0.08,
        "num_leaves": 8,
        "feature_fraction": 0.2,
        "min_data_in_leaf": max(1, min(10, rows // 40)),
        "lambda_l2": 10 ** (3 * restraint - 2),
    }


def _learned(
    family: ModelFamily, features: Features, target: Index, parameters: Parameters, care: Care
) -> tuple[FittedModel, tuple[int, ...]]:
    """Let a family of models for tables learn the classes that occur; say which these are."""
    present, codes, counts = np.unique(target, return_inverse=True, return_counts=True)
    shape = Shape(
        task=TaskKind.BINARY if len(present) == 2 else TaskKind.MULTICLASS,
        rows=len(target),
        features=features.shape[1],
        class_count=len(present),
        rarest=int(counts.min()),
    )
    return family.fit(LearningRows(features, codes, shape), parameters, care), tuple(present.tolist())
