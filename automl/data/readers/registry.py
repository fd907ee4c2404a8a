"""The kinds of files Lathe reads: an explicit list."""

from pathlib import Path

from automl.data.readers.base import Reader
from automl.data.readers.csv_reader import CsvReader
from automl.data.readers.excel_reader import ExcelReader
from automl.data.readers.files import refusal, require_readable
from automl.data.readers.parquet_reader import ParquetReader

READERS: tuple[Reader, ...] = (CsvReader(), ExcelReader(), ParquetReader())


def reader_for(path: Path) -> Reader:
    """Return the reader of a file by its extension. Raises Refusal when the file cannot be opened or no reader fits."""
    require_readable(path)
    extension = path.suffix.lower()
    for reader in READERS:
        if extension in reader.extensions:
            return reader
    raise refusal("data.kind_unknown", path, extension=extension, kinds=", ".join(known_extensions()))


def known_extensions() -> tuple[str, ...]:
    """All extensions some reader takes, with their dot."""
    return tuple(extension for reader in READERS for extension in reader.extensions)
