"""Parquet files, whose typed values become the texts a person would write."""

from pathlib import Path

import duckdb
import msgspec

from automl.data.connection import Progress, part, restricted_connection, text_literal
from automl.data.readers.base import Probe, ReadResult
from automl.data.readers.files import refusal, require_readable
from automl.data.readers.header import unique_names
from automl.data.snapshot import count_rows, write_snapshot
from automl.data.typed_sql import select
from automl.domain.dataset import ReadOptions
from automl.domain.inspection import FileInspection

_SHOWN_ROWS = 20


class ParquetReader:
    """Reads Parquet."""

    extensions: tuple[str, ...] = (".parquet", ".pq")

    def probe(self, path: Path, options: ReadOptions) -> Probe:
        """Look at the schema and the first rows."""
        columns = _columns(path)
        names, _ = unique_names([name for name, _ in columns], path)
        with restricted_connection([path]) as connection:
            cells = [f"coalesce({cell}, '')" for cell in _cells(connection, path, columns)]
            rows = connection.execute(select(cells, _relation(path), f"LIMIT {_SHOWN_ROWS}")).fetchall()
        return Probe(_found(options), names, tuple(rows))

    def read(self, path: Path, options: ReadOptions, snapshot: Path, work: Path, progress: Progress) -> ReadResult:
        """Write every row into a snapshot."""
        del work
        columns = _columns(path)
        names, issues = unique_names([name for name, _ in columns], path)
        try:
            with restricted_connection([path]) as connection:
                cells = _cells(connection, path, columns)
            write_snapshot(
                _relation(path),
                snapshot,
                part(progress, 0.0, 1.0),
                source=path,
                row_number="row_number() OVER ()",
                cells=cells,
            )
        except duckdb.Error as error:
            raise refusal("data.parquet_damaged", path) from error
        rows = count_rows(snapshot)
        if rows == 0:
            raise refusal("data.no_rows", path, columns=len(names))
        inspection = FileInspection(file_name=path.name, header_row=0, column_count=len(names), row_count=rows)
        return ReadResult(names, _found(options), inspection, issues)


def _relation(path: Path) -> str:
    return f"read_parquet({text_literal(str(path))})"


def _found(options: ReadOptions) -> ReadOptions:
    return msgspec.structs.replace(options, header_row=0)


def _columns(path: Path) -> list[tuple[str, str]]:
    """Names and DuckDB types in file order. Raises Refusal for a file that is no Parquet."""
    require_readable(path)
    try:
        with restricted_connection([path]) as connection:
            rows = connection.execute(f"DESCRIBE {select(('*',), _relation(path))}").fetchall()
    except duckdb.Error as error:
        raise refusal("data.parquet_damaged", path) from error
    return [(str(row[0]), str(row[1])) for row in rows]


def _cells(connection: duckdb.DuckDBPyConnection, path: Path, columns: list[tuple[str, str]]) -> list[str]:
    """SQL for every column as text: numbers in full, times as 2026-01-02 03:04:05, nothing for NaN."""
    cells: list[str] = []
    for name, kind in columns:
        column = '"' + name.replace('"', '""') + '"'
        if kind in ("DOUBLE", "FLOAT"):
            cells.append(f"CASE WHEN isfinite({column}) THEN {column}::VARCHAR END")
        elif kind.startswith("TIMESTAMP"):
            moment = f"({column} AT TIME ZONE 'UTC')" if kind.endswith("ZONE") else f"{column}::TIMESTAMP"
            cells.append(_moment_text(connection, path, moment))
        else:
            cells.append(f"{column}::VARCHAR")
    return cells


def _moment_text(connection: duckdb.DuckDBPyConnection, path: Path, moment: str) -> str:
    """SQL for a time as text, with fractions of a second in every cell if in any."""
    query = select((f"count(*) FILTER (epoch_us({moment}) % 1000000 <> 0)",), _relation(path))
    found = connection.execute(query).fetchone()
    pattern = "%Y-%m-%d %H:%M:%S.%f" if found and found[0] else "%Y-%m-%d %H:%M:%S"
    return f"strftime({moment}, '{pattern}')"
