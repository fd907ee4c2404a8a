"""Rows of a dataset in compressed pages, so that any screenful of a million rows is there at once.

The file is ``LTHPAGE1``, then blocks of 256 rows (zlib over JSON ``[[row, [cell, ...]], ...]``), then a JSON index
``{"offsets": [start of each block, ..., end of the last], "total": rows}``, then the index's start as 8 little-endian bytes.
"""

import struct
import threading
import zlib
from collections import OrderedDict
from pathlib import Path
from types import TracebackType

import msgspec

from automl.domain.issues import Issue, Refusal

_MAGIC = b"LTHPAGE1"
ROWS_PER_BLOCK = 256
# About 30 MB of short texts, whether a table is narrow or has thousands of columns.
MOST_KEPT_CELLS = 250_000
# A screenful may lie across two blocks.
_FEWEST_BLOCKS = 2
_LEVEL = 1
_START = struct.Struct("<Q")

PageRow = tuple[int, list[str]]


class _Index(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    offsets: tuple[int, ...]
    total: int


class RowPages:
    """Reads rows by position. Raises Refusal when the file is not what its name says."""

    def __init__(self, path: Path) -> None:
        self._guard = threading.Lock()
        self._kept: OrderedDict[int, list[PageRow]] = OrderedDict()
        self._kept_cells = 0
        try:
            self._file = path.open("rb")
        except FileNotFoundError:
            raise Refusal(Issue("storage.object_missing", parameters={"sha256": path.name[:12]})) from None
        try:
            self._index = self._read_index(path)
        except Refusal:
            self._file.close()
            raise

    def __len__(self) -> int:
        return self._index.total

    def rows(self, start: int, count: int) -> list[PageRow]:
        """Return up to `count` rows from position `start` (from 0): number of the row in its file, and its cells."""
        stop = min(start + count, self._index.total)
        found: list[PageRow] = []
        position = max(start, 0)
        while position < stop:
            block, inside = divmod(position, ROWS_PER_BLOCK)
            taken = self._block(block)[inside : inside + stop - position]
            found.extend(taken)
            position += len(taken)
        return found

    @property
    def kept_cells(self) -> int:
        """How many cells are held in memory for the next question."""
        return self._kept_cells

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> "RowPages":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _block(self, number: int) -> list[PageRow]:
        with self._guard:
            if number in self._kept:
                self._kept.move_to_end(number)
                return self._kept[number]
            start, stop = self._index.offsets[number : number + 2]
            self._file.seek(start)
            rows = msgspec.json.decode(zlib.decompress(self._file.read(stop - start)), type=list[PageRow])
            self._keep(number, rows)
            return rows

    def _keep(self, number: int, rows: list[PageRow]) -> None:
        self._kept[number] = rows
        self._kept_cells += _cells(rows)
        while self._kept_cells > MOST_KEPT_CELLS and len(self._kept) > _FEWEST_BLOCKS:
            _, oldest = self._kept.popitem(last=False)
            self._kept_cells -= _cells(oldest)

    def _read_index(self, path: Path) -> _Index:
        damaged = Refusal(Issue("storage.object_damaged", parameters={"sha256": path.name[:12]}))
        size = path.stat().st_size
        if size < len(_MAGIC) + _START.size or self._file.read(len(_MAGIC)) != _MAGIC:
            raise damaged
        self._file.seek(size - _START.size)
        (start,) = _START.unpack(self._file.read(_START.size))
        if start > size - _START.size:
            raise damaged
        self._file.seek(start)
        try:
            return msgspec.json.decode(self._file.read(size - _START.size - start), type=_Index)
        except msgspec.DecodeError:
            raise damaged from None


def _cells(rows: list[PageRow]) -> int:
    return sum(len(cells) for _, cells in rows)


class RowPagesWriter:
    """Writes the pages of a dataset; use it as a context manager, and the file is complete when the block ends well."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._file.write(_MAGIC)
        self._waiting: list[PageRow] = []
        self._offsets = [len(_MAGIC)]
        self._total = 0

    def add(self, row: int, cells: list[str]) -> None:
        """Append one row: its number in its file and its cells as text, in file order."""
        self._waiting.append((row, cells))
        self._total += 1
        if len(self._waiting) == ROWS_PER_BLOCK:
            self._write_block()

    def add_block(self, content: bytes, rows: int) -> None:
        """Append a whole block that is JSON already: `ROWS_PER_BLOCK` rows, fewer only in the last block of the file."""
        if self._waiting or self._total % ROWS_PER_BLOCK:
            raise ValueError("a block follows whole blocks only")
        self._write(content)
        self._total += rows

    def __enter__(self) -> "RowPagesWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
        finally:
            self._file.close()

    def _finish(self) -> None:
        if self._waiting:
            self._write_block()
        self._file.write(msgspec.json.encode(_Index(tuple(self._offsets), self._total)))
        self._file.write(_START.pack(self._offsets[-1]))

    def _write_block(self) -> None:
        self._write(msgspec.json.encode(self._waiting))
        self._waiting = []

    def _write(self, block: bytes) -> None:
        content = zlib.compress(block, _LEVEL)
        self._file.write(content)
        self._offsets.append(self._offsets[-1] + len(content))
