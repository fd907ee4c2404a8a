"""Reading a text table with our own parser: every line is a row, a damaged row, or blank, and nothing is guessed silently."""

from collections import deque
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path

from automl.data.connection import Progress
from automl.data.readers.canonical import CanonicalFile
from automl.data.readers.dialect import Dialect, as_texts
from automl.data.readers.files import reading, refusal
from automl.data.readers.line_parser import ParsedRow, parse_rows
from automl.data.readers.repairs import ColumnShape, column_shapes, probable_repair
from automl.domain.inspection import InspectedLine, Repair

_SHOWN_DAMAGED = 20
_NEIGHBOURS = 2
_TEXT_LIMIT = 20_000
_ROW_LIMIT = 2_000_000
_ROWS_BETWEEN_REPORTS = 5_000
_HOPELESS_FROM = 200
_HOPELESS_QUOTES = 1_000


@dataclass
class Rewriting:
    """What was met while a file was rewritten. `unresolved` rows are damaged and were not repaired."""

    row_count: int = 0
    damaged_rows: list[int] = field(default_factory=list)
    found_counts: list[int | None] = field(default_factory=list)
    repaired_rows: list[int] = field(default_factory=list)
    broken_quotes: int = 0
    lines: dict[int, InspectedLine] = field(default_factory=dict)

    @property
    def unresolved(self) -> int:
        """How many damaged rows were not repaired."""
        return len(self.damaged_rows) - len(self.repaired_rows)


@dataclass(frozen=True)
class _Repairer:
    """Knows how columns usually look, and finds what a damaged row probably meant."""

    shapes: tuple[ColumnShape, ...]
    names: tuple[str, ...]
    delimiter: str

    def repair(self, row: ParsedRow) -> tuple[Repair, list[str]] | None:
        if row.fields is None or len(row.lines) != 1:
            return None
        return probable_repair(row.text, row.fields, self.shapes, self.names, self.delimiter)


def rewrite(
    path: Path,
    dialect: Dialect,
    target: CanonicalFile,
    progress: Progress,
    *,
    encoding: str,
    names: tuple[str, ...],
    accept_repairs: bool,
) -> Rewriting:
    """Read every row after the header into `target`; damaged rows are left out unless their repair is accepted.

    Raises Refusal when hardly anything can be read.
    """
    seen = Rewriting()
    repairer = _Repairer(column_shapes(as_texts(dialect.rows, dialect.width)), names, dialect.delimiter)
    before: deque[tuple[int, ParsedRow]] = deque(maxlen=_NEIGHBOURS)
    after = 0
    width = dialect.width
    size = path.stat().st_size
    with reading(path), path.open("rb") as source, TextIOWrapper(source, encoding, newline="") as stream:
        for row in parse_rows(stream, dialect.delimiter, dialect.spaced):
            if row.line <= dialect.data_after_line:
                continue
            seen.row_count += 1
            if seen.row_count % _ROWS_BETWEEN_REPORTS == 0:
                progress(min(source.tell(), size), size)
            fields = row.fields
            if fields is not None and len(fields) == width + 1 and not fields[-1]:
                fields = fields[:width]
            if fields is not None and len(fields) == width and _fits(row):
                target.add(seen.row_count, fields)
                if after:
                    after -= 1
                    _show(seen, seen.row_count, row)
            else:
                repaired = _take_damaged(seen, row, repairer, before, accept_repairs=accept_repairs)
                if repaired is not None:
                    target.add(seen.row_count, repaired)
                after = _NEIGHBOURS if len(seen.damaged_rows) <= _SHOWN_DAMAGED else 0
                _require_hope(seen, path, dialect)
            before.append((seen.row_count, row))
    return seen


def _fits(row: ParsedRow) -> bool:
    return len(row.lines) < 1_000 and sum(map(len, row.lines)) < _ROW_LIMIT


def _take_damaged(
    seen: Rewriting,
    row: ParsedRow,
    repairer: _Repairer,
    before: deque[tuple[int, ParsedRow]],
    *,
    accept_repairs: bool,
) -> list[str] | None:
    """Note a damaged row and its neighbours above; return its repaired values when they are wanted and known."""
    seen.damaged_rows.append(seen.row_count)
    seen.found_counts.append(None if row.fields is None else len(row.fields))
    seen.broken_quotes += row.fields is None
    found = repairer.repair(row)
    accepted = found is not None and accept_repairs
    if accepted:
        seen.repaired_rows.append(seen.row_count)
    if len(seen.damaged_rows) <= _SHOWN_DAMAGED:
        for number, neighbour in before:
            _show(seen, number, neighbour)
        seen.lines[seen.row_count] = InspectedLine(
            row=seen.row_count,
            line=row.line,
            text=row.text[:_TEXT_LIMIT],
            found=seen.found_counts[-1],
            damaged=True,
            repair=found[0] if found else None,
            repaired=accepted,
        )
    return found[1] if found and accepted else None


def _show(seen: Rewriting, number: int, row: ParsedRow) -> None:
    found = None if row.fields is None else len(row.fields)
    line = InspectedLine(row=number, line=row.line, text=row.text[:_TEXT_LIMIT], found=found)
    seen.lines.setdefault(number, line)


def _require_hope(seen: Rewriting, path: Path, dialect: Dialect) -> None:
    """Stop early where reading on would only list the whole file as damaged."""
    damaged = len(seen.damaged_rows)
    mostly = damaged >= _HOPELESS_FROM and 2 * damaged > seen.row_count
    if mostly or seen.broken_quotes > _HOPELESS_QUOTES:
        raise refusal(
            "data.mostly_damaged",
            path,
            damaged=damaged,
            rows=seen.row_count,
            expected=dialect.width,
            row=seen.damaged_rows[0],
        )
