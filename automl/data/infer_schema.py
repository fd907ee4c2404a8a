"""What the columns of a snapshot are: proposed types, formats and roles, with what could be read in two ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from automl.data.column_blocks import CELLS, column_blocks
from automl.data.connection import Progress, restricted_connection
from automl.data.missing_texts import MISSING_TEXTS
from automl.data.number_formats import MOSTLY, find_number_format
from automl.data.time_formats import find_time_format
from automl.data.typed_sql import ROW_NUMBER, clean, is_missing, is_unreadable, select, snapshot_column
from automl.domain.issues import Issue, Severity, Where
from automl.domain.schema import Column, ColumnType, NumberFormat, Role, Schema

_SAMPLE_ROWS = 1_000
_YES_NO = (
    "yes/no y/n true/false t/f 0/1 ok/ng pass/fail good/bad on/off o/x normal/abnormal normal/fault 예/아니오 예/아니요 양품/불량 "
    "양호/불량 정상/불량 정상/이상 정상/고장 합격/불합격 적합/부적합 유/무"
)
_YES_NO_PAIRS = frozenset(frozenset(pair.split("/")) for pair in _YES_NO.split())


@dataclass(frozen=True)
class InferredSchema:
    """A schema with every column an input but the time column, and what a person should know about the reading."""

    schema: Schema
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class _Inferred:
    column: Column
    issue: Issue | None = None


def infer_schema(snapshot: Path, names: Sequence[str], comma_is_decimal: bool, progress: Progress) -> InferredSchema:
    """Propose what each column is from a sample, and hold the proposal against all rows.

    `comma_is_decimal` decides about numbers such as 1,234 that can be read both ways.
    """
    found: list[_Inferred] = []
    with restricted_connection([snapshot]) as connection:
        sample = _sample(connection, snapshot, len(names))
        for place in column_blocks(connection, snapshot, range(len(names))):
            cells = [row[place] for row in sample]
            found.append(_infer_column(_Source(connection, place), names[place], cells, comma_is_decimal))
            progress(place + 1, len(names))
    schema = Schema(tuple(item.column for item in found))
    time = suggested_time(schema)
    if time:
        schema = schema.with_role(time, Role.TIME)
    return InferredSchema(schema, tuple(item.issue for item in found if item.issue))


def suggested_time(schema: Schema) -> str:
    """Return the first time column, which says when a row was recorded; empty when there is none."""
    return next((column.name for column in schema.columns if column.type is ColumnType.TIME), "")


@dataclass(frozen=True)
class _Source:
    """One column of the table `CELLS`."""

    connection: duckdb.DuckDBPyConnection
    place: int

    @property
    def text(self) -> str:
        return clean(snapshot_column(self.place))

    def distinct(self, limit: int) -> set[str]:
        """Return different texts other than empty, as many as `limit`."""
        query = select((f"DISTINCT {self.text} AS t",), CELLS, f"WHERE t <> '' LIMIT {limit}")
        return {str(row[0]) for row in self.connection.execute(query).fetchall()}

    def count(self, condition: str) -> int:
        """Return how many rows fulfil an SQL condition."""
        query = select(("count(*)",), CELLS, f"WHERE {condition}")
        found = self.connection.execute(query).fetchone()
        return int(found[0]) if found else 0

    def unreadable(self, column: Column, limit: int) -> list[tuple[str, int]]:
        """Return texts the column cannot read, most frequent first, with their counts."""
        condition = is_unreadable(snapshot_column(self.place), column)
        query = select(
            (f"{self.text} AS t", "count(*)"),
            CELLS,
            f"WHERE {condition} GROUP BY t ORDER BY 2 DESC, 1 LIMIT {limit}",
        )
        rows = self.connection.execute(query).fetchall()
        return [(str(text), int(count)) for text, count in rows]


def _sample(connection: duckdb.DuckDBPyConnection, snapshot: Path, width: int) -> list[tuple[str, ...]]:
    """Rows spread evenly over the snapshot, in row order, as clean texts."""
    found = connection.execute(select(("count(*)",), "read_parquet(?)"), [str(snapshot)]).fetchone()
    step = max(1, (int(found[0]) if found else 0) // _SAMPLE_ROWS)
    cells = [clean(snapshot_column(place)) for place in range(width)]
    picked = f"WHERE {ROW_NUMBER} % {step} = 0 OR {ROW_NUMBER} <= 20 ORDER BY {ROW_NUMBER}"
    return connection.execute(select(cells, "read_parquet(?)", picked), [str(snapshot)]).fetchall()


def _infer_column(source: _Source, name: str, cells: list[str], comma_is_decimal: bool) -> _Inferred:
    distinct = source.distinct(len(MISSING_TEXTS) + 3)
    texts = [text for text in cells if text] or sorted(distinct)
    if frozenset(text.casefold() for text in distinct) in _YES_NO_PAIRS and len(distinct) == 2:
        return _Inferred(Column(name, ColumnType.YES_NO))
    time = find_time_format(texts) if texts else None
    if time is not None:
        column = _confirmed(source, Column(name, ColumnType.TIME, time_format=time.pattern))
        if column is not None:
            parameters = {"example": texts[0], "reading": time.pattern, "other": time.other}
            issue = Issue("data.time_ambiguous", Severity.LOOK, dict(parameters), Where(column=name))
            return _Inferred(column, issue if time.other else None)
    number = find_number_format(texts, comma_is_decimal) if texts else None
    if number is not None and not _has_leading_zeros(source):
        column = _confirmed(source, Column(name, ColumnType.NUMBER, number_format=number.style))
        if column is not None:
            example = next((text for text in texts if "," in text), texts[0])
            issue = Issue(
                "data.number_ambiguous", Severity.LOOK, _both_readings(example, number.style), Where(column=name)
            )
            return _Inferred(column, issue if number.other else None)
    return _Inferred(Column(name, ColumnType.TEXT))


def _confirmed(source: _Source, column: Column) -> Column | None:
    """Return the column with the missing texts it really has, None when too many of all rows cannot be read so."""
    unreadable = source.unreadable(column, limit=len(MISSING_TEXTS) + 50)
    blanks = tuple(text for text, _ in unreadable if text in MISSING_TEXTS)
    if blanks:
        column = Column(
            column.name,
            column.type,
            number_format=column.number_format,
            time_format=column.time_format,
            missing_values=("", *blanks),
        )
        unreadable = source.unreadable(column, limit=1_000)
    if not unreadable:
        return column
    present = source.count(f"NOT {is_missing(source.text, column)}")
    bad = sum(count for _, count in unreadable)
    return column if present - bad >= MOSTLY * present else None


def _has_leading_zeros(source: _Source) -> bool:
    """Whether any row has a code such as 00123, which would lose its zeros as a number."""
    return source.count(f"regexp_full_match({source.text}, '[+-]?0[0-9]+')") > 0


def _both_readings(example: str, style: NumberFormat) -> dict[str, str | int | float | bool]:
    comma, grouped = example.replace(",", "."), example.replace(",", "")
    reading, other = (comma, grouped) if style.decimal == "," else (grouped, comma)
    return {"example": example, "reading": reading, "other": other}
