"""Excel and OpenDocument workbooks through calamine; formulas give their stored results, macros are never run."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import msgspec
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from automl.data.connection import Progress, part
from automl.data.readers.base import Probe, ReadResult
from automl.data.readers.canonical import CanonicalFile
from automl.data.readers.files import reading, refusal, require_readable
from automl.data.readers.header import made_up_names, names_columns, unique_names, widest_agreed
from automl.domain.dataset import ReadOptions
from automl.domain.inspection import FileInspection
from automl.domain.issues import Issue, Severity, Where

_SHOWN_ROWS = 20
_LARGEST = 4 << 30
_HIGHEST_RATIO = 200
_SMALL_ENOUGH = 64 << 20
_ZIPPED = (".xlsx", ".xlsb", ".xlsm", ".ods")
_HEADER_SEARCH = 50
_LOADING = 0.6

_Cell = int | float | str | bool | time | date | datetime | timedelta


class ExcelReader:
    """Reads one sheet of a workbook."""

    extensions: tuple[str, ...] = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")

    def probe(self, path: Path, options: ReadOptions) -> Probe:
        """Look at the sheet that would be read."""
        sheet = _load(path, options)
        return Probe(sheet.options, sheet.names, tuple(map(tuple, sheet.rows[:_SHOWN_ROWS])), sheet.sheets)

    def read(self, path: Path, options: ReadOptions, snapshot: Path, work: Path, progress: Progress) -> ReadResult:
        """Write every row of the sheet into a snapshot; rows without any value are left out."""
        progress(0.0, 1.0)
        sheet = _load(path, options)
        progress(_LOADING, 1.0)
        if not sheet.rows:
            raise refusal("data.no_rows", path, columns=len(sheet.names))
        canonical = CanonicalFile(work / "rows.csv", len(sheet.names))
        with canonical:
            for number, row in enumerate(sheet.rows, start=1):
                canonical.add(number, row)
        canonical.to_snapshot(snapshot, part(progress, _LOADING, 1.0))
        inspection = FileInspection(
            file_name=path.name,
            header_row=sheet.options.header_row or 0,
            column_count=len(sheet.names),
            sheet=sheet.options.sheet,
            sheets=sheet.sheets,
            row_count=len(sheet.rows),
        )
        return ReadResult(sheet.names, sheet.options, inspection, sheet.issues)


class _Sheet(msgspec.Struct, frozen=True):
    """A sheet as texts: names, rows of as many texts as names, and how it was found."""

    names: tuple[str, ...]
    rows: list[list[str]]
    options: ReadOptions
    sheets: tuple[str, ...]
    issues: tuple[Issue, ...]


def _load(path: Path, options: ReadOptions) -> _Sheet:
    require_readable(path)
    _require_modest(path)
    try:
        with reading(path), CalamineWorkbook.from_path(path) as workbook:
            sheets = tuple(workbook.sheet_names)
            if options.sheet and options.sheet not in sheets:
                raise refusal("data.sheet_missing", path, sheet=options.sheet, sheets=", ".join(sheets))
            filled = _filled_sheets(workbook, options.sheet)
    except PasswordError:
        raise refusal("data.workbook_locked", path) from None
    except CalamineError as error:
        raise refusal("data.workbook_damaged", path, reason=str(error)) from error
    if not filled:
        raise refusal("data.file_empty", path)
    name, cells = filled[0]
    sheet = _as_table(_as_texts(cells), path, msgspec.structs.replace(options, sheet=name))
    issues = list(sheet.issues)
    if len(filled) > 1:
        where = Where(file=path.name, sheet=name)
        issues.append(Issue("data.sheet_chosen", Severity.INFO, {"sheet": name, "count": len(sheets)}, where))
    return msgspec.structs.replace(sheet, sheets=sheets, issues=tuple(issues))


def _require_modest(path: Path) -> None:
    """Refuse a workbook that unpacks to far more than a table can be, before unpacking it."""
    if path.suffix.lower() not in _ZIPPED or not zipfile.is_zipfile(path):
        return
    with reading(path), path.open("rb") as file:
        try:
            sizes = [(part.file_size, part.compress_size) for part in zipfile.ZipFile(file).infolist()]
        except (zipfile.BadZipFile, NotImplementedError):
            return
    total, packed = sum(size for size, _ in sizes), sum(size for _, size in sizes)
    if total > _LARGEST or (total > _SMALL_ENOUGH and total > _HIGHEST_RATIO * max(1, packed)):
        raise refusal("data.workbook_too_large", path, size=total)


def _filled_sheets(workbook: CalamineWorkbook, wanted: str) -> list[tuple[str, list[list[_Cell]]]]:
    """The wanted sheet, or the first two that hold anything (one to read, one to know that there was a choice)."""
    found: list[tuple[str, list[list[_Cell]]]] = []
    for name in (wanted,) if wanted else workbook.sheet_names:
        cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        if any(cell != "" for row in cells for cell in row):
            found.append((name, cells))
        if len(found) == 2:
            break
    return found


def _as_texts(cells: list[list[_Cell]]) -> list[list[str]]:
    """Every cell as a person would type it. A column in which any cell has a time of day shows it in every cell."""
    width = max(map(len, cells))
    clocked = [False] * width
    for row in cells:
        for place, cell in enumerate(row):
            if isinstance(cell, datetime) and (cell.hour or cell.minute or cell.second or cell.microsecond):
                clocked[place] = True
    return [
        [_text(cell, clocked[place]) for place, cell in enumerate(row)] + [""] * (width - len(row)) for row in cells
    ]


def _text(cell: _Cell, clocked: bool) -> str:
    match cell:
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case int() | float():
            return repr(cell)
        case datetime():
            whole = (cell + timedelta(microseconds=500_000)).replace(microsecond=0)
            return whole.strftime("%Y-%m-%d %H:%M:%S") if clocked else whole.strftime("%Y-%m-%d")
        case date():
            return f"{cell.isoformat()} 00:00:00" if clocked else cell.isoformat()
        case timedelta():
            return repr(cell.total_seconds())
        case time():
            return cell.isoformat(timespec="seconds")


def _as_table(rows: list[list[str]], path: Path, options: ReadOptions) -> _Sheet:
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    place = _header_place(numbered, options, path)
    issues: tuple[Issue, ...] = ()
    where = Where(file=path.name, sheet=options.sheet)
    if place is None:
        body, width = numbered, _width([row for _, row in numbered])
        names = made_up_names(width, path)
        issues = (Issue("data.no_header", Severity.LOOK, {"first": names[0], "last": names[-1]}, where),)
        header_row = 0
    else:
        header_row, header = numbered[place]
        body = numbered[place + 1 :]
        width = _width([header, *(row for _, row in body)])
        names, issues = unique_names(header[:width], path)
        if place:
            issues = (*issues, Issue("data.lines_above_header", Severity.INFO, {"count": header_row - 1}, where))
    found = msgspec.structs.replace(options, header_row=header_row)
    return _Sheet(names, [row[:width] for _, row in body], found, (), issues)


def _width(rows: Sequence[Sequence[str]]) -> int:
    """Columns up to the last one that holds anything."""
    return max((place + 1 for row in rows for place, cell in enumerate(row) if cell.strip()), default=1)


def _header_place(numbered: list[tuple[int, list[str]]], options: ReadOptions, path: Path) -> int | None:
    """Where among the filled rows the names stand; None when the sheet has none."""
    if options.header_row is not None:
        if options.header_row == 0:
            return None
        for place, (number, _) in enumerate(numbered):
            if number == options.header_row:
                return place
        raise refusal("data.header_row_missing", path, header_row=options.header_row)
    filled = [sum(1 for cell in row if cell.strip()) for _, row in numbered]
    usual = widest_agreed(filled[1:] if len(filled) > 2 else filled)
    place = next((p for p, count in enumerate(filled[:_HEADER_SEARCH]) if count > usual / 2), 0)
    below = [row for _, row in numbered[place + 1 :]]
    return place if not below or names_columns(numbered[place][1], below) else None
