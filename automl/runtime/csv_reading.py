"""Reading a text table: encoding, delimiter and header found, rows kept in order, damaged ones kept too."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from automl.runtime.header import column_names
from automl.runtime.problems import RefusedError, refused

LARGEST_CELL = 16 * 1024**2
_DELIMITERS = ",;\t|"
_HEADER_LINES = 20
_CHUNK = 1024**2
_LOOKED_AT = 64 * 1024
# Room for a header of thousands of long names.
_LONGEST_START = 4 * 1024**2
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class CsvTable:
    """A text table whose dialect is known. `header_row` counts lines of cells from 0; -1 where there is no header."""

    path: Path
    encoding: str
    delimiter: str
    header_row: int
    names: tuple[str, ...]

    def rows(self) -> Iterator[list[str]]:
        """Yield the cells of every data row in order; empty lines are no rows. Raises RefusedError when one is unreadable."""
        number = 0
        csv.field_size_limit(LARGEST_CELL)
        try:
            with self.path.open(encoding=self.encoding, newline="") as file:
                # Strict, because a quote that is never closed would swallow all rows behind it without a word.
                lines = (cells for cells in csv.reader(file, delimiter=self.delimiter, strict=True) if cells)
                for _ in range(self.header_row + 1):
                    next(lines, None)
                for cells in lines:
                    number += 1
                    yield cells
        except (csv.Error, UnicodeError) as error:
            raise refused("predict.row_unreadable", file=self.path.name, row=number + 1) from error
        except OSError as error:
            raise unreadable(self.path, error) from error


def find_table(path: Path, wanted: Sequence[str] = (), encoding: str = "", delimiter: str = "") -> CsvTable:
    """Find out how a text table is written; `wanted` column names tell its header line from title lines above it."""
    try:
        if path.is_dir():
            raise refused("predict.is_a_folder", file=path.name)
        encoding = encoding or find_encoding(path)
        with path.open(encoding=encoding, newline="") as file:
            start = file.read(_LONGEST_START)
    except UnicodeError as error:
        raise refused("predict.encoding_unknown", file=path.name, position=0) from error
    except OSError as error:
        raise unreadable(path, error) from error
    if not start.strip("\r\n \t\ufeff"):
        raise refused("predict.file_empty", file=path.name)
    return _best_reading(path, encoding, start, wanted, delimiter or _DELIMITERS)


def find_encoding(path: Path) -> str:
    """Byte order mark, else UTF-16 by its zero bytes, else strict UTF-8, else Korean CP949; else refused, never guessed."""
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return encoding
    zeros = [start[first::2].count(0) / max(1, len(start) // 2) for first in (0, 1)]
    if max(zeros) > 0.3:
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    broken_at = _first_undecodable(path, "utf-8")
    if broken_at is None:
        return "utf-8"
    if _first_undecodable(path, "cp949") is None:
        return "cp949"
    raise refused("predict.encoding_unknown", file=path.name, position=broken_at + 1)


def unreadable(path: Path, error: OSError) -> RefusedError:
    """Return the refusal for a file that cannot be read."""
    code = "predict.file_missing" if isinstance(error, FileNotFoundError) else "predict.file_unreadable"
    return refused(code, file=path.name, reason=error.strerror or str(error))


def _first_undecodable(path: Path, encoding: str) -> int | None:
    """Return where the first byte stands that is not in this encoding; None when all are."""
    decoder = codecs.getincrementaldecoder(encoding)()
    position = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return position + error.start
            if not chunk:
                return None
            position += len(chunk)


def _best_reading(path: Path, encoding: str, start: str, wanted: Sequence[str], delimiters: str) -> CsvTable:
    """The delimiter and header line under which most wanted columns are found, then most columns at all."""
    best: tuple[tuple[int, int, int], CsvTable] | None = None
    csv.field_size_limit(LARGEST_CELL)
    for delimiter in delimiters:
        for row, cells in enumerate(_first_lines(start, delimiter)):
            names = column_names(cells)
            merit = (len(set(wanted).intersection(names)), len(names) if row == 0 else 0, -row)
            if best is None or merit > best[0]:
                best = merit, CsvTable(path, encoding, delimiter, row, names)
    if best is None:
        raise refused("predict.file_empty", file=path.name)
    return _without_header(best[1], start, wanted) or best[1]


def _without_header(table: CsvTable, start: str, wanted: Sequence[str]) -> CsvTable | None:
    """The table without a header, where the model learned from one without and the first line holds numbers."""
    names = column_names([""] * len(table.names))
    if not wanted or not set(wanted) <= set(names) or set(wanted) & set(table.names):
        return None
    first = _first_lines(start, table.delimiter)[0]
    return replace(table, header_row=-1, names=names) if any(map(_is_number, first)) else None


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _first_lines(start: str, delimiter: str) -> list[list[str]]:
    lines: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(start, newline=""), delimiter=delimiter):
            if cells:
                lines.append(cells)
            if len(lines) == _HEADER_LINES:
                break
    except csv.Error:
        return lines
    return lines
