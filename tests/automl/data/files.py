"""Reading small files in tests."""

from pathlib import Path

from automl.data.connection import no_progress
from automl.data.readers.base import ReadResult
from automl.data.readers.csv_reader import CsvReader
from automl.data.table import Table
from automl.data.typed_table import load_texts
from automl.domain.dataset import ReadOptions
from automl.domain.schema import Column, ColumnType, Schema


def read_bytes(content: bytes, folder: Path, options: ReadOptions | None = None) -> ReadResult:
    """Read a CSV of these bytes; its snapshot lies in the folder."""
    path = folder / "table.csv"
    path.write_bytes(content)
    (folder / "snapshot").unlink(missing_ok=True)
    return CsvReader().read(path, options or ReadOptions(), folder / "snapshot", folder, no_progress)


def read_text(text: str, folder: Path, options: ReadOptions | None = None) -> ReadResult:
    """Read a UTF-8 CSV of this text."""
    return read_bytes(text.encode(), folder, options)


def texts_of(result: ReadResult, folder: Path) -> Table:
    """All cells of the last reading as text."""
    schema = Schema(tuple(Column(name, ColumnType.TEXT) for name in result.names))
    return load_texts(folder / "snapshot", schema)


def snapshot_of(text: str, folder: Path) -> tuple[Path, tuple[str, ...]]:
    """The snapshot of a UTF-8 CSV, and its column names."""
    result = read_text(text, folder)
    return folder / "snapshot", result.names
