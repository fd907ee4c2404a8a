"""A text table row by row, able to say which lines are no rows. DuckDB reads clean files; this reads all others."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO


@dataclass(frozen=True)
class ParsedRow:
    """One row: the line it starts at (from 1), the lines it takes, and its values (None where quotes do not close)."""

    line: int
    lines: list[str]
    fields: list[str] | None

    @property
    def text(self) -> str:
        """The row as it stands in the file, without the line end."""
        return "".join(self.lines).rstrip("\r\n")


class _Lines:
    """Hands out lines and remembers those of the row in progress, so that a broken quote can be taken back."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._again: list[str] = []
        self.taken: list[str] = []
        self.line = 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._stream)
        self.taken.append(line)
        return line

    def begin_row(self) -> None:
        self.line += len(self.taken)
        self.taken = []

    def keep_first_only(self) -> None:
        self._again.extend(reversed(self.taken[1:]))
        del self.taken[1:]


def parse_rows(stream: TextIO, delimiter: str, spaced: bool) -> Iterator[ParsedRow]:
    """Yield every row that is not blank. `stream` must be opened with newline="".

    A line whose quotes do not close, or close in the middle of a value, is given without values and reading goes on
    with the line after it.
    """
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=spaced, strict=True)
    while True:
        lines.begin_row()
        try:
            fields: list[str] | None = next(reader)
        except StopIteration:
            return
        except csv.Error:
            lines.keep_first_only()
            fields = None
        if fields is None or len(fields) > 1 or (fields and fields[0].strip()):
            yield ParsedRow(lines.line, lines.taken, fields)
