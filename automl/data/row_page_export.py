"""The rows of a snapshot as pages for people, and the fingerprint of all cells, in one pass."""

import hashlib
from pathlib import Path

import msgspec

from automl.data.connection import Progress, restricted_connection
from automl.data.snapshot import count_rows
from automl.data.typed_sql import ROW_NUMBER, select, snapshot_column
from automl.storage.row_pages import ROWS_PER_BLOCK, RowPagesWriter

_ROWS_AT_ONCE = ROWS_PER_BLOCK * 480  # a row group of the snapshot, so that every group is read once


def export_pages(snapshot: Path, names: tuple[str, ...], pages: Path, progress: Progress) -> str:
    """Write the pages and return the fingerprint: SHA-256 over the column names and every cell's text, in row order.

    Numbers of rows are not part of it, so the same table read from another kind of file has the same fingerprint.
    """
    digest = hashlib.sha256(msgspec.json.encode(names))
    total = count_rows(snapshot)
    cells = f"to_json([{', '.join(snapshot_column(place) for place in range(len(names)))}])::VARCHAR"
    picks = ("file_row_number AS place", f"{ROW_NUMBER} AS row", f"{cells} AS cells")
    blocks = (
        "'[' || string_agg('[' || row || ',' || cells || ']', ',' ORDER BY place) || ']'",
        "string_agg(cells, '' ORDER BY place)",
        "count(*)",
    )
    with restricted_connection([snapshot]) as connection, RowPagesWriter(pages) as writer:
        for start in range(0, total, _ROWS_AT_ONCE):
            span = f"WHERE file_row_number >= {start} AND file_row_number < {start + _ROWS_AT_ONCE}"
            rows = select(picks, "read_parquet(?, file_row_number = true)", span)
            grouped = f"GROUP BY place // {ROWS_PER_BLOCK} ORDER BY min(place)"
            for block, texts, count in connection.execute(
                select(blocks, f"({rows})", grouped), [str(snapshot)]
            ).fetchall():
                digest.update(texts.encode())
                writer.add_block(block.encode(), count)
            progress(min(start + _ROWS_AT_ONCE, total), total)
    return digest.hexdigest()
