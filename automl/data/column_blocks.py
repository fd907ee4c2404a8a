"""Columns of a snapshot one by one, for work that asks several questions about each column."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from automl.data.connection import text_literal
from automl.data.typed_sql import ROW_NUMBER, select, snapshot_column

CELLS = "cells"
_LONG = 50_000
_CELLS_AT_ONCE = 4_000_000
_COLUMNS_AT_ONCE = 200


def column_blocks(connection: duckdb.DuckDBPyConnection, snapshot: Path, places: Sequence[int]) -> Iterator[int]:
    """Yield every place in turn; while it is the current one, `CELLS` holds its column and the row numbers.

    Opening a file of many columns costs more than reading one of them, so columns of short tables come into memory
    together. Long tables stay on disk: their compressed form is quicker to question, and memory stays bounded.
    """
    source = f"read_parquet({text_literal(str(snapshot))})"
    found = connection.execute(select(("count(*)",), source)).fetchone()
    rows = int(found[0]) if found else 0
    if rows > _LONG:
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {CELLS} AS {select(('*',), source)}")
        yield from places
        return
    width = max(1, min(_COLUMNS_AT_ONCE, _CELLS_AT_ONCE // max(1, rows)))
    for start in range(0, len(places), width):
        block = places[start : start + width]
        columns = select((ROW_NUMBER, *map(snapshot_column, block)), source)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {CELLS} AS {columns}")
        yield from block
