"""Which sums, differences, products and ratios tell more about the target than the columns they are made of."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from automl.data.table import Table
from automl.preprocessing.arithmetic import Arithmetic, Operation, Term
from automl.preprocessing.transformation import Floats, bounded

_COLUMNS = 8
_ROWS = 5000
_BINS = 16
_LEAST_GAIN = 0.005


def golden_terms(table: Table, columns: Sequence[str], targets: Floats, most: int, seed: int) -> tuple[Term, ...]:
    """Return at most `most` terms of the most telling columns, best gain over their two columns first.

    `targets` is float64[n, k]: a number, or 0/1 for each class. Judged on at most 5,000 rows drawn by `seed`.
    """
    if len(table) > _ROWS:
        drawn = np.sort(np.random.default_rng(seed).choice(len(table), _ROWS, replace=False))
        table, targets = table.take(drawn), targets[drawn]
    shares = {column: explained_share(bounded(table.numbers[column]), targets) for column in columns}
    telling = sorted(columns, key=lambda column: -shares[column])[:_COLUMNS]
    candidates = [term for pair in combinations(telling, 2) for term in _terms(*pair)]
    gains: list[tuple[float, Term]] = []
    with np.errstate(all="ignore"):
        for term, values in zip(candidates, Arithmetic(tuple(candidates)).features(table), strict=True):
            gains.append((explained_share(values, targets) - max(shares[term.first], shares[term.second]), term))
    gains.sort(key=lambda gain: -gain[0])
    return tuple(term for gain, term in gains[:most] if gain > _LEAST_GAIN)


def explained_share(values: Floats, targets: Floats) -> float:
    """Share of the targets' variance between 16 bins of equal size (missing is a bin): the correlation ratio, bias removed."""
    known = ~np.isnan(values)
    if len(values) < 2 * _BINS or not known.any():
        return 0.0
    edges = np.unique(np.quantile(values[known], np.linspace(0.0, 1.0, _BINS + 1)[1:-1]))
    bins = np.where(known, np.searchsorted(edges, values), len(edges) + 1)
    sizes = np.bincount(bins, minlength=len(edges) + 2)
    within = 0.0
    for target in targets.T:
        sums = np.bincount(bins, weights=target, minlength=len(sizes))
        within += float(np.sum(target * target) - np.sum(sums * sums / np.maximum(sizes, 1)))
    total = float(np.sum((targets - targets.mean(axis=0)) ** 2))
    if total <= 0.0:
        return 0.0
    free, all_free = len(values) - int(np.count_nonzero(sizes)), len(values) - 1
    return 1.0 - (within / max(1, free)) / (total / all_free)


def _terms(first: str, second: str) -> tuple[Term, ...]:
    return (
        Term(Operation.SUM, first, second),
        Term(Operation.DIFFERENCE, first, second),
        Term(Operation.PRODUCT, first, second),
        Term(Operation.RATIO, first, second),
        Term(Operation.RATIO, second, first),
    )
