import numpy as np
import pytest
import treelite
from numpy.typing import NDArray
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor, RandomForestClassifier, RandomForestRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from automl.graph.forest_trees import Forest, Tree, emit_forest, forest_trees
from tests.automl.graph.running import Matrix, answers, edge_rows, sample, signal

FEATURES = sample()
SIGNAL = signal(FEATURES)
YES = (SIGNAL > 0).astype(np.int64)
KINDS = np.digitize(SIGNAL, [-1.0, 0.0, 2.0])
SETTINGS = {"n_estimators": 8, "random_state": 2, "min_samples_leaf": 2}


def _edge_rows(model: Forest | Tree) -> Matrix:
    trees = forest_trees(model)
    return edge_rows(FEATURES, trees.threshold, trees.feature)


def _expected(model: Forest | Tree, rows: Matrix) -> NDArray[np.float64]:
    if hasattr(model, "classes_"):
        return np.asarray(model.predict_proba(rows))
    return np.asarray(model.predict(rows)).reshape(-1, 1)


def _worst_gap(model: Forest | Tree) -> float:
    rows = _edge_rows(model)
    written = answers(lambda graph, features: emit_forest(graph, features, model), rows)
    return float(np.max(np.abs(written - _expected(model, rows))))


@pytest.mark.parametrize("kind", [RandomForestClassifier, ExtraTreesClassifier])
@pytest.mark.parametrize("target", [YES, KINDS], ids=["two", "four"])
def test_probabilities_are_those_of_the_forest(kind: type[Forest], target: NDArray[np.int64]) -> None:
    assert _worst_gap(kind(**SETTINGS).fit(FEATURES, target)) <= 1e-6


@pytest.mark.parametrize("kind", [RandomForestRegressor, ExtraTreesRegressor])
@pytest.mark.parametrize("offset", [0.0, 5000.0])
def test_numbers_are_those_of_the_forest(kind: type[Forest], offset: float) -> None:
    assert _worst_gap(kind(**SETTINGS).fit(FEATURES, SIGNAL + offset)) <= 1e-6 + np.spacing(np.float32(offset))


@pytest.mark.parametrize("kind", [DecisionTreeClassifier, DecisionTreeRegressor])
def test_single_trees(kind: type[Tree]) -> None:
    assert _worst_gap(kind(max_depth=4, random_state=0).fit(FEATURES, YES)) <= 1e-6


@pytest.mark.parametrize("target", [YES, KINDS], ids=["two", "four"])
def test_trees_without_a_split_are_a_constant(target: NDArray[np.int64]) -> None:
    forest = RandomForestClassifier(n_estimators=3, min_samples_leaf=1000, random_state=0).fit(FEATURES, target)
    written = answers(lambda graph, features: emit_forest(graph, features, forest), FEATURES)
    assert np.abs(written - forest.predict_proba(FEATURES)).max() <= 1e-6


def test_one_class_has_probability_one() -> None:
    forest = RandomForestClassifier(n_estimators=2).fit(FEATURES, np.zeros(len(FEATURES)))
    assert answers(lambda graph, features: emit_forest(graph, features, forest), FEATURES).tolist() == [[1.0]] * len(
        FEATURES
    )


def test_both_shares_are_exact_near_the_ends() -> None:
    forest = ExtraTreesClassifier(n_estimators=60, min_samples_leaf=2, random_state=0).fit(FEATURES, YES)
    written = answers(lambda graph, features: emit_forest(graph, features, forest), FEATURES)
    expected = np.asarray(forest.predict_proba(FEATURES))
    sure = (expected > 1e-12) & (expected < 0.2)
    assert sure.any()
    assert np.abs(written[sure] / expected[sure] - 1.0).max() <= 1e-5


@pytest.mark.parametrize("target", [YES, KINDS, SIGNAL], ids=["two", "four", "number"])
def test_treelite_reads_the_same_trees(target: NDArray[np.float64]) -> None:
    kind = RandomForestRegressor if target is SIGNAL else RandomForestClassifier
    forest = kind(**SETTINGS).fit(FEATURES, target)
    rows = _edge_rows(forest)
    oracle = np.asarray(treelite.gtil.predict(treelite.sklearn.import_model(forest), rows)).reshape(len(rows), -1)
    written = answers(lambda graph, features: emit_forest(graph, features, forest), rows)
    assert np.abs(written[:, -oracle.shape[1] :] - oracle).max() <= 1e-5
