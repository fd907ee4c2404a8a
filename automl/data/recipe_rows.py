"""Which rows are equal, and which the recipe leaves out."""

from pathlib import Path

import numpy as np

from automl.data.connection import restricted_connection
from automl.data.table import Index, Table
from automl.data.typed_sql import ROW_NUMBER, clean, select, snapshot_column
from automl.domain.recipe import LeaveOutRepeatedRows, RecipeStep
from automl.domain.schema import Role, Schema


def row_groups(table: Table) -> Index:
    """Number the rows so that rows equal in every column have the same number; groups count from 0 by first row."""
    codes = np.zeros(len(table), dtype=np.int64)
    for values in (*table.numbers.values(), *table.texts.values()):
        comparable = values.astype(str) if values.dtype == object else values
        column = np.unique(comparable, return_inverse=True)[1].astype(np.int64)
        # Renumbering after every column keeps the product far from the limit of int64.
        codes = np.unique(codes * (int(column.max(initial=0)) + 1) + column, return_inverse=True)[1].astype(np.int64)
    first = np.full(int(codes.max(initial=-1)) + 1, len(table), dtype=np.int64)
    np.minimum.at(first, codes, np.arange(len(table)))
    order = np.empty_like(first)
    order[np.argsort(first, kind="stable")] = np.arange(len(first))
    return order[codes]


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
