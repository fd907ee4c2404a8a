"""The one form in which DuckDB gets what our own parsers read: UTF-8, commas, a row number in front."""

import csv
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from automl.data.connection import Progress
from automl.data.snapshot import count_rows, csv_relation, text_columns, write_snapshot
from automl.data.typed_sql import ROW_NUMBER, snapshot_column

_BATCH = 2_000


class CanonicalFile:
    """Collects rows of texts in a file, from which `to_snapshot` makes a snapshot. Use it as a context manager."""

    def __init__(self, path: Path, width: int) -> None:
        self._path = path
        self._width = width
        self._file = path.open("w", encoding="utf-8", newline="")
        # "\r\n" makes the writer quote cells that hold either of the two.
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._waiting: list[list[object]] = []
        self._count = 0

    def add(self, row: int, cells: Sequence[str]) -> None:
        """Append one row: its number in the source file and its cells."""
        self._waiting.append([row, *cells])
        self._count += 1
        if len(self._waiting) == _BATCH:
            self._flush()

    def __enter__(self) -> "CanonicalFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._flush()
        self._file.close()

    def to_snapshot(self, snapshot: Path, progress: Progress) -> None:
        """Write the collected rows as a snapshot; the file must be closed by then."""
        columns = [f"'{ROW_NUMBER}': 'BIGINT'", *text_columns(self._width)]
        relation = csv_relation(self._path, columns, ",", skip=0, line_end="\\r\\n")
        cells = [snapshot_column(place) for place in range(self._width)]
        write_snapshot(relation, snapshot, progress, source=self._path, row_number=ROW_NUMBER, cells=cells)
        written = count_rows(snapshot)
        if written != self._count:
            raise RuntimeError(f"{written} of {self._count} rows reached the snapshot")

    def _flush(self) -> None:
        self._writer.writerows(self._waiting)
        self._waiting.clear()
