"""How a text table is written: its separator, where its names stand and how many values a row has."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from automl.data.readers.files import refusal
from automl.data.readers.header import names_columns, widest_agreed

DELIMITERS = ("\t", ";", "|", ",")
_SAMPLE_CHARACTERS = 1 << 18
_SAMPLE_ROWS = 1_000


@dataclass(frozen=True)
class SampleRow:
    """One row of the sample: the line it starts and ends at (from 1), its values, and its text without line end."""

    line: int
    last_line: int
    fields: list[str]
    text: str


@dataclass(frozen=True)
class Dialect:
    """A separator, the values a row has, the header (None without one) and the line data begin after."""

    delimiter: str
    spaced: bool
    width: int
    header: SampleRow | None
    data_after_line: int
    rows: tuple[SampleRow, ...]


def detect_dialect(sample: str, path: Path, delimiter: str, header_row: int | None) -> Dialect:
    """Find out how a table is written from its beginning. Raises Refusal when there are no rows or names do not fit."""
    spaced = any(f'{mark} "' in sample for mark in (DELIMITERS if not delimiter else (delimiter,)))
    mark = delimiter or _best_delimiter(sample, spaced)
    rows = list(sample_rows(sample, mark, spaced))
    if not rows:
        raise refusal("data.file_empty", path)
    if header_row is not None:
        return _with_header_at(rows, path, mark, spaced, header_row)
    return _with_header_found(rows, path, mark, spaced)


def cut_sample(text: str) -> str:
    """Drop the last, possibly torn line of a sample that does not reach the end of its file."""
    if len(text) < _SAMPLE_CHARACTERS:
        return text
    return text[: text.rfind("\n") + 1] or text


def sample_size() -> int:
    """Characters looked at to find out how a file is written."""
    return _SAMPLE_CHARACTERS


def sample_rows(sample: str, delimiter: str, spaced: bool) -> Iterator[SampleRow]:
    """Split a sample into rows, leaving out blank lines; a quote that never closes ends the sample."""
    lines = _lines(sample)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=spaced)
    first = 1
    try:
        for count, fields in enumerate(reader):
            last = reader.line_num
            if fields and (len(fields) > 1 or fields[0].strip()):
                text = "".join(lines[first - 1 : last]).rstrip("\r\n")
                yield SampleRow(first, last, fields, text)
            first = last + 1
            if count >= _SAMPLE_ROWS:
                return
    except csv.Error:
        return


def _lines(text: str) -> list[str]:
    """Lines with their ends. Only \\n, \\r\\n and \\r end a line, unlike `str.splitlines`."""
    return text.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True) if _tame(text) else _by_hand(text)


def _tame(text: str) -> bool:
    return not any(mark in text for mark in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


def _by_hand(text: str) -> list[str]:
    parts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _best_delimiter(sample: str, spaced: bool) -> str:
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        counts = [len(row.fields) for row in sample_rows(sample, delimiter, spaced)]
        width = widest_agreed([count for count in counts if count > 1])
        if width < 2:
            continue
        start = counts.index(width)
        agreeing = counts[start:].count(width) / len(counts[start:])
        score = (round(agreeing, 1), -start)
        if score > best_score or best_score == (0.0, 0):
            best, best_score = delimiter, score
    return best


def _with_header_at(rows: list[SampleRow], path: Path, delimiter: str, spaced: bool, header_row: int) -> Dialect:
    if header_row == 0:
        width = widest_agreed([len(row.fields) for row in rows])
        return Dialect(delimiter, spaced, width, None, rows[0].line - 1, tuple(rows))
    header = next((row for row in rows if row.line <= header_row <= row.last_line), None)
    if header is None:
        raise refusal("data.header_row_missing", path, header_row=header_row)
    below = [row for row in rows if row.line > header.last_line]
    return _checked(path, delimiter, spaced, header, below)


def _with_header_found(rows: list[SampleRow], path: Path, delimiter: str, spaced: bool) -> Dialect:
    counts = [len(row.fields) for row in rows]
    width = widest_agreed(counts[1:] if len(counts) > 2 else counts)
    place = counts.index(width)
    before = rows[place - 1] if place else None
    if before and _is_header_of_other_width(before, rows[place], width):
        return _checked(path, delimiter, spaced, before, rows[place:])
    header, below = rows[place], rows[place + 1 :]
    if below and not names_columns(header.fields, [row.fields for row in below if len(row.fields) == width]):
        return Dialect(delimiter, spaced, width, None, header.line - 1, tuple(rows[place:]))
    return _checked(path, delimiter, spaced, header, below)


def _is_header_of_other_width(row: SampleRow, first: SampleRow, width: int) -> bool:
    """Whether a row of another width stands where a header would, rather than a title or a note."""
    count = len(row.fields)
    filled = sum(1 for cell in row.fields if cell.strip())
    return count > 1 and filled > width / 2 and names_columns(row.fields, [first.fields])


def _checked(path: Path, delimiter: str, spaced: bool, header: SampleRow, below: list[SampleRow]) -> Dialect:
    """Return the dialect when names and values are as many; one separator too many at line ends is forgiven."""
    count = len(header.fields)
    widths = [len(row.fields) for row in below]
    width = widest_agreed(widths) if below else count
    if count not in widths and below and width != count:
        trailing = width == count + 1 and all(not row.fields[-1] for row in below if len(row.fields) == width)
        header_trailing = width == count - 1 and not header.fields[-1].strip()
        if not trailing and not header_trailing:
            raise refusal("data.header_count_differs", path, names=count, values=width, line=header.line)
        count = min(count, width)
    if count < len(header.fields):
        header = SampleRow(header.line, header.last_line, header.fields[:count], header.text)
    return Dialect(delimiter, spaced, count, header, header.last_line, tuple(below))


def as_texts(rows: Iterable[SampleRow], width: int) -> tuple[tuple[str, ...], ...]:
    """The values of the rows that have as many as expected."""
    return tuple(tuple(row.fields) for row in rows if len(row.fields) == width)
