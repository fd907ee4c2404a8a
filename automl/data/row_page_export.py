"""The rows of a snapshot as pages for people, and the fingerprint of all cells, in one pass."""

import hashlib
from pathlib import Path

import msgspec

from automl.data.connection import Progress, restricted_connection
from automl.data.snapshot import count_rows
from automl.data.typed_sql import ROW_NUMBER, select, snapshot_column
from automl.storage.row_pages import RowPagesWriter

_ROWS_AT_ONCE = 4_096


def export_pages(snapshot: Path, names: tuple[str, ...], pages: Path, progress: Progress) -> str:
    """Write the pages and return the fingerprint: SHA-256 over the column names and every cell's text, in row order.

    Numbers of rows are not part of it, so the same table read from another kind of file has the same fingerprint.
    """
    digest = hashlib.sha256(msgspec.json.encode(names))
    total = count_rows(snapshot)
    encoder = msgspec.json.Encoder()
    columns = (ROW_NUMBER, f"[{', '.join(snapshot_column(place) for place in range(len(names)))}]")
    done = 0
    with restricted_connection([snapshot]) as connection, RowPagesWriter(pages) as writer:
        cursor = connection.execute(select(columns, "read_parquet(?)", f"ORDER BY {ROW_NUMBER}"), [str(snapshot)])
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            for row, cells in rows:
                writer.add(row, cells)
            digest.update(b"".join(encoder.encode(cells) for _, cells in rows))
            done += len(rows)
            progress(done, total)
    return digest.hexdigest()
