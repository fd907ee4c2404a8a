"""The rows of a snapshot one after the other, as texts, without holding them all."""

from collections.abc import Iterator
from pathlib import Path

from automl.data.connection import restricted_connection
from automl.data.typed_sql import ROW_NUMBER, select, snapshot_column

_ROWS_AT_ONCE = 4_096


def snapshot_rows(snapshot: Path, columns: int) -> Iterator[list[str]]:
    """Yield the cells of every row in order, from the first `columns` columns."""
    cells = f"[{', '.join(snapshot_column(place) for place in range(columns))}]"
    with restricted_connection([snapshot]) as connection:
        cursor = connection.execute(select((cells,), "read_parquet(?)", f"ORDER BY {ROW_NUMBER}"), [str(snapshot)])
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            for (row,) in rows:
                yield row
