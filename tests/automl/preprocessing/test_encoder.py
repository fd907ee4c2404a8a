import datetime as dt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from automl.data.table import Table
from automl.domain.issues import Refusal
from automl.domain.schema import Column, ColumnType, Schema
from automl.domain.task import TaskKind
from automl.graph.builder import GraphBuilder
from automl.graph.session import run_graph
from automl.preprocessing.calendar_parts import CalendarParts, Part
from automl.preprocessing.encoder import Encoder, Style
from automl.preprocessing.fit import EncoderOptions, fit_encoder, fit_transform
from tests.automl.preprocessing.tables import schema, table, two_tables

FIRST, LAST = dt.datetime.fromisoformat("1600-01-01"), dt.datetime.fromisoformat("2400-01-01")
EVERYTHING = EncoderOptions(absolute_time=True, target_means=True, frequency=True, arithmetic=6, knots=3, least_count=1)


def _graph_of(encoder: Encoder) -> bytes:
    graph = GraphBuilder()
    return graph.build({"features": (encoder.emit(graph), len(encoder.feature_names))})


def _assert_equal_bits(first: NDArray[np.float32], second: NDArray[np.float32]) -> None:
    assert first.shape == second.shape
    both_missing = np.isnan(first) & np.isnan(second)
    assert np.array_equal(
        np.where(both_missing, 0, first.view(np.int32)), np.where(both_missing, 0, second.view(np.int32))
    )


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize("options", [EncoderOptions(), EVERYTHING], ids=["usual", "everything"])
@given(tables=two_tables(), seed=st.integers(0, 3))
def test_graph_and_encoder_agree_to_the_last_bit(
    style: Style, options: EncoderOptions, tables: tuple[Schema, Table, Table], seed: int
) -> None:
    columns, learned, new = tables
    target = np.random.default_rng(seed).integers(0, 3, len(learned))
    try:
        encoder = fit_encoder(
            learned, columns, columns.names(), style, target=target, task=TaskKind.MULTICLASS, options=options
        )
    except Refusal:
        assume(False)
    model = _graph_of(encoder)
    for rows in (learned, new):
        features = encoder.transform(rows)
        assert features.dtype == np.float32
        assert not np.isinf(features).any()
        assert style is Style.TREE or not np.isnan(features).any()
        _assert_equal_bits(run_graph(model, rows), features)
    assert Encoder.from_json(encoder.to_json()) == encoder


def _mixed() -> tuple[Schema, Table]:
    random = np.random.default_rng(1)
    count = 60
    kinds = schema(temperature=ColumnType.NUMBER, made=ColumnType.TIME, line=ColumnType.TEXT, night=ColumnType.YES_NO)
    rows = table(
        {
            "temperature": np.where(random.random(count) < 0.2, np.nan, random.normal(size=count)).tolist(),
            "made": (1.7e9 + random.random(count) * 1e6).tolist(),
        },
        {
            "line": random.choice(["A", "B", "C"], count).tolist(),
            "night": random.choice(["예", "아니요"], count).tolist(),
        },
    )
    return kinds, rows


def test_features_are_named_and_traced_to_their_columns() -> None:
    kinds, rows = _mixed()
    encoder = fit_encoder(rows, kinds, kinds.names(), Style.TREE)
    assert encoder.feature_names[0] == "temperature"
    assert "made:hour" in encoder.feature_names
    assert len(encoder.feature_columns) == len(encoder.feature_names)
    assert set(encoder.feature_columns) == set(encoder.input_columns) == set(kinds.names())
    assert [encoder.feature_names[place] for place in encoder.categorical_features] == ["line", "night"]
    assert not any("month" in name or name == "made" for name in encoder.feature_names)


def test_rows_of_a_table_do_not_influence_each_other() -> None:
    kinds, rows = _mixed()
    for style in Style:
        encoder = fit_encoder(rows, kinds, kinds.names(), style)
        one_by_one = [encoder.transform(rows.take(np.array([place]))) for place in range(len(rows))]
        _assert_equal_bits(np.concatenate(one_by_one), encoder.transform(rows))


def test_no_rows_give_no_features() -> None:
    kinds, rows = _mixed()
    for style in Style:
        encoder = fit_encoder(rows, kinds, kinds.names(), style)
        nothing = rows.take(np.empty(0, np.int64))
        assert encoder.transform(nothing).shape == run_graph(_graph_of(encoder), nothing).shape


def test_equal_encoders_are_written_once() -> None:
    kinds, rows = _mixed()
    encoder = fit_encoder(rows, kinds, kinds.names(), Style.LINEAR)
    graph = GraphBuilder()
    assert encoder.emit(graph) == fit_encoder(rows, kinds, kinds.names(), Style.LINEAR).emit(graph)


def test_a_table_that_says_nothing_is_refused() -> None:
    rows = table({"same": [1.0] * 9}, {"id": [str(place) for place in range(9)]})
    with pytest.raises(Refusal) as refused:
        fit_encoder(rows, schema(same=ColumnType.NUMBER), ["same"], Style.TREE)
    assert refused.value.issues[0].code == "training.no_usable_column"


def test_what_is_left_out_is_said() -> None:
    count = 200
    numbers = np.arange(count, dtype=np.float64) % 17
    rows = table(
        {
            "good": numbers.tolist(),
            "copy": numbers.tolist(),
            "same": [1.0] * count,
            "empty": [np.nan] * count,
            "time": [0.0, 86400.0 * 7] * 100,
        },
        {
            "note": [f"row {place}" for place in range(count)],
            "one": ["x"] * count,
            "lot": [f"L{place % 80}" for place in range(count)],
        },
    )
    kinds = schema(
        good=ColumnType.NUMBER, copy=ColumnType.NUMBER, same=ColumnType.NUMBER, empty=ColumnType.NUMBER, time=ColumnType.TIME,
        note=ColumnType.TEXT, one=ColumnType.TEXT, lot=ColumnType.TEXT,
    )  # fmt: skip
    encoder = fit_encoder(rows, kinds, kinds.names(), Style.TREE, options=EncoderOptions(most_levels=30))
    said = {(entry.code, entry.parameters["column"]) for entry in encoder.left_out}
    assert said == {
        ("left_out.column_repeated", "copy"),
        ("left_out.column_constant", "same"),
        ("left_out.column_empty", "empty"),
        ("left_out.column_only_absolute_time", "time"),
        ("left_out.column_free_text", "note"),
        ("left_out.column_constant", "one"),
        ("left_out.rare_texts", "lot"),
    }
    assert encoder.feature_names == ("good", "lot", "lot:frequency")


def test_codes_go_by_frequency_and_keep_places_for_rare_and_missing() -> None:
    rows = table(texts={"line": ["B"] * 5 + ["A"] * 9 + ["C"] + [""]})
    encoder = fit_encoder(rows, schema(line=ColumnType.TEXT), ["line"], Style.TREE)
    new = table(texts={"line": ["A", "B", "C", "never seen", ""]})
    assert encoder.transform(new)[:, 0].tolist() == [0.0, 1.0, 2.0, 2.0, 3.0]


def test_one_hot_and_scale() -> None:
    rows = table({"x": [1.0, 3.0, np.nan, 3.0, 1.0, 3.0]}, {"line": ["A", "A", "B", "B", "C", "C"]})
    encoder = fit_encoder(rows, schema(x=ColumnType.NUMBER, line=ColumnType.TEXT), ["x", "line"], Style.LINEAR)
    assert encoder.feature_names == ("x", "x:missing", "line=A", "line=B", "line=C")
    assert np.abs(encoder.transform(rows)[:, 0].mean()) < 1e-6
    new = table({"x": [np.nan]}, {"line": ["never seen"]})
    assert encoder.transform(new)[0, 1:].tolist() == [1.0, 0.0, 0.0, 0.0]


def test_filling_was_asked_for() -> None:
    kinds = Schema(
        (Column("x", ColumnType.NUMBER, fill_missing=True), Column("line", ColumnType.TEXT, fill_missing=True))
    )
    rows = table({"x": [1.0, 2.0, 9.0, np.nan]}, {"line": ["A", "A", "B", ""]})
    tree = fit_encoder(rows, kinds, kinds.names(), Style.TREE, options=EncoderOptions(least_count=1))
    assert tree.transform(rows)[3].tolist() == [2.0, 0.0]
    linear = fit_encoder(rows, kinds, kinds.names(), Style.LINEAR, options=EncoderOptions(least_count=1))
    assert linear.feature_names == ("x", "line=A")
    assert linear.transform(rows)[3, 1] == 1.0


def test_outliers_of_a_network_are_bent() -> None:
    rows = table({"x": [float(value) for value in range(100)]})
    encoder = fit_encoder(rows, schema(x=ColumnType.NUMBER), ["x"], Style.NETWORK)
    far = encoder.transform(table({"x": [1e9, -1e300, np.inf]}))[:, 0]
    assert np.allclose(far, [3.0, -3.0, 3.0], atol=1e-3)


@given(st.lists(st.datetimes(FIRST, LAST), min_size=1, max_size=5))
def test_calendar_parts_are_those_of_the_calendar(times: list[dt.datetime]) -> None:
    rows = table({"t": [time.replace(tzinfo=dt.UTC, microsecond=0).timestamp() for time in times]})
    parts = (Part.MINUTE_OF_DAY, Part.HOUR, Part.WEEKDAY, Part.DAY_OF_MONTH, Part.MONTH)
    found = np.stack(list(CalendarParts("t", parts).features(rows)), axis=1)
    expected = [[time.hour * 60 + time.minute, time.hour, time.weekday(), time.day, time.month] for time in times]
    assert found.tolist() == expected


def test_months_need_two_years_and_a_question_that_is_not_about_the_future() -> None:
    rows = table({"t": [1.5e9 + 8e6 * place for place in range(20)]})
    kinds = schema(t=ColumnType.TIME)
    assert "t:month" in fit_encoder(rows, kinds, ["t"], Style.TREE).feature_names
    assert (
        "t:month" not in fit_encoder(rows, kinds, ["t"], Style.TREE, options=EncoderOptions(forward=True)).feature_names
    )


def test_durations_between_times_are_features() -> None:
    random = np.random.default_rng(0)
    start = 1.7e9 + random.random(30) * 1e6
    rows = table({"start": start.tolist(), "end": (start + random.random(30) * 600.0).tolist()})
    encoder = fit_encoder(rows, schema(start=ColumnType.TIME, end=ColumnType.TIME), ["start", "end"], Style.TREE)
    assert encoder.feature_names[-1] == "end − start"


def _lots() -> tuple[Schema, Table, NDArray[np.int64]]:
    random = np.random.default_rng(0)
    lots = random.integers(0, 40, 400)
    return schema(lot=ColumnType.TEXT), table(texts={"lot": [f"L{lot}" for lot in lots]}), random.integers(0, 2, 400)


def test_target_means_of_training_rows_never_saw_their_own_answer() -> None:
    kinds, rows, target = _lots()
    options = EncoderOptions(target_means=True, smoothing=1.0)
    encoder, features = fit_transform(
        rows, kinds, ["lot"], Style.TREE, target=target, task=TaskKind.BINARY, options=options
    )
    place = encoder.feature_names.index("lot:target_mean_0")
    naive = encoder.transform(rows)[:, place]
    # Answers are random: means that saw them follow them, out-of-fold means do not.
    assert np.corrcoef(naive, target)[0, 1] > 0.2
    assert np.corrcoef(features[:, place], target)[0, 1] < 0.1
    changed = target.copy()
    changed[7] = 1 - changed[7]
    _, again = fit_transform(rows, kinds, ["lot"], Style.TREE, target=changed, task=TaskKind.BINARY, options=options)
    assert again[7, place] == features[7, place]


def test_rows_of_a_group_are_averaged_without_each_other() -> None:
    kinds = schema(lot=ColumnType.TEXT)
    rows = table(texts={"lot": ["A", "B", "C", "D"] * 25})
    target = np.array([1.0, 0.0, 0.0, 0.0] * 25)
    groups = np.array([0, 1, 2, 3] * 25)
    options = EncoderOptions(target_means=True, smoothing=0.5)
    encoder, features = fit_transform(
        rows, kinds, ["lot"], Style.TREE, target=target, task=TaskKind.REGRESSION, options=options, groups=groups
    )
    place = encoder.feature_names.index("lot:target_mean_0")
    assert encoder.transform(rows)[0, place] > 0.9
    assert features[0, place] == 0.0


def test_shrunk_means_follow_the_formula() -> None:
    rows = table(texts={"lot": ["A", "A", "B", "C", "", "A"]})
    target = np.array([1.0, 3.0, 5.0, 7.0, 9.0, 2.0])
    encoder = fit_encoder(
        rows,
        schema(lot=ColumnType.TEXT),
        ["lot"],
        Style.TREE,
        target=target,
        task=TaskKind.REGRESSION,
        options=EncoderOptions(target_means=True, smoothing=2.0),
    )
    place = encoder.feature_names.index("lot:target_mean_0")
    new = table(texts={"lot": ["A", "B", "", "never seen"]})
    overall = target.mean()
    expected = [(6 + 2 * overall) / 5, (5 + 2 * overall) / 3, (9 + 2 * overall) / 3, overall]
    assert np.allclose(encoder.transform(new)[:, place], expected)


def test_a_ratio_that_explains_the_target_is_found() -> None:
    random = np.random.default_rng(3)
    a, b, c = (random.uniform(1.0, 2.0, 500) for _ in range(3))
    rows = table({"a": a.tolist(), "b": b.tolist(), "c": c.tolist()})
    encoder = fit_encoder(
        rows,
        schema(a=ColumnType.NUMBER, b=ColumnType.NUMBER, c=ColumnType.NUMBER),
        ["a", "b", "c"],
        Style.TREE,
        target=a / b,
        task=TaskKind.REGRESSION,
        options=EncoderOptions(arithmetic=2),
    )
    assert encoder.feature_names[3] in ("a ÷ b", "b ÷ a")
    assert len(encoder.feature_names) <= 5


def test_a_ratio_by_zero_is_missing() -> None:
    rows = table({"a": [1.0, 2.0, 3.0, 4.0] * 20, "b": [0.5, 0.25, 2.0, 8.0] * 20})
    encoder = fit_encoder(
        rows,
        schema(a=ColumnType.NUMBER, b=ColumnType.NUMBER),
        ["a", "b"],
        Style.TREE,
        target=(rows.numbers["a"] / rows.numbers["b"]),
        task=TaskKind.REGRESSION,
        options=EncoderOptions(arithmetic=5),
    )
    ratios = [place for place, name in enumerate(encoder.feature_names) if "÷ b" in name]
    new = table({"a": [1.0, 1e300], "b": [0.0, 1e-300]})
    features = encoder.transform(new)
    assert not np.isinf(features).any()
    assert np.isnan(features[0, ratios]).all()


def test_knots_let_a_line_follow_a_curve() -> None:
    values = np.linspace(-2.0, 2.0, 200)
    rows = table({"x": values.tolist(), "half": (values > 0.0).astype(np.float64).tolist()})
    kinds = schema(x=ColumnType.NUMBER, half=ColumnType.NUMBER)
    target = np.abs(values)

    def error(knots: int) -> float:
        encoder = fit_encoder(rows, kinds, ["x", "half"], Style.LINEAR, options=EncoderOptions(knots=knots))
        features = np.column_stack([encoder.transform(rows), np.ones(len(rows))])
        return float(np.abs(features @ np.linalg.lstsq(features, target)[0] - target).max())

    assert error(0) > 0.5
    assert error(5) < 0.05
    encoder = fit_encoder(rows, kinds, ["x", "half"], Style.LINEAR, options=EncoderOptions(knots=5))
    assert encoder.feature_columns == ("x", "half", *["x"] * 5)
