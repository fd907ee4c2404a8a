"""Judging whole columns by the first rows of a file: swapped columns, other units, columns that went empty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from automl.runtime.parsing import NUMBER, TIME, ParsedColumn
from automl.runtime.problems import LOOK, Problem, RefusedError
from automl.runtime.row_checks import ColumnFinding, KnownCategories, is_missing, outside_range
from automl.runtime.table_manifest import InputColumn

FEWEST_ROWS = 5
MOST_OF_THEM = 0.9
USUALLY_FILLED = 0.5

_UNITS = (
    ("× 1,000", 1000.0, 0.0),
    ("÷ 1,000", 0.001, 0.0),
    ("× 25.4", 25.4, 0.0),
    ("÷ 25.4", 1 / 25.4, 0.0),
    ("× 9/5 + 32", 1.8, 32.0),
    ("(− 32) × 5/9", 5 / 9, -32 * 5 / 9),
)


@dataclass(frozen=True)
class ColumnFindings:
    """One finding a suspicious column by name, and the notes that tell a person."""

    by_column: dict[str, ColumnFinding]
    notes: tuple[Problem, ...]


def judge_columns(
    inputs: Sequence[InputColumn],
    categories: Mapping[str, KnownCategories],
    parsed: Mapping[str, ParsedColumn],
    *,
    trust_columns: bool = False,
    file: str = "",
) -> ColumnFindings:
    """Look at the first rows. Raises RefusedError for columns that look swapped or unreadable, unless trusted."""
    rows = len(next(iter(parsed.values())).values)
    if rows < FEWEST_ROWS:
        return ColumnFindings({}, ())
    if not trust_columns:
        problems = [*_swapped(inputs, categories, parsed, file), *_unreadable(inputs, parsed, file)]
        if problems:
            raise RefusedError(*problems)
    findings: dict[str, ColumnFinding] = {}
    notes: list[Problem] = []
    for column in inputs:
        if column.missing_share < USUALLY_FILLED and is_missing(parsed[column.name]).all():
            findings[column.name] = ColumnFinding(empty=True)
            share = round(100 * (1 - column.missing_share))
            notes.append(
                Problem("predict.column_empty", {"column": column.name, "share": share}, LOOK, file, None, column.name)
            )
        factor = _unit_factor(column, parsed[column.name])
        if factor:
            findings[column.name] = ColumnFinding(unit_factor=factor)
            parameters = {"column": column.name, "factor": factor}
            notes.append(Problem("predict.unit_suspected", parameters, LOOK, file, None, column.name))
    return ColumnFindings(findings, tuple(notes))


def _swapped(
    inputs: Sequence[InputColumn],
    categories: Mapping[str, KnownCategories],
    parsed: Mapping[str, ParsedColumn],
    file: str,
) -> list[Problem]:
    strange = [column for column in inputs if not _fits(column, column, categories, parsed)]
    return [
        Problem("predict.columns_swapped", {"first": one.name, "second": other.name}, file=file, column=one.name)
        for one, other in combinations(strange, 2)
        if _fits(one, other, categories, parsed) and _fits(other, one, categories, parsed)
        if _can_tell(one, other)
    ]


def _can_tell(one: InputColumn, other: InputColumn) -> bool:
    kinds_of_text = NUMBER not in (one.kind, other.kind) and TIME not in (one.kind, other.kind)
    return one.kind == other.kind == NUMBER or kinds_of_text


def _fits(
    values_of: InputColumn,
    range_of: InputColumn,
    categories: Mapping[str, KnownCategories],
    parsed: Mapping[str, ParsedColumn],
) -> bool:
    """Whether the values of one column are mostly like what another column held when learning."""
    values = parsed[values_of.name].values
    if values.dtype == np.float64:
        numbers = _known(values.astype(np.float64))
        if len(numbers) < FEWEST_ROWS or range_of.kind != NUMBER or range_of.minimum is None:
            return values_of is range_of
        outside = outside_range(range_of, numbers)
    else:
        texts = [text for text in values.tolist() if text]
        known = categories[range_of.name]
        if len(texts) < FEWEST_ROWS or not known.remembered:
            return values_of is range_of
        outside = np.array([text not in known for text in texts], dtype=np.bool_)
    share = float(outside.mean())
    return share < MOST_OF_THEM if values_of is range_of else share <= 1 - MOST_OF_THEM


def _unreadable(inputs: Sequence[InputColumn], parsed: Mapping[str, ParsedColumn], file: str) -> list[Problem]:
    problems = []
    for column in inputs:
        filled = int((~is_missing(parsed[column.name])).sum())
        unreadable = int(parsed[column.name].unreadable.sum())
        if filled >= FEWEST_ROWS and unreadable >= MOST_OF_THEM * filled:
            code = "predict.column_not_numbers" if column.kind == NUMBER else "predict.column_not_times"
            problems.append(Problem(code, {"column": column.name}, file=file, column=column.name))
    return problems


def _unit_factor(column: InputColumn, parsed: ParsedColumn) -> str:
    """How the values would follow from the learned ones by a usual change of unit; empty when they fit or nothing helps."""
    if column.kind != NUMBER or column.minimum is None or column.maximum is None or column.median is None:
        return ""
    values = _known(parsed.values.astype(np.float64))
    if len(values) < FEWEST_ROWS or float(outside_range(column, values).mean()) < MOST_OF_THEM:
        return ""
    best, nearest = "", np.inf
    for words, factor, offset in _UNITS:
        converted = (values - offset) / factor
        inside = float((~outside_range(column, converted)).mean())
        distance = abs(float(np.median(converted)) - column.median)
        if inside >= MOST_OF_THEM and distance < nearest:
            best, nearest = words, distance
    return best


def _known(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return values[np.isfinite(values)]
