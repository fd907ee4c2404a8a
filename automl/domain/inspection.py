"""What Lathe saw when it read a file: how it is written, and the lines that could not be read as rows."""

from enum import StrEnum

import msgspec


class RepairKind(StrEnum):
    """SPLIT: a separator is missing inside one value. JOIN: a separator too many stands inside one value."""

    SPLIT = "split"
    JOIN = "join"


class Repair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A probable repair of one line: `original` stands at text[start:end] and is probably `values` (two, or one joined)."""

    kind: RepairKind
    start: int
    end: int
    original: str
    values: tuple[str, ...]
    column: str


class InspectedLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A line worth showing: a damaged one or a neighbour of one.

    `row` counts data rows from 1, `line` lines of the file from 1. `found` is the number of values in the line,
    None where its quotes do not close. `repaired` tells that the repair was written into Lathe's own copy.
    """

    row: int
    line: int
    text: str
    found: int | None
    damaged: bool = False
    repair: Repair | None = None
    repaired: bool = False


class FileInspection(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a file was read. Empty texts and None mean "does not apply" (a workbook has no delimiter).

    `row_count` counts all data rows, the `damaged_count` damaged ones included. `lines` hold the first damaged lines,
    each with up to two neighbours on both sides, in file order. `header_row` counts lines from 1; 0: no header.
    """

    file_name: str
    encoding: str = ""
    delimiter: str = ""
    header_row: int = 1
    column_count: int = 0
    decimal: str = "."
    decimal_example: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    row_count: int = 0
    damaged_count: int = 0
    lines: tuple[InspectedLine, ...] = ()
