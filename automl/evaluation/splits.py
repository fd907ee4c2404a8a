"""How rows are divided: a holdout sealed until the end, and folds for the search. Decided once a run, from a seed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from automl.domain.result import LeftOut, SplitSummary
from automl.domain.task import GroupSplit, RandomSplit, Split, TimeSplit

Index = NDArray[np.int64]

SMALLEST_TABLE_WITH_HOLDOUT = 60
TARGET_BINS = 10
FORWARD_FOLDS = 4
FIRST_CHECK = 1 / 3


@dataclass(frozen=True)
class Fold:
    """Row positions to learn from and to check on."""

    train: Index
    check: Index


@dataclass(frozen=True)
class SplitPlan:
    """Positions into the whole table. `learn` and `holdout` never share a row, nor equal rows, nor a group."""

    learn: Index
    holdout: Index
    folds: tuple[Fold, ...]
    summary: SplitSummary
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class SplitInput:
    """What a split looks at: one entry a row.

    `strata` are class codes, or the numbers themselves for a regression. `equal_rows` numbers groups of equal rows.
    `times` (epoch seconds, or running numbers when there is no clock; NaN unknown) and `groups` are set when the split
    needs them.
    """

    strata: NDArray[np.float64] | Index
    equal_rows: Index
    times: NDArray[np.float64] | None = None
    groups: NDArray[np.object_] | None = None
    has_clock: bool = True

    def __len__(self) -> int:
        return len(self.strata)


def plan_split(
    rows: SplitInput, split: Split, holdout: float | None, seed: int, most_folds: int | None = None
) -> SplitPlan:
    """Divide the rows. A table under 60 rows keeps no holdout; what was done differently than asked is in `left_out`."""
    left_out: list[LeftOut] = []
    if holdout is not None and len(rows) < SMALLEST_TABLE_WITH_HOLDOUT:
        left_out.append(LeftOut("left_out.holdout_too_small", {"rows": len(rows)}))
        holdout = None
    match split:
        case TimeSplit(column=column):
            learn, kept, folds, boundary = _forward(rows, holdout or 0.0, left_out)
            kind = "time"
        case GroupSplit(column=column):
            learn, kept, folds = _by_unit(_codes(rows.groups), rows, holdout or 0.0, seed, most_folds)
            kind, boundary = "group", ""
        case RandomSplit():
            learn, kept, folds = _by_unit(rows.equal_rows, rows, holdout or 0.0, seed, most_folds)
            kind, boundary, column = "random", "", ""
    summary = SplitSummary(kind, column, len(learn), len(kept), len(folds), boundary)
    return SplitPlan(learn, kept, folds, summary, tuple(left_out))


def fold_count(rows: int) -> int:
    """Return how many folds a table of that size gets: fewer when each fold is expensive and already precise."""
    if rows <= 50_000:
        return 5
    return 3


def _codes(values: NDArray[np.object_] | None) -> Index:
    if values is None:
        raise ValueError("a group split needs the group of every row")
    return np.unique(values.astype(str), return_inverse=True)[1].astype(np.int64)


def _by_unit(
    units: Index, rows: SplitInput, holdout: float, seed: int, most_folds: int | None
) -> tuple[Index, Index, tuple[Fold, ...]]:
    """Split whole units (equal rows or groups), each stratum spread evenly over the parts."""
    random = np.random.default_rng(seed)
    part = _deal(units, _strata(rows.strata), max(2, round(1 / holdout)), random) if holdout else None
    if part is None:
        kept = np.empty(0, np.int64)
        learn = np.arange(len(rows), dtype=np.int64)
    else:
        kept = np.flatnonzero(part == 0).astype(np.int64)
        learn = np.flatnonzero(part != 0).astype(np.int64)
    units_left = len(np.unique(units[learn]))
    parts = max(2, min(most_folds or fold_count(len(learn)), units_left))
    fold_of = _deal(units[learn], _strata(rows.strata[learn]), parts, random)
    folds = tuple(Fold(learn[fold_of != k], learn[fold_of == k]) for k in range(parts))
    return learn, kept, folds


def _strata(values: NDArray[np.float64] | Index) -> Index:
    """Return stratum codes: the classes, or ten bins of equal count for numbers."""
    if np.issubdtype(values.dtype, np.integer):
        return values.astype(np.int64)
    edges = np.quantile(values, np.linspace(0, 1, TARGET_BINS + 1)[1:-1])
    return np.searchsorted(edges, values).astype(np.int64)


def _deal(units: Index, strata: Index, parts: int, random: np.random.Generator) -> Index:
    """Deal units to parts like cards, the largest first within a stratum, always to the part with the fewest rows of it.

    Returns the part of every row. Units of one row (the usual case) are dealt in one stroke a stratum.
    """
    codes, first, sizes = np.unique(units, return_index=True, return_counts=True)[0:3]
    unit_stratum = strata[first]
    unit_part = np.empty(len(codes), np.int64)
    load = np.zeros(parts)
    for stratum in np.unique(unit_stratum):
        members = random.permutation(np.flatnonzero(unit_stratum == stratum))
        if sizes[members].max() == 1:
            order = np.argsort(load, kind="stable")
            unit_part[members] = order[np.arange(len(members)) % parts]
            load += np.bincount(unit_part[members], minlength=parts)
            continue
        of_stratum = np.zeros(parts)
        for unit in members[np.argsort(-sizes[members], kind="stable")]:
            chosen = int(np.lexsort((load, of_stratum))[0])
            unit_part[unit] = chosen
            of_stratum[chosen] += sizes[unit]
            load[chosen] += sizes[unit]
    return unit_part[np.searchsorted(codes, units)]


def _forward(rows: SplitInput, holdout: float, left_out: list[LeftOut]) -> tuple[Index, Index, tuple[Fold, ...], str]:
    """Split in time: the newest rows are held out, folds learn on the past and check on what followed."""
    if rows.times is None:
        raise ValueError("a time split needs the time of every row")
    unknown = int(np.isnan(rows.times).sum())
    if unknown:
        left_out.append(LeftOut("left_out.rows_without_time_first", {"rows": unknown}))
    times = np.where(np.isnan(rows.times), -np.inf, rows.times)
    order = np.argsort(times, kind="stable").astype(np.int64)
    start = _boundary(times[order], len(order) - round(holdout * len(order)))
    learn, kept = order[:start], order[start:]
    cuts = [
        _boundary(times[learn], round(len(learn) * (FIRST_CHECK + (1 - FIRST_CHECK) * k / FORWARD_FOLDS)))
        for k in range(FORWARD_FOLDS + 1)
    ]
    folds = tuple(Fold(learn[:begin], learn[begin:end]) for begin, end in pairwise(cuts) if 0 < begin < end)
    if not folds:
        middle = len(learn) // 2
        folds = (Fold(learn[:middle], learn[middle:]),)
    boundary = ""
    if rows.has_clock and len(kept) and np.isfinite(times[kept[0]]):
        boundary = datetime.fromtimestamp(float(times[kept[0]]), UTC).isoformat(timespec="seconds")
    return learn, kept, folds, boundary


def _boundary(sorted_times: NDArray[np.float64], position: int) -> int:
    """Move a cut forward so that rows of the same moment stay on one side; back if that would leave nothing behind."""
    if position <= 0 or position >= len(sorted_times):
        return min(max(position, 0), len(sorted_times))
    moved = int(np.searchsorted(sorted_times, sorted_times[position - 1], side="right"))
    if moved >= len(sorted_times):
        moved = int(np.searchsorted(sorted_times, sorted_times[position - 1], side="left"))
    return moved if moved > 0 else position
