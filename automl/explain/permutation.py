"""Permutation importance: how much worse a model gets when one column is shuffled (Breiman 2001)."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from automl.data.table import Table
from automl.domain.result import ImportanceBar, Interval

MOST_ROWS = 2000


def permutation_importance(
    table: Table,
    columns: Sequence[str],
    loss: Callable[[Table, NDArray[np.int64]], float],
    *,
    repeats: int = 4,
    most_rows: int = MOST_ROWS,
    seed: int = 0,
    go_on: Callable[[], bool] = lambda: True,
) -> tuple[ImportanceBar, ...]:
    """Return how much the loss rises for every column, the largest rise first.

    `loss(table, positions)` judges a model on a table whose rows are the given positions of the original; lower is better.
    At most `most_rows` rows are used. Columns are shuffled in turn, all once before any a second time: when `go_on` says no, the
    rounds that are whole count, and without a whole round nothing is claimed.
    """
    random = np.random.default_rng(seed)
    positions = np.arange(len(table), dtype=np.int64)
    if len(table) > most_rows:
        positions = np.sort(random.choice(positions, most_rows, replace=False))
    rows = table.take(positions)
    undisturbed = loss(rows, positions)
    rounds: list[list[float]] = []
    for _ in range(repeats):
        rises = []
        for column in columns:
            if not go_on():
                return _bars(columns, rounds)
            rises.append(loss(_shuffled(rows, column, random.permutation(len(rows))), positions) - undisturbed)
        rounds.append(rises)
    return _bars(columns, rounds)


def _bars(columns: Sequence[str], rounds: Sequence[Sequence[float]]) -> tuple[ImportanceBar, ...]:
    if not rounds:
        return ()
    bars = [ImportanceBar(column, _mean_interval(rises)) for column, *rises in zip(columns, *rounds, strict=True)]
    return tuple(sorted(bars, key=lambda bar: -bar.drop.value))


def _shuffled(table: Table, column: str, order: NDArray[np.int64]) -> Table:
    if column in table.numbers:
        return replace(table, numbers={**table.numbers, column: table.numbers[column][order]})
    return replace(table, texts={**table.texts, column: table.texts[column][order]})


def _mean_interval(values: Sequence[float]) -> Interval:
    mean = float(np.mean(values))
    if len(values) < 2:
        return Interval(mean, mean, mean)
    half = float(t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / np.sqrt(len(values)))
    return Interval(mean, mean - half, mean + half)
