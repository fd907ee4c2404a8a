"""Snapshots become typed tables: the texts of the file, read by the schema in force."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from automl.data.column_blocks import CELLS, column_blocks
from automl.data.connection import restricted_connection
from automl.data.table import Index, Table
from automl.data.typed_sql import ROW_NUMBER, clean, is_unreadable, select, snapshot_column, typed
from automl.domain.schema import Column, ColumnType, Role, Schema


def load_table(
    snapshot: Path, schema: Schema, columns: Sequence[str] | None = None, rows: Iterable[int] | None = None
) -> Table:
    """Read a snapshot as typed columns in row order.

    `schema` is the whole schema after the recipe. `columns` are names (default: all that are not ignored); `rows` are
    row numbers to keep (default: all; numbers without a row are passed over).
    """
    wanted = _wanted(schema, columns)
    picks = [f"{typed(snapshot_column(place), column)} AS v{place}" for place, column in wanted]
    fetched = _fetch(snapshot, picks, rows)
    numbers: dict[str, NDArray[np.float64]] = {}
    texts: dict[str, NDArray[np.object_]] = {}
    for place, column in wanted:
        values = fetched[f"v{place}"]
        if column.type in (ColumnType.NUMBER, ColumnType.TIME):
            numbers[column.name] = _with_nan(values)
        else:
            texts[column.name] = _without_mask(values)
    return Table(_row_numbers(fetched), numbers, texts)


def load_target(snapshot: Path, schema: Schema, target: str, rows: Iterable[int] | None = None) -> Table:
    """Read only the target column."""
    return load_table(snapshot, schema, (target,), rows)


def load_texts(
    snapshot: Path, schema: Schema, columns: Sequence[str] | None = None, rows: Iterable[int] | None = None
) -> Table:
    """Read columns as the texts that stand in the file, untouched ("" for an empty cell), whatever their types."""
    wanted = _wanted(schema, columns)
    fetched = _fetch(snapshot, [f"{snapshot_column(place)} AS v{place}" for place, _ in wanted], rows)
    texts = {column.name: _without_mask(fetched[f"v{place}"]) for place, column in wanted}
    return Table(_row_numbers(fetched), {}, texts)


class Unreadable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Texts of a NUMBER or TIME column that are neither missing nor readable: how many, some of them, and their rows."""

    column: str
    count: int
    examples: tuple[str, ...]
    rows: tuple[int, ...]


def unreadable_texts(snapshot: Path, schema: Schema, examples: int = 5) -> tuple[Unreadable, ...]:
    """Count what typed columns cannot read, for every used NUMBER and TIME column that has such texts."""
    found: list[Unreadable] = []
    with restricted_connection([snapshot]) as connection:
        typed_columns = {
            place: column
            for place, column in _wanted(schema, None)
            if column.type in (ColumnType.NUMBER, ColumnType.TIME)
        }
        for place in column_blocks(connection, snapshot, tuple(typed_columns)):
            column, cell = typed_columns[place], snapshot_column(place)
            picks = (f"{clean(cell)} AS t", "count(*)", f"min({ROW_NUMBER})")
            unreadable = f"WHERE {is_unreadable(cell, column)} GROUP BY t ORDER BY 2 DESC, 3"
            rows = connection.execute(select(picks, CELLS, unreadable)).fetchall()
            if rows:
                shown = rows[:examples]
                total = sum(int(row[1]) for row in rows)
                texts = tuple(str(row[0]) for row in shown)
                found.append(Unreadable(column.name, total, texts, tuple(int(row[2]) for row in shown)))
    return tuple(found)


def _wanted(schema: Schema, columns: Sequence[str] | None) -> list[tuple[int, Column]]:
    if columns is None:
        return [(place, column) for place, column in enumerate(schema.columns) if column.role is not Role.IGNORE]
    places = {column.name: place for place, column in enumerate(schema.columns)}
    return [(places[name], schema.columns[places[name]]) for name in dict.fromkeys(columns)]


def _fetch(snapshot: Path, picks: Sequence[str], rows: Iterable[int] | None) -> dict[str, Any]:
    clauses: list[str] = []
    parameters: list[object] = [str(snapshot)]
    if rows is not None:
        clauses.append(f"WHERE {ROW_NUMBER} IN (SELECT unnest(?::BIGINT[]))")
        parameters.append([int(row) for row in rows])
    with restricted_connection([snapshot]) as connection:
        query = select((ROW_NUMBER, *picks), "read_parquet(?)", *clauses, f"ORDER BY {ROW_NUMBER}")
        return connection.execute(query, parameters).fetchnumpy()


def _row_numbers(fetched: dict[str, Any]) -> Index:
    return np.ascontiguousarray(_without_mask(fetched[ROW_NUMBER]), dtype=np.int64)


def _with_nan(values: Any) -> NDArray[np.float64]:
    if isinstance(values, np.ma.MaskedArray):
        return np.ascontiguousarray(np.ma.filled(values.astype(np.float64), np.nan))
    return np.ascontiguousarray(values, dtype=np.float64)


def _without_mask(values: Any) -> Any:
    return values.data if isinstance(values, np.ma.MaskedArray) else np.asarray(values)
