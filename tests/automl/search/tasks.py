"""Small learning tasks for tests of search and training."""

import numpy as np

from automl.data.table import Table
from automl.domain.schema import Column, ColumnType, Schema
from automl.domain.task import Metric, MistakeCost, RandomSplit, TaskKind
from automl.evaluation.metrics import Scoring
from automl.evaluation.splits import SplitInput, plan_split
from automl.search.learning_task import TableTask

SCHEMA = Schema((Column("a", ColumnType.NUMBER), Column("b", ColumnType.NUMBER), Column("c", ColumnType.TEXT)))


def learning_task(
    kind: TaskKind = TaskKind.BINARY,
    rows: int = 240,
    *,
    seed: int = 0,
    holdout: float | None = None,
    metric: Metric | None = None,
    cost: MistakeCost | None = None,
) -> TableTask:
    """Rows whose answer follows from `a` and `c`, with some noise."""
    random = np.random.default_rng(seed)
    a, b = random.normal(size=(2, rows))
    c = random.choice(np.array(["x", "y", "z"], dtype=object), rows)
    signal = a + (c == "y") + random.normal(0, 0.5, rows)
    table = Table(np.arange(1, rows + 1), {"a": a, "b": b}, {"c": c})
    classes: tuple[str, ...] = ()
    target = signal
    if kind is not TaskKind.REGRESSION:
        edges = [0.7] if kind is TaskKind.BINARY else [0.0, 1.0]
        target = np.searchsorted(edges, signal).astype(np.int64)
        classes = ("no", "yes") if kind is TaskKind.BINARY else ("low", "middle", "high")
    equal_rows = np.arange(rows)
    usual = Metric.RMSE if kind is TaskKind.REGRESSION else Metric.LOG_LOSS
    return TableTask(
        table=table,
        schema=SCHEMA,
        inputs=SCHEMA.names(),
        target=target,
        task=kind,
        classes=classes,
        split=RandomSplit(),
        plan=plan_split(SplitInput(target, equal_rows), RandomSplit(), holdout, seed),
        scoring=Scoring(metric or usual, cost=cost),
        seed=seed,
        equal_rows=equal_rows,
    )
