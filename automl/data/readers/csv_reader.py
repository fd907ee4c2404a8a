"""CSV, TSV and other separated text: DuckDB where the file is clean, our own parser where it is not."""

from itertools import islice
from pathlib import Path

import duckdb
import msgspec

from automl.data.connection import Progress, no_progress, part
from automl.data.readers.base import DamagedRows, Probe, ReadResult
from automl.data.readers.canonical import CanonicalFile
from automl.data.readers.csv_rewrite import Rewriting, rewrite
from automl.data.readers.decoding import TextFile, detect
from automl.data.readers.dialect import Dialect, as_texts, cut_sample, detect_dialect, sample_size
from automl.data.readers.files import reading, refusal, require_readable
from automl.data.readers.header import made_up_names, unique_names
from automl.data.snapshot import count_rows, csv_relation, text_columns, write_snapshot
from automl.data.typed_sql import snapshot_column
from automl.domain.dataset import ReadOptions
from automl.domain.inspection import FileInspection
from automl.domain.issues import Issue, Severity, Where

_SHOWN_ROWS = 20
_LISTED_ROWS = 50
_DETECTING, _REWRITING = 0.25, 0.7


class CsvReader:
    """Reads separated text."""

    extensions: tuple[str, ...] = (".csv", ".tsv", ".txt", ".tab", ".dat")

    def probe(self, path: Path, options: ReadOptions) -> Probe:
        """Look at the encoding of the whole file and at its first rows."""
        require_readable(path)
        text = detect(path, options.encoding, no_progress)
        dialect = _dialect(path, text, options)
        names, _ = _names(dialect, path)
        found = _options_found(options, text, dialect)
        return Probe(found, names, as_texts(dialect.rows, dialect.width)[:_SHOWN_ROWS])

    def read(self, path: Path, options: ReadOptions, snapshot: Path, work: Path, progress: Progress) -> ReadResult:
        """Write every row into a snapshot."""
        require_readable(path)
        text = detect(path, options.encoding, part(progress, 0.0, _DETECTING))
        dialect = _dialect(path, text, options)
        names, issues = _names(dialect, path)
        writing = part(progress, _DETECTING, 1.0)
        seen = _read_clean(path, text, dialect, snapshot, writing)
        if seen is None:
            rows = CanonicalFile(work / "rows.csv", dialect.width)
            with rows:
                seen = rewrite(
                    path,
                    dialect,
                    rows,
                    part(writing, 0.0, _REWRITING),
                    encoding=text.encoding,
                    names=names,
                    accept_repairs=options.accept_repairs,
                )
            if seen.row_count > seen.unresolved and (options.skip_damaged_rows or not seen.unresolved):
                rows.to_snapshot(snapshot, part(writing, _REWRITING, 1.0))
        if seen.row_count == 0:
            raise refusal("data.no_rows", path, columns=len(names))
        inspection = _inspection(path, text, dialect, seen)
        if seen.unresolved and not options.skip_damaged_rows:
            raise DamagedRows(damaged_issue(path, dialect.width, seen), inspection)
        if seen.row_count == seen.unresolved:
            raise refusal("data.no_rows", path, columns=len(names))
        told = (*issues, *_reading_issues(path, text, dialect), *_row_issues(path, seen))
        return ReadResult(names, _options_found(options, text, dialect), inspection, told)


def _dialect(path: Path, text: TextFile, options: ReadOptions) -> Dialect:
    with reading(path), path.open("r", encoding=text.encoding, newline="") as stream:
        sample = cut_sample(stream.read(sample_size()))
    if len(options.delimiter) > 1:
        raise refusal("data.delimiter_name", path, delimiter=options.delimiter)
    return detect_dialect(sample, path, options.delimiter, options.header_row)


def _names(dialect: Dialect, path: Path) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    if dialect.header is None:
        names = made_up_names(dialect.width, path)
        issue = Issue("data.no_header", Severity.LOOK, {"first": names[0], "last": names[-1]}, Where(file=path.name))
        return names, (issue,)
    return unique_names(dialect.header.fields, path)


def _options_found(options: ReadOptions, text: TextFile, dialect: Dialect) -> ReadOptions:
    return msgspec.structs.replace(
        options,
        encoding=text.encoding,
        delimiter=dialect.delimiter,
        header_row=dialect.header.line if dialect.header else 0,
    )


def _read_clean(path: Path, text: TextFile, dialect: Dialect, snapshot: Path, progress: Progress) -> Rewriting | None:
    """Let DuckDB read a file that needs no care; None when it does need care after all."""
    if not text.plain or dialect.width < 2:
        return None
    relation = csv_relation(path, text_columns(dialect.width), dialect.delimiter, dialect.data_after_line)
    cells = [snapshot_column(place) for place in range(dialect.width)]
    try:
        write_snapshot(relation, snapshot, progress, source=path, row_number="row_number() OVER ()", cells=cells)
    except duckdb.Error:
        snapshot.unlink(missing_ok=True)
        return None
    rows = count_rows(snapshot)
    if rows + dialect.data_after_line != text.lines:  # blank lines, or lines that are not what they seem
        snapshot.unlink()
        return None
    return Rewriting(row_count=rows)


def _inspection(path: Path, text: TextFile, dialect: Dialect, seen: Rewriting) -> FileInspection:
    return FileInspection(
        file_name=path.name,
        encoding=text.encoding,
        delimiter=dialect.delimiter,
        header_row=dialect.header.line if dialect.header else 0,
        column_count=dialect.width,
        row_count=seen.row_count,
        damaged_count=len(seen.damaged_rows),
        lines=tuple(seen.lines[row] for row in sorted(seen.lines)),
    )


def damaged_issue(path: Path, expected: int, seen: Rewriting) -> Issue:
    """Say how many rows could not be read, which, and why."""
    repaired = set(seen.repaired_rows)
    left = [
        (row, found) for row, found in zip(seen.damaged_rows, seen.found_counts, strict=True) if row not in repaired
    ]
    fine = seen.row_count - len(left)
    parameters: dict[str, str | int | float | bool] = {
        "damaged": len(left),
        "total": seen.row_count,
        "fine": fine,
        "expected": expected,
    }
    rows = tuple(row for row, _ in islice(left, _LISTED_ROWS))
    code = "data.rows_damaged"
    row, found = left[0]
    parameters |= {"row": row, "found": found or 0}
    if any(count is None for _, count in left):
        code = "data.quotes_damaged"
        parameters["row"] = next(number for number, count in left if count is None)
    elif len(left) == 1:
        code = "data.row_damaged"
    elif len(left) == 2:
        code = "data.two_rows_damaged"
        parameters |= {"row_2": left[1][0], "found_2": left[1][1] or 0}
    return Issue(code, Severity.ACT, parameters, Where(file=path.name, row=int(parameters["row"])), rows=rows)


def _reading_issues(path: Path, text: TextFile, dialect: Dialect) -> tuple[Issue, ...]:
    where = Where(file=path.name)
    issues: list[Issue] = []
    if text.guessed:
        issues.append(Issue("data.encoding_guessed", Severity.LOOK, {"encoding": text.encoding}, where))
    if dialect.header is not None and dialect.header.line > 1:
        issues.append(Issue("data.lines_above_header", Severity.INFO, {"count": dialect.header.line - 1}, where))
    return tuple(issues)


def _row_issues(path: Path, seen: Rewriting) -> tuple[Issue, ...]:
    issues: list[Issue] = []
    repaired = set(seen.repaired_rows)
    skipped = [row for row in seen.damaged_rows if row not in repaired]
    for code, rows in (("data.rows_skipped", skipped), ("data.rows_repaired", seen.repaired_rows)):
        if rows:
            parameters = {"count": len(rows), "total": seen.row_count, "row": rows[0]}
            where = Where(file=path.name, row=rows[0])
            issues.append(Issue(code, Severity.INFO, dict(parameters), where, rows=tuple(rows[:_LISTED_ROWS])))
    return tuple(issues)
