"""Boosted trees (Friedman 2001) by LightGBM (Ke et al. 2017), with native categories and missing values."""

from dataclasses import dataclass, replace
from typing import Any

import lightgbm
import numpy as np
from lightgbm.callback import CallbackEnv, EarlyStopException

from automl.domain.result import InWords
from automl.domain.task import Family, TaskKind
from automl.graph.builder import GraphBuilder
from automl.graph.lightgbm_trees import emit_lightgbm, read_lightgbm
from automl.models.base import Answers, Care, Features, LearningRows, Parameters, Shape
from automl.models.space import Choice, Dimension, Real, Whole
from automl.models.tabular.boosted_settings import SWITCHES, WORDINGS, published_settings
from automl.models.words import compare, describe

LONGEST_LEARNING = 3000
REPORTS = 25
# Below this size threads cost more time to meet than they save.
CELLS_WORTH_THREADS = 200_000


@dataclass(frozen=True)
class BoostedModel:
    """A booster cut after `steps` rounds."""

    booster: lightgbm.Booster
    shape: Shape
    steps: int
    curve: tuple[float, ...] = ()

    def after(self, steps: int) -> "BoostedModel":
        """The model as it was after so many rounds."""
        return replace(self, steps=max(1, min(steps, self.booster.current_iteration())))

    def predict(self, features: Features) -> Answers:
        """Probabilities [n, classes] or numbers [n]."""
        answers = np.asarray(self.booster.predict(features, num_iteration=self.steps), dtype=np.float64)
        if self.shape.task is TaskKind.BINARY:
            return np.column_stack([1 - answers, answers])
        return answers

    def emit(self, graph: GraphBuilder, features: str) -> str:
        """Add the trees, node for node."""
        text = self.booster.model_to_string(num_iteration=self.steps)
        return emit_lightgbm(graph, features, read_lightgbm(text))


class Boosted:
    """Trees that each correct what the trees before got wrong."""

    family = Family.BOOSTED
    style = "tree"
    simplicity = 3

    def suits(self, shape: Shape) -> bool:
        """From twenty rows on: below that no leaf can be trusted."""
        return shape.rows >= 20

    def published(self, shape: Shape) -> tuple[Parameters, ...]:
        """Settings that did well elsewhere."""
        return published_settings(shape)

    def space(self, shape: Shape) -> tuple[Dimension, ...]:
        """The space of the TabArena benchmark (Erickson et al. 2025), bounded by what the rows can carry."""
        most_leaves = int(np.clip(shape.rows / 20, 4, 200))
        most_rows_a_leaf = int(np.clip(shape.rows / 20, 5, 100))
        return (
            Real("learning_rate", 0.008, 0.15, usual=0.1, logarithmic=True),
            Whole("num_leaves", 3, most_leaves, usual=31, logarithmic=True),
            Real("feature_fraction", 0.35, 1.0, usual=1.0),
            Real("bagging_fraction", 0.6, 1.0, usual=1.0),
            Whole("min_data_in_leaf", 1, most_rows_a_leaf, usual=20, logarithmic=True),
            Choice("extra_trees", (False, True)),
            Real("lambda_l1", 1e-4, 2.0, usual=1e-4, logarithmic=True),
            Real("lambda_l2", 1e-4, 20.0, usual=1e-4, logarithmic=True),
            Real("cat_smooth", 1e-1, 100.0, usual=10.0, logarithmic=True),
        )

    def fit(
        self, rows: LearningRows, parameters: Parameters, care: Care, checking: LearningRows | None = None
    ) -> BoostedModel:
        """Add trees until checking gets worse for a while, for `care.steps` rounds, or until time runs out."""
        rounds = care.steps or int(parameters.get("rounds", LONGEST_LEARNING))
        watch = _Watch(care, rounds, _patience(parameters, rows.shape) if checking and not care.steps else None)
        settings = _settings(rows.shape, parameters, care)
        learning_set = _dataset(rows, settings)
        valid_sets, names = [], []
        if checking is not None:
            valid_sets.append(_dataset(checking, settings, learning_set))
            names.append("checking")
            if care.report is not None:
                valid_sets.append(learning_set)
                names.append("learning")
        booster = lightgbm.train(
            settings,
            learning_set,
            num_boost_round=rounds,
            valid_sets=valid_sets,
            valid_names=names,
            callbacks=[watch],
        )
        curve = tuple(watch.checking)
        best = int(np.argmin(curve)) + 1 if curve and care.steps is None else booster.current_iteration()
        return BoostedModel(booster, rows.shape, max(1, best), curve)

    def words(self, parameters: Parameters) -> tuple[InWords, ...]:
        """For example: shallow trees, slow learning."""
        return describe("boosted", "usual_settings", WORDINGS, SWITCHES, parameters)

    def changes(self, before: Parameters, after: Parameters) -> tuple[InWords, ...]:
        """For example: shallower trees, a slower learning rate."""
        return compare("boosted", WORDINGS, SWITCHES, before, after)


class _Watch:
    """Follows a booster round by round: stops it, keeps its curve, tells others."""

    order = 20
    before_iteration = False

    def __init__(self, care: Care, rounds: int, patience: int | None) -> None:
        self.care = care
        self.rounds = rounds
        self.patience = patience
        self.checking: list[float] = []
        self.every = max(1, min(rounds, 400) // REPORTS)

    def __call__(self, env: CallbackEnv) -> None:
        self.care.check_stop()
        done = env.iteration + 1
        results = {str(entry[0]): float(entry[2]) for entry in env.evaluation_result_list or ()}
        if "checking" in results:
            self.checking.append(results["checking"])
            if self.care.report is not None and done % self.every == 0:
                self.care.report(done, self.rounds, results["checking"], results.get("learning"))
        if self.care.time_left() <= 0 or self._got_worse():
            raise EarlyStopException(env.iteration, env.evaluation_result_list or [])

    def _got_worse(self) -> bool:
        if self.patience is None or not self.checking:
            return False
        return len(self.checking) - 1 - int(np.argmin(self.checking)) >= self.patience


def _patience(parameters: Parameters, shape: Shape) -> int:
    """How many rounds without progress end learning: more for slow learners, fewer for large tables."""
    by_pace = 3.0 / float(parameters.get("learning_rate", 0.05))
    by_size = 300 * min(1.0, 10_000 / shape.rows)
    return int(np.clip(min(by_pace, by_size), 20, 200))


def _settings(shape: Shape, parameters: Parameters, care: Care) -> dict[str, Any]:
    settings: dict[str, Any] = {
        **{name: value for name, value in parameters.items() if name != "rounds"},
        "bagging_freq": 1 if float(parameters.get("bagging_fraction", 1.0)) < 1.0 else 0,
        "seed": care.seed,
        "num_threads": care.threads if shape.rows * shape.features >= CELLS_WORTH_THREADS else 1,
        "deterministic": True,
        "force_row_wise": True,
        "feature_pre_filter": False,
        "verbosity": -1,
    }
    match shape.task:
        case TaskKind.BINARY:
            settings.update(objective="binary", metric="binary_logloss")
        case TaskKind.MULTICLASS:
            settings.update(objective="multiclass", metric="multi_logloss", num_class=shape.class_count)
        case TaskKind.REGRESSION:
            name = "l1" if shape.absolute_error else "l2"
            settings.update(objective=name, metric=name)
    return settings


def _dataset(
    rows: LearningRows, settings: dict[str, Any], reference: lightgbm.Dataset | None = None
) -> lightgbm.Dataset:
    return lightgbm.Dataset(
        rows.features,
        label=rows.target,
        reference=reference,
        feature_name=[f"f{number:04d}" for number in range(1, rows.features.shape[1] + 1)],
        categorical_feature=list(rows.categorical),
        params=settings,
    )
