"""Snapshots: every cell of a file as text, in Parquet, with the number of its row."""

from collections.abc import Iterable
from pathlib import Path

from automl.data.connection import Progress, restricted_connection, run_watched, text_literal
from automl.data.typed_sql import ROW_NUMBER, select, snapshot_column

_LONGEST_LINE = 8 << 20


def csv_relation(path: Path, columns: Iterable[str], delimiter: str, skip: int, *, line_end: str = "") -> str:
    """SQL for a strict reading of a UTF-8 text file; `columns` are "name: type" in order.

    `line_end` "\\r\\n" tells apart the ends of rows and line breaks inside quotes; empty lets DuckDB find it out.
    """
    fields = ", ".join(columns)
    options = [
        text_literal(str(path)),
        "auto_detect = false",
        "header = false",
        f"skip = {skip}",
        f"delim = {text_literal(delimiter)}",
        "quote = '\"'",
        "escape = '\"'",
        "compression = 'none'",
        f"max_line_size = {_LONGEST_LINE}",
        f"columns = {{{fields}}}",
    ]
    # Strict is what DuckDB is by itself. Said together with a line end, DuckDB 2.0 reads no rows at all.
    if line_end:
        options += [f"new_line = {text_literal(line_end)}", "parallel = false"]
    return f"read_csv({', '.join(options)})"


def text_columns(count: int) -> list[str]:
    """The columns of a snapshot as DuckDB declares them."""
    return [f"'{snapshot_column(place)}': 'VARCHAR'" for place in range(count)]


def write_snapshot(
    relation: str, snapshot: Path, progress: Progress, *, source: Path, row_number: str, cells: Iterable[str]
) -> None:
    """Write a relation as a snapshot in its own order.

    `row_number` and `cells` are SQL for the number of the row and for each cell's text. Raises duckdb.Error when the
    source is not what the relation says.
    """
    texts = [f"coalesce({cell}, '') AS {snapshot_column(place)}" for place, cell in enumerate(cells)]
    rows = select((f"{row_number} AS {ROW_NUMBER}", *texts), relation)
    target = text_literal(str(snapshot))
    with restricted_connection([source, snapshot], snapshot.parent) as connection:
        run_watched(connection, f"COPY ({rows}) TO {target} (FORMAT parquet, COMPRESSION zstd)", progress)


def count_rows(snapshot: Path) -> int:
    """Return how many rows a snapshot has."""
    with restricted_connection([snapshot]) as connection:
        found = connection.execute(select(("count(*)",), "read_parquet(?)"), [str(snapshot)]).fetchone()
    return int(found[0]) if found else 0
