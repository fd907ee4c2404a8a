"""Which rows are equal, and which the recipe leaves out."""

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from automl.data.connection import restricted_connection
from automl.data.table import Index, Table
from automl.data.typed_sql import ROW_NUMBER, clean, select, snapshot_column
from automl.domain.recipe import LeaveOutRepeatedRows, RecipeStep
from automl.domain.schema import Role, Schema

# Equal rows are copies where there are this many times more than chance brings; the most telling columns say what it brings.
FAR_MORE, MOST_TELLING = 5.0, 12


def row_groups(table: Table) -> Index:
    """Number the rows so that rows equal in every column have the same number; groups count from 0 by first row."""
    codes = np.zeros(len(table), dtype=np.int64)
    for column in _column_codes(table):
        # Renumbering after every column keeps the product far from the limit of int64.
        codes = np.unique(codes * (int(column.max(initial=0)) + 1) + column, return_inverse=True)[1].astype(np.int64)
    first = np.full(int(codes.max(initial=-1)) + 1, len(table), dtype=np.int64)
    np.minimum.at(first, codes, np.arange(len(table)))
    order = np.empty_like(first)
    order[np.argsort(first, kind="stable")] = np.arange(len(first))
    return order[codes]


def copied_groups(table: Table) -> Index:
    """Number the rows as `row_groups` does, but keep equal rows apart where values are so coarse that chance makes them.

    Chance is what columns that do not depend on each other would bring, judged by the most telling ones over rows that
    differ, so that copies do not excuse themselves.
    """
    groups = row_groups(table)
    first = np.unique(groups, return_index=True)[1]
    repeats = len(table) - len(first)
    if repeats and repeats <= FAR_MORE * _equal_by_chance(table.take(first.astype(np.int64)), len(table)):
        return np.arange(len(table), dtype=np.int64)
    return groups


def _equal_by_chance(different: Table, rows: int) -> float:
    """How many pairs of so many rows would be equal by chance, if columns are as telling as in rows that differ."""
    sizes = sorted((np.bincount(codes).astype(np.float64) for codes in _column_codes(different)), key=len, reverse=True)
    pairs = max(1.0, len(different) * (len(different) - 1.0))
    return rows**2 / 2.0 * math.prod(float((size * (size - 1)).sum()) / pairs for size in sizes[:MOST_TELLING])


def _column_codes(table: Table) -> Iterator[Index]:
    for values in (*table.numbers.values(), *table.texts.values()):
        comparable = values.astype(str) if values.dtype == object else values
        yield np.unique(comparable, return_inverse=True)[1].astype(np.int64)


def kept_rows(snapshot: Path, schema: Schema, steps: tuple[RecipeStep, ...]) -> list[int] | None:
    """Return the numbers of the rows that stay under a recipe, None when all stay.

    `schema` is the schema after the recipe. Rows are repeated when their texts are equal in every column that is not
    ignored; the first one stays.
    """
    if LeaveOutRepeatedRows() not in steps:
        return None
    used = [place for place, column in enumerate(schema.columns) if column.role is not Role.IGNORE]
    cells = ", ".join(clean(snapshot_column(place)) for place in used)
    if not cells:
        return None
    query = select((f"min({ROW_NUMBER}) AS first",), "read_parquet(?)", f"GROUP BY {cells} ORDER BY first")
    with restricted_connection([snapshot]) as connection:
        return [int(row[0]) for row in connection.execute(query, [str(snapshot)]).fetchall()]
