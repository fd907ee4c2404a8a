"""Small models made by hand, so that bundles can be tested without training."""

from datetime import UTC, datetime
from functools import lru_cache

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from numpy.typing import NDArray

from automl.bundle.learned import learn_columns
from automl.bundle.probes import choose_probes, golden_rows
from automl.bundle.signing import SigningKey
from automl.bundle.source import TableSource
from automl.bundle.writer import bundle_files
from automl.data.table import Table
from automl.domain.dataset import DatasetVersion, ReadOptions, Source
from automl.domain.project import ProjectInfo
from automl.domain.recipe import TreatAsMissing
from automl.domain.result import (
    CalibrationBin,
    ImportanceBar,
    Interval,
    InWords,
    Leaderboard,
    ModelEvaluation,
    ModelSummary,
    RegressionPoints,
    SplitSummary,
)
from automl.domain.schema import Column, ColumnType, NumberFormat, Role, Schema
from automl.domain.task import Family, Goal, Metric, TaskKind
from automl.graph.builder import ML_DOMAIN, GraphBuilder

MACHINES = ("IMM-01", "IMM-02", "기계 9")
TIME_FORMAT = "%Y-%m-%d %H:%M:%S"
SCHEMA = Schema(
    (
        Column("TIME", ColumnType.TIME, Role.TIME, time_format=TIME_FORMAT),
        Column("온도", ColumnType.NUMBER, missing_values=("", "-999")),
        Column(
            "PRESSURE", ColumnType.NUMBER, number_format=NumberFormat(decimal=",", unit="bar"), limits=(100.0, 400.0)
        ),
        Column("MACHINE", ColumnType.TEXT),
        Column("NOTE", ColumnType.TEXT, Role.IGNORE),
        Column("DEFECT", ColumnType.YES_NO, Role.TARGET),
    )
)
INPUTS = ("TIME", "온도", "PRESSURE", "MACHINE")
CLASSES = {TaskKind.BINARY: ("no", "=yes"), TaskKind.MULTICLASS: ("가", "b", "c"), TaskKind.REGRESSION: ()}
TABLE_TASKS = tuple(CLASSES)
_WEIGHTS = np.array([[0.03, -0.02, 1.0], [-0.05, 0.01, -0.7], [0.01, 0.002, 0.2]])
_MIDDLE = np.array([210.0, 250.0, 0.5])


def raw_table(rows: int = 400, seed: int = 0) -> Table:
    """The snapshot's texts: every column as it stands in the file."""
    random = np.random.default_rng(seed)
    started = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
    moments = [datetime.fromtimestamp(started + 3600.0 * row, UTC).strftime(TIME_FORMAT) for row in range(rows)]
    heat = [f"{value:.1f}" for value in random.normal(210, 8, rows)]
    pressure = [f"{value:.2f}".replace(".", ",") + " bar" for value in random.uniform(200, 300, rows)]
    for place in range(0, rows, 50):
        heat[place] = "-999"
    texts = {
        "TIME": moments,
        "온도": heat,
        "PRESSURE": pressure,
        "MACHINE": [MACHINES[place] for place in random.integers(0, 3, rows)],
        "NOTE": ["-"] * rows,
        "DEFECT": ["no"] * rows,
    }
    columns = {}
    for name, values in texts.items():
        columns[name] = np.empty(rows, dtype=object)
        columns[name][:] = values
    return Table(np.arange(1, rows + 1, dtype=np.int64), {}, columns)


def typed_table(raw: Table) -> Table:
    """The same rows as values, read without the code under test."""
    heat = np.array([np.nan if text == "-999" else float(text) for text in raw.texts["온도"]])
    pressure = np.array([float(text.removesuffix(" bar").replace(",", ".")) for text in raw.texts["PRESSURE"]])
    parsed = [datetime.strptime(text, TIME_FORMAT).replace(tzinfo=UTC).timestamp() for text in raw.texts["TIME"]]
    numbers = {"TIME": np.array(parsed), "온도": heat, "PRESSURE": pressure}
    return Table(raw.row_numbers, numbers, {"MACHINE": raw.texts["MACHINE"]})


def python_model(table: Table, task: TaskKind) -> NDArray[np.float64]:
    """What the graph of `onnx_model` computes, in numpy: probabilities [n, classes] or numbers [n]."""
    heat = np.where(np.isnan(table.numbers["온도"]), _MIDDLE[0], table.numbers["온도"])
    pressure = np.where(np.isnan(table.numbers["PRESSURE"]), _MIDDLE[1], table.numbers["PRESSURE"])
    hour = np.mod(np.nan_to_num(table.numbers["TIME"]), 86400.0) / 86400.0
    known = {name: 0.5 * place for place, name in enumerate(MACHINES)}
    machine = np.array([known.get(text, -1.0) for text in table.texts["MACHINE"]])
    features = np.stack([heat, pressure, machine + 0.1 * hour], axis=1).astype(np.float32).astype(np.float64)
    scores = ((features - _MIDDLE) @ _WEIGHTS)[:, : len(CLASSES[task]) or 1]
    if task is TaskKind.REGRESSION:
        return np.asarray(scores[:, 0])
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def onnx_model(task: TaskKind) -> bytes:
    """The graph of `python_model`."""
    graph = GraphBuilder()
    columns = []
    for name, middle in zip(("온도", "PRESSURE"), _MIDDLE, strict=False):
        number = graph.input_number(name)
        columns.append(
            graph.node("Where", [graph.node("IsNaN", [number]), graph.constant([[middle]], np.float64), number])
        )
    moment = graph.input_number("TIME")
    moment = graph.node("Where", [graph.node("IsNaN", [moment]), graph.constant([[0.0]], np.float64), moment])
    day = graph.constant([[86400.0]], np.float64)
    hour = graph.node("Div", [graph.node("Mod", [moment, day], fmod=1), day])
    machine = graph.node(
        "LabelEncoder",
        [graph.input_text("MACHINE")],
        domain=ML_DOMAIN,
        keys_strings=list(MACHINES),
        values_floats=[0.5 * place for place in range(3)],
        default_float=-1.0,
    )
    machine = graph.node("Cast", [machine], to=11)
    tenth = graph.node("Mul", [hour, graph.constant([[0.1]], np.float64)])
    columns.append(graph.node("Add", [machine, tenth]))
    features = graph.node("Cast", [graph.node("Concat", columns, axis=1)], to=1)
    features = graph.node("Cast", [features], to=11)
    outputs = len(CLASSES[task]) or 1
    centred = graph.node("Sub", [features, graph.constant(_MIDDLE[None, :], np.float64)])
    scores = graph.node("MatMul", [centred, graph.constant(_WEIGHTS[:, :outputs], np.float64)])
    if task is TaskKind.REGRESSION:
        return graph.build({"prediction": (graph.node("Cast", [scores], to=1), 1)})
    return graph.build(
        {"probabilities": (graph.node("Cast", [graph.node("Softmax", [scores], axis=1)], to=1), outputs)}
    )


def make_source(task: TaskKind = TaskKind.BINARY, project_id: str = "a1b2", onnx: bytes = b"") -> TableSource:
    """Everything of a small model as the export job would gather it."""
    raw = raw_table()
    table = typed_table(raw)
    probes = choose_probes(table, SCHEMA)
    answers = python_model(probes, task)
    golden = golden_rows(probes, answers, float(np.std(answers)) if task is TaskKind.REGRESSION else 1.0)
    number = task is TaskKind.REGRESSION
    metric = Metric.RMSE if number else Metric.LOG_LOSS
    interval = Interval(0.21, 0.18, 0.25)
    summaries = tuple(
        ModelSummary(
            model_id=name,
            family=family,
            number=place,
            words=(),
            metric=metric,
            checking=interval,
            holdout=interval,
            metrics={"accuracy": Interval(0.9, 0.85, 0.94)} if not number else {},
            seconds=1.0,
            milliseconds_per_row=0.1,
            size_bytes=1000,
            simplicity=5,
            alarm_line=0.4 if task is TaskKind.BINARY else None,
        )
        for place, (name, family) in enumerate((("m1", Family.LINEAR), ("m0", Family.BASELINE)))
    )
    board = Leaderboard(
        run_id="r1",
        goal=Goal(target="DEFECT", task=task),
        task=task,
        classes=CLASSES[task],
        metric=metric,
        split=SplitSummary("time", "TIME", 320, 80, 4, "2026-01-14"),
        models=summaries,
        comparisons=(),
        chosen="m1",
        verdict=InWords("verdict.good_enough"),
        left_out=(),
        warnings=(),
        holdout_reads=1,
    )
    return TableSource(
        project=ProjectInfo(format=1, name="도어 패널 <품질>", id=project_id, created="2026-01-01T00:00:00Z"),
        version=DatasetVersion(
            number=1,
            source=Source("도어.csv", 1, "0" * 64, ReadOptions()),
            snapshot="",
            pages="",
            fingerprint="f" * 64,
            row_count=400,
            schema=SCHEMA,
            proposed_steps=(),
            created="2026-01-01T00:00:00Z",
        ),
        steps=(TreatAsMissing("온도", ("-999",)),),
        schema=SCHEMA,
        leaderboard=board,
        summary=summaries[0],
        evaluation=make_evaluation(task),
        learned=learn_columns(table),
        golden=golden,
        raw_texts=raw,
        onnx=onnx or onnx_model(task),
        model_name="Recipe 31",
        created="2026-01-02T03:04:05+00:00",
    )


def make_evaluation(task: TaskKind) -> ModelEvaluation:
    """Numbers behind the charts."""
    bars = (ImportanceBar("온도", Interval(0.1, 0.08, 0.13)), ImportanceBar("PRESSURE", Interval(0.02, -0.01, 0.05)))
    if task is TaskKind.REGRESSION:
        points = RegressionPoints((1.0, 2.0, 3.0), (1.1, 1.9, 3.2), (1, 2), (-1.0, 0.0, 1.0))
        return ModelEvaluation(
            model_id="m1",
            on_holdout=True,
            row_count=80,
            regression=points,
            importance=bars,
            interval_halfwidths=(0.5, 0.9),
        )
    size = len(CLASSES[task])
    confusion = tuple(tuple(30 if row == column else 2 for column in range(size)) for row in range(size))
    bins = (CalibrationBin(0.2, Interval(0.25, 0.1, 0.4), 40), CalibrationBin(0.8, Interval(0.7, 0.5, 0.9), 40))
    return ModelEvaluation(
        model_id="m1", on_holdout=True, row_count=80, confusion=confusion, calibration=bins, importance=bars
    )


def make_key(seed: int = 1) -> SigningKey:
    """A key that is always the same."""
    return SigningKey(Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


@lru_cache(maxsize=8)
def _cached_files(task: TaskKind, seed: int) -> dict[str, bytes]:
    return bundle_files(make_source(task), make_key(seed))


def make_files(task: TaskKind = TaskKind.BINARY, seed: int = 1) -> dict[str, bytes]:
    """All files of a signed bundle."""
    return dict(_cached_files(task, seed))
