"""Forests: the mean of many independent trees (random forest: Breiman 2001; extra trees: Geurts et al. 2006)."""

from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor, RandomForestClassifier, RandomForestRegressor

from automl.domain.result import InWords
from automl.domain.task import Family, TaskKind
from automl.graph.builder import GraphBuilder
from automl.graph.forest_trees import Forest, emit_forest
from automl.models.base import Answers, Care, Features, FittedModel, LearningRows, Parameters, Shape
from automl.models.space import Choice, Dimension, Real, Whole
from automl.models.words import Switch, Wording, compare, describe

TREES_AT_ONCE = 8
MOST_TREES = 120
MOST_LEAVES = 250_000
SMALLEST_SHARE = 1e-3

WORDINGS = (
    Wording("min_samples_leaf", "", -1.0, "large_leaves", 8, "smaller_leaves", "larger_leaves", 1.8),
    Wording("max_features", "few_inputs_per_split", 0.3, "many_inputs_per_split", 0.7, "fewer_inputs", "more_inputs"),
)
SWITCHES = (Switch("kind", "extra", "random_splits"),)


@dataclass(frozen=True)
class ForestModel:
    """A forest; `steps` is its number of trees."""

    forest: Forest
    shape: Shape
    curve: tuple[float, ...] = ()

    @property
    def steps(self) -> int:
        """How many trees stand."""
        return len(self.forest.estimators_)

    def after(self, steps: int) -> "ForestModel":
        """The same: more trees never hurt."""
        del steps
        return self

    def predict(self, features: Features) -> Answers:
        """Probabilities [n, classes], never exactly zero, or numbers [n]."""
        if self.shape.task is TaskKind.REGRESSION:
            return np.asarray(self.forest.predict(features), dtype=np.float64)
        shares = np.zeros((len(features), self.shape.class_count))
        shares[:, self.forest.classes_.astype(np.int64)] = self.forest.predict_proba(features)
        floor = SMALLEST_SHARE / self.shape.class_count
        return shares * (1 - SMALLEST_SHARE) + floor

    def emit(self, graph: GraphBuilder, features: str) -> str:
        """Add the trees, node for node; give every class its place and every probability its floor."""
        answer = emit_forest(graph, features, self.forest)
        if self.shape.task is TaskKind.REGRESSION:
            return answer
        known = self.forest.classes_.astype(np.int64)
        places = np.zeros((len(known), self.shape.class_count), dtype=np.float32)
        places[np.arange(len(known)), known] = 1 - SMALLEST_SHARE
        floor = graph.constant([SMALLEST_SHARE / self.shape.class_count], np.float32)
        return graph.node("Add", [graph.node("MatMul", [answer, graph.constant(places)]), floor])


class ForestFamily:
    """Many independent trees, each on its own draw of the rows."""

    family = Family.FOREST
    style = "tree"
    simplicity = 2

    def suits(self, shape: Shape) -> bool:
        """Up to two hundred thousand rows: beyond, boosted trees say the same in a tenth of the size."""
        return 20 <= shape.rows <= 200_000

    def published(self, shape: Shape) -> tuple[Parameters, ...]:
        """Extra trees and a random forest with the leaf sizes that suit the target."""
        leaf = 3 if shape.task is not TaskKind.REGRESSION else 1
        share = 0.5
        return (
            {"kind": "extra", "max_features": share, "min_samples_leaf": leaf},
            {"kind": "random", "max_features": share, "min_samples_leaf": leaf},
        )

    def space(self, shape: Shape) -> tuple[Dimension, ...]:
        """Kind of trees, inputs a split may choose from, rows a leaf must hold."""
        return (
            Choice("kind", ("extra", "random")),
            Real("max_features", 0.1, 1.0, usual=0.5),
            Whole("min_samples_leaf", 1, int(np.clip(shape.rows / 40, 2, 50)), usual=1, logarithmic=True),
        )

    def fit(
        self, rows: LearningRows, parameters: Parameters, care: Care, checking: LearningRows | None = None
    ) -> FittedModel:
        """Plant trees in small groups until there are enough, or until time runs out."""
        wanted = care.steps or MOST_TREES
        forest = _planted(rows.shape, parameters, care)
        planted = 0
        while planted < wanted:
            care.check_stop()
            planted = min(planted + TREES_AT_ONCE, wanted)
            forest.set_params(n_estimators=planted)
            forest.fit(rows.features, rows.target)
            if care.report is not None and checking is not None:
                care.report(planted, wanted, _error(ForestModel(forest, rows.shape), checking), None)
            if care.time_left() <= 0:
                break
        return ForestModel(forest, rows.shape)

    def words(self, parameters: Parameters) -> tuple[InWords, ...]:
        """For example: random splits, large leaves."""
        return describe("forest", "usual_settings", WORDINGS, SWITCHES, parameters)

    def changes(self, before: Parameters, after: Parameters) -> tuple[InWords, ...]:
        """For example: larger leaves."""
        return compare("forest", WORDINGS, SWITCHES, before, after)


def _planted(shape: Shape, parameters: Parameters, care: Care) -> Forest:
    """An empty forest whose trees together keep a size that can be delivered."""
    extra = parameters.get("kind", "extra") == "extra"
    numbers = shape.task is TaskKind.REGRESSION
    kinds = {
        (True, True): ExtraTreesRegressor,
        (True, False): ExtraTreesClassifier,
        (False, True): RandomForestRegressor,
        (False, False): RandomForestClassifier,
    }
    return kinds[extra, numbers](
        max_features=float(parameters.get("max_features", 0.5)),
        min_samples_leaf=int(parameters.get("min_samples_leaf", 1)),
        max_leaf_nodes=max(2, min(MOST_LEAVES // MOST_TREES // max(1, shape.outputs - 1), shape.rows)),
        bootstrap=not extra,
        random_state=care.seed,
        n_jobs=care.threads,
        warm_start=True,
    )


def _error(model: ForestModel, checking: LearningRows) -> float:
    answers = model.predict(checking.features)
    if model.shape.task is TaskKind.REGRESSION:
        return float(np.sqrt(np.mean(np.square(answers - checking.target))))
    of_truth = answers[np.arange(len(checking)), checking.target.astype(np.int64)]
    return float(-np.log(np.maximum(of_truth, 1e-7)).mean())
