import lightgbm
import numpy as np
import pytest
import treelite
from numpy.typing import NDArray

from automl.graph.builder import GraphBuilder
from automl.graph.lightgbm_trees import LightgbmModel, emit_lightgbm, read_lightgbm
from tests.automl.graph.running import Matrix, answers, edge_rows, sample, signal

FEATURES = sample()
SIGNAL = signal(FEATURES)
SETTINGS = {"verbose": -1, "num_threads": 1, "num_leaves": 12, "min_data_in_leaf": 5, "seed": 3, "deterministic": True}


def _targets(objective: str) -> NDArray[np.float64]:
    match objective:
        case "binary" | "cross_entropy":
            return (SIGNAL > 0).astype(np.float64)
        case "multiclass":
            return np.digitize(SIGNAL, [-1.0, 0.0, 2.0]).astype(np.float64)
        case "poisson" | "gamma" | "tweedie":
            return np.exp(SIGNAL / 4.0)
        case _:
            return SIGNAL


def _train(
    objective: str, *, categorical: tuple[int, ...] = (), rounds: int = 12, **settings: object
) -> lightgbm.Booster:
    classes = {"num_class": 4} if objective == "multiclass" else {}
    names = [f"f{index:04d}" for index in range(FEATURES.shape[1])]
    data = lightgbm.Dataset(FEATURES, _targets(objective), feature_name=names, categorical_feature=list(categorical))
    return lightgbm.train({**SETTINGS, **classes, **settings, "objective": objective}, data, rounds)


def _expected(booster: lightgbm.Booster, model: LightgbmModel, rows: Matrix) -> NDArray[np.float64]:
    predicted = np.asarray(booster.predict(rows.astype(np.float64)))
    if model.objective in ("binary", "cross_entropy"):
        return np.stack([1.0 - predicted, predicted], axis=1)
    return predicted.reshape(len(rows), -1)


def _edge_rows(model: LightgbmModel) -> Matrix:
    trees = model.trees
    numeric = np.setdiff1d(np.arange(len(trees.feature)), np.fromiter(trees.members, np.int64, len(trees.members)))
    rows = edge_rows(FEATURES, trees.threshold[numeric], trees.feature[numeric])
    strange = FEATURES[:6].copy()
    strange[:, 4] = [46, 1000, -1, np.nan, 31, 32]
    return np.concatenate([rows, strange])


def _worst_gap(booster: lightgbm.Booster) -> float:
    model = read_lightgbm(booster.model_to_string())
    rows = _edge_rows(model)
    written = answers(lambda graph, features: emit_lightgbm(graph, features, model), rows)
    expected = _expected(booster, model, rows)
    assert written.shape == expected.shape == (len(rows), model.width)
    return float(np.max(np.abs(written - expected)))


@pytest.mark.parametrize("categorical", [(), (4, 5)], ids=["numbers", "categories"])
@pytest.mark.parametrize("objective", ["binary", "multiclass", "regression"])
def test_probabilities_and_numbers_are_those_of_the_booster(objective: str, categorical: tuple[int, ...]) -> None:
    assert _worst_gap(_train(objective, categorical=categorical)) <= 1e-6


@pytest.mark.parametrize(
    "objective", ["cross_entropy", "regression_l1", "huber", "quantile", "poisson", "gamma", "tweedie"]
)
def test_other_objectives_have_their_link(objective: str) -> None:
    assert _worst_gap(_train(objective)) <= 2e-6


def test_random_splits_slopes_and_bagging() -> None:
    booster = _train("binary", categorical=(4,), extra_trees=True, sigmoid=0.7, bagging_fraction=0.7, bagging_freq=1)
    assert _worst_gap(booster) <= 1e-6


def test_missing_cells_may_be_switched_off() -> None:
    assert _worst_gap(_train("binary", use_missing=False)) <= 1e-6


def test_large_numbers_keep_their_precision() -> None:
    data = lightgbm.Dataset(FEATURES, SIGNAL + 5000.0)
    booster = lightgbm.train({**SETTINGS, "objective": "regression"}, data, 20)
    written = answers(
        lambda graph, rows: emit_lightgbm(graph, rows, read_lightgbm(booster.model_to_string())), FEATURES
    )
    gap = np.abs(written[:, 0] - np.asarray(booster.predict(FEATURES)))
    assert gap.max() <= np.spacing(np.float32(5000.0))


def test_trees_of_one_leaf_are_a_constant() -> None:
    booster = _train("multiclass", min_data_in_leaf=1000, rounds=3)
    assert read_lightgbm(booster.model_to_string()).trees.roots.size == 0
    assert _worst_gap(booster) <= 1e-6


def test_some_trees_may_have_one_leaf() -> None:
    booster = _train("regression", min_gain_to_split=60.0, rounds=25)
    assert 0 < read_lightgbm(booster.model_to_string()).trees.roots.size < 25
    assert _worst_gap(booster) <= 1e-6


def test_the_first_rounds_alone_can_be_written() -> None:
    booster = _train("binary", rounds=10)
    model = read_lightgbm(booster.model_to_string(num_iteration=4))
    written = answers(lambda graph, rows: emit_lightgbm(graph, rows, model), FEATURES)
    assert np.abs(written[:, 1] - np.asarray(booster.predict(FEATURES, num_iteration=4))).max() <= 1e-6


@pytest.mark.parametrize("objective", ["binary", "multiclass", "regression"])
def test_treelite_reads_the_same_trees(objective: str) -> None:
    booster = _train(objective, categorical=(4,))
    model = read_lightgbm(booster.model_to_string())
    rows = _edge_rows(model)
    rows = rows[rows[:, 4] >= 0]
    oracle = treelite.gtil.predict(treelite.frontend.from_lightgbm(booster), rows.astype(np.float64))
    written = answers(lambda graph, features: emit_lightgbm(graph, features, model), rows)
    expected = np.asarray(oracle).reshape(len(rows), -1)
    assert np.abs(written[:, -expected.shape[1] :] - expected).max() <= 1e-6


def test_equal_boosters_give_equal_bytes() -> None:
    text = _train("binary").model_to_string()
    models = []
    for _ in range(2):
        graph = GraphBuilder()
        columns = graph.node("Concat", [graph.input_number(f"c{index}") for index in range(6)], axis=1)
        answer = emit_lightgbm(graph, graph.node("Cast", [columns], to=1), read_lightgbm(text))
        models.append(graph.build({"probabilities": (answer, 2)}))
    assert models[0] == models[1]


@pytest.mark.parametrize(
    ("objective", "settings", "reason"),
    [
        ("binary", {"boosting": "rf", "bagging_fraction": 0.5, "bagging_freq": 1}, "rf"),
        ("regression", {"linear_tree": True}, "linear"),
        ("binary", {"zero_as_missing": True}, "zero"),
        ("regression", {"reg_sqrt": True}, "link"),
        ("multiclassova", {"num_class": 2}, "link"),
    ],
)
def test_boosters_that_are_no_plain_sum_are_refused(objective: str, settings: dict[str, object], reason: str) -> None:
    target = "binary" if objective == "multiclassova" else objective
    data = lightgbm.Dataset(np.nan_to_num(FEATURES), _targets(target), free_raw_data=False)
    booster = lightgbm.train({**SETTINGS, **settings, "objective": objective}, data, 3)
    with pytest.raises(ValueError, match=reason):
        read_lightgbm(booster.model_to_string())
