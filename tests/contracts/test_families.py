"""What every family of models must keep: one subclass a family.

Tables are tiny but awkward: missing numbers, categories, a constant column, a class with a single row.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray

import resources
from automl.data.table import Table
from automl.domain.schema import Column, ColumnType, Schema
from automl.domain.task import TaskKind
from automl.graph.builder import GraphBuilder
from automl.models.base import (
    Answers,
    Care,
    FittedModel,
    LearningRows,
    ModelFamily,
    Parameters,
    Shape,
    Target,
    forever,
    never_stop,
)
from automl.models.registry import FAMILIES
from automl.models.space import Choice, Real, Whole, nearest
from automl.models.tabular.baseline import Baseline
from automl.models.tabular.boosted import Boosted
from automl.models.tabular.forest import ForestFamily
from automl.models.tabular.linear import Linear
from automl.models.tabular.neural import Neural
from automl.models.target_scale import LOG_TARGET, TARGET_PARAMETER, fit_model
from automl.preprocessing.encoder import Encoder, Style
from automl.preprocessing.fit import fit_encoder
from automl.training.model_session import ModelSession

ROWS = 160
SCHEMA = Schema(
    (
        Column("온도", ColumnType.NUMBER),
        Column("pressure", ColumnType.NUMBER),
        Column("always", ColumnType.NUMBER),
        Column("machine", ColumnType.TEXT),
    )
)
INPUTS = SCHEMA.names()
LARGEST_DIFFERENCE = 1e-5


class _StopError(Exception):
    """Raised by the check that a stop is heard."""


def awkward_table(seed: int = 1) -> Table:
    random = np.random.default_rng(seed)
    heat, pressure = random.normal(200, 5, ROWS), random.gamma(2, 3, ROWS)
    pressure[random.random(ROWS) < 0.2] = np.nan
    machine = random.choice(np.array(["가", "나", "다", ""], dtype=object), ROWS)
    return Table(
        np.arange(1, ROWS + 1),
        {"온도": heat, "pressure": pressure, "always": np.full(ROWS, 7.0)},
        {"machine": machine},
    )


def awkward_target(task: TaskKind, table: Table) -> Target:
    signal: NDArray[np.float64] = (table.numbers["온도"] - 200) / 5 + (table.texts["machine"] == "나").astype(float)
    if task is TaskKind.REGRESSION:
        return np.asarray(np.exp(signal))
    codes: NDArray[np.int64] = (signal > 0.5).astype(np.int64)
    if task is TaskKind.MULTICLASS:
        codes[signal > 1.5] = 2
        codes[0] = 3
    return codes


def shape_of(task: TaskKind, target: Target, width: int) -> Shape:
    if task is TaskKind.REGRESSION:
        return Shape(task, len(target), width, rarest=len(target))
    counts = np.bincount(target.astype(np.int64))
    return Shape(task, len(target), width, len(counts), int(counts.min()))


class FamilyContract:
    """Subclass it, name the family, and every promise is checked."""

    made: ClassVar[ModelFamily]
    extra: ClassVar[Parameters] = {}

    @pytest.fixture(params=[TaskKind.BINARY, TaskKind.MULTICLASS, TaskKind.REGRESSION])
    def task(self, request: pytest.FixtureRequest) -> TaskKind:
        kind: TaskKind = request.param
        return kind

    @pytest.fixture
    def table(self) -> Table:
        return awkward_table()

    @pytest.fixture
    def encoder(self, table: Table) -> Encoder:
        return fit_encoder(table, SCHEMA, INPUTS, Style(self.made.style))

    @pytest.fixture
    def rows(self, task: TaskKind, table: Table, encoder: Encoder) -> LearningRows:
        features, target = encoder.transform(table), awkward_target(task, table)
        return LearningRows(features, target, shape_of(task, target, features.shape[1]), encoder.categorical_features)

    def settings(self, shape: Shape) -> Parameters:
        return {**self.made.published(shape)[0], **self.extra}

    def fitted(
        self,
        rows: LearningRows,
        check_stop: Callable[[], None] = never_stop,
        time_left: Callable[[], float] = forever,
    ) -> FittedModel:
        care = Care(seed=3, steps=5, check_stop=check_stop, time_left=time_left)
        return fit_model(self.made, rows, self.settings(rows.shape), care)

    def test_it_stands_in_the_registry(self) -> None:
        assert type(self.made) in [type(family) for family in FAMILIES]

    def test_answers_have_the_right_form(self, rows: LearningRows) -> None:
        answers = self.fitted(rows).predict(rows.features)

        assert answers.dtype == np.float64
        assert np.isfinite(answers).all()
        if rows.shape.task is TaskKind.REGRESSION:
            assert answers.shape == (ROWS,)
        else:
            assert answers.shape == (ROWS, rows.shape.class_count)
            assert answers.min() >= 0
            np.testing.assert_allclose(answers.sum(axis=1), 1, atol=1e-9)

    def test_the_same_seed_gives_the_same_model(self, rows: LearningRows) -> None:
        first, second = (self.fitted(rows).predict(rows.features) for _ in range(2))

        np.testing.assert_array_equal(first, second)

    def test_a_class_that_is_missing_here_still_has_its_place(self, table: Table, encoder: Encoder) -> None:
        target = np.arange(ROWS) % 2
        features = encoder.transform(table)
        rows = LearningRows(features, target, Shape(TaskKind.MULTICLASS, ROWS, features.shape[1], 3, 0))

        answers = self.fitted(rows).predict(features)

        assert answers.shape == (ROWS, 3)
        assert answers[:, 2].max() < 0.4
        np.testing.assert_allclose(self.through_graph(self.fitted(rows), encoder, table), answers, atol=1e-5)

    def test_the_graph_gives_the_same_answers(self, rows: LearningRows, table: Table, encoder: Encoder) -> None:
        model = self.fitted(rows)
        new = self.with_surprises(table)

        for some in (table, new):
            expected = model.predict(encoder.transform(some))
            spread = float(np.std(rows.target)) if rows.shape.task is TaskKind.REGRESSION else 1.0
            found = self.through_graph(model, encoder, some)
            assert np.abs(found - expected).max() <= LARGEST_DIFFERENCE * spread

    def test_out_of_time_it_keeps_what_it_has(self, rows: LearningRows) -> None:
        model = self.fitted(rows, time_left=lambda: -1.0)

        assert np.isfinite(model.predict(rows.features)).all()

    def test_every_published_setting_and_every_corner_of_the_space_has_words(self, rows: LearningRows) -> None:
        english, korean = resources.texts("en"), resources.texts("ko")
        usual = {dimension.name: nearest(dimension, None) for dimension in self.made.space(rows.shape)}
        tried: list[Parameters] = [usual, *self.made.published(rows.shape)]
        for dimension in self.made.space(rows.shape):
            match dimension:
                case Real(low=low, high=high):
                    tried += [{**usual, dimension.name: low}, {**usual, dimension.name: high}]
                case Whole(low=lowest, high=highest):
                    tried += [{**usual, dimension.name: lowest}, {**usual, dimension.name: highest}]
                case Choice(options=options):
                    tried += [{**usual, dimension.name: option} for option in options]

        for parameters in tried:
            words = [*self.made.words(parameters), *self.made.changes(usual, parameters)]
            assert self.made.words(parameters)
            for word in words:
                assert f"words.{word.code}" in english
                assert f"words.{word.code}" in korean

    def test_published_settings_lie_in_the_space_or_outside_of_it_on_purpose(self, rows: LearningRows) -> None:
        for parameters in self.made.published(rows.shape):
            for dimension in self.made.space(rows.shape):
                assert nearest(dimension, nearest(dimension, parameters.get(dimension.name))) is not None

    def test_one_row_can_be_answered(self, rows: LearningRows) -> None:
        assert len(self.fitted(rows).predict(rows.features[:1])) == 1

    def through_graph(self, model: FittedModel, encoder: Encoder, table: Table) -> Answers:
        graph = GraphBuilder()
        width = (
            1 if model.predict(encoder.transform(table)).ndim == 1 else model.predict(encoder.transform(table)).shape[1]
        )
        return ModelSession(graph.build({"answer": (model.emit(graph, encoder.emit(graph)), width)}), 1).answers(table)

    def with_surprises(self, table: Table) -> Table:
        heat, pressure = table.numbers["온도"].copy(), table.numbers["pressure"].copy()
        heat[:20] = np.nan
        heat[20:25], pressure[20:25] = 1e30, -1e30
        machine = table.texts["machine"].copy()
        machine[30:60] = "never seen"
        return replace(table, numbers={**table.numbers, "온도": heat, "pressure": pressure}, texts={"machine": machine})


class StoppableFamilyContract(FamilyContract):
    """What also holds for a family that takes time: all but guessing."""

    def test_it_stops_when_told(self, rows: LearningRows) -> None:
        def stop() -> None:
            raise _StopError

        with pytest.raises(_StopError):
            self.fitted(rows, check_stop=stop)


class TestBaseline(FamilyContract):
    made = Baseline()

    def test_it_answers_with_the_shares_of_the_classes(self) -> None:
        target = np.array([0, 0, 0, 1])
        rows = LearningRows(np.empty((4, 0), np.float32), target, Shape(TaskKind.BINARY, 4, 0, 2, 1))

        answer = self.made.fit(rows, {}, Care(seed=0)).predict(rows.features)[0]

        assert answer[0] == pytest.approx(3.5 / 5)


class TestLinear(StoppableFamilyContract):
    made = Linear()

    def test_a_straight_line_is_found(self) -> None:
        random = np.random.default_rng(0)
        features = random.normal(size=(200, 2)).astype(np.float32)
        target = 3 * features[:, 0] - 2 * features[:, 1] + 5
        rows = LearningRows(features, target.astype(np.float64), Shape(TaskKind.REGRESSION, 200, 2, rarest=200))

        model = self.made.fit(rows, {"strength": 1e-2}, Care(seed=0))

        np.testing.assert_allclose(model.predict(features), target, atol=1e-2)


class TestForest(StoppableFamilyContract):
    made = ForestFamily()


class TestBoosted(StoppableFamilyContract):
    made = Boosted()

    def test_it_stops_adding_trees_when_checking_gets_worse(self) -> None:
        random = np.random.default_rng(0)
        features, noise = random.normal(size=(200, 3)).astype(np.float32), random.integers(0, 2, 200)
        rows = LearningRows(features, noise, Shape(TaskKind.BINARY, 200, 3, 2, 90))

        model = self.made.fit(rows, {"learning_rate": 0.1}, Care(seed=0), rows_like(rows, seed=1))

        assert len(model.curve) < 200
        assert model.steps == int(np.argmin(model.curve)) + 1

    def test_a_model_can_go_back(self) -> None:
        table = awkward_table()
        encoder = fit_encoder(table, SCHEMA, INPUTS, Style.TREE)
        target = awkward_target(TaskKind.BINARY, table)
        rows = LearningRows(encoder.transform(table), target, shape_of(TaskKind.BINARY, target, 3))
        short, long = (self.made.fit(rows, {"learning_rate": 0.1}, Care(seed=0, steps=steps)) for steps in (3, 9))

        np.testing.assert_allclose(long.after(3).predict(rows.features), short.predict(rows.features), atol=1e-12)


class TestNeural(StoppableFamilyContract):
    made = Neural()
    extra: ClassVar[Parameters] = {"width": 16}


def rows_like(rows: LearningRows, seed: int) -> LearningRows:
    random = np.random.default_rng(seed)
    return replace(
        rows,
        features=random.normal(size=rows.features.shape).astype(np.float32),
        target=random.integers(0, 2, len(rows)),
    )


def test_skewed_numbers_can_be_learned_by_their_logarithm() -> None:
    random = np.random.default_rng(0)
    features = random.normal(size=(300, 1)).astype(np.float32)
    target = np.exp(2 * features[:, 0].astype(np.float64))
    rows = LearningRows(features, target, Shape(TaskKind.REGRESSION, 300, 1, rarest=300, skewed=True))

    plain, logarithmic = (
        fit_model(Linear(), rows, {"strength": 0.1, TARGET_PARAMETER: kind}, Care(seed=0))
        for kind in ("plain", LOG_TARGET)
    )

    errors = [float(np.abs(model.predict(features) - target).mean()) for model in (plain, logarithmic)]
    assert errors[1] < 0.5 * errors[0]


def test_the_network_counts_its_passes_by_the_clock() -> None:
    """With little time the schedule is shortened instead of cut off."""
    random = np.random.default_rng(0)
    features, target = random.normal(size=(2000, 4)).astype(np.float32), random.integers(0, 2, 2000)
    rows = LearningRows(features, target, Shape(TaskKind.BINARY, 2000, 4, 2, 900))
    left = iter([math.inf] * 12 + [0.5] * 10_000)

    model = Neural().fit(rows, {"width": 16}, Care(seed=0, time_left=lambda: next(left, 0.5)))

    assert 1 <= model.steps < 256
