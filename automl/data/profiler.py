"""What is in a dataset: one profile a column, and the findings of all checks."""

from pathlib import Path

import duckdb

from automl.data.checks.evidence import Evidence
from automl.data.checks.registry import all_findings
from automl.data.column_blocks import CELLS, column_blocks
from automl.data.connection import Progress, part, restricted_connection
from automl.data.snapshot import count_rows
from automl.data.suggestions import suggest_groups, suggest_targets
from automl.data.typed_sql import select, snapshot_column, typed
from automl.domain.dataset import ColumnProfile, DatasetProfile, Histogram
from automl.domain.schema import Column, ColumnType, Role, Schema

_BARS = 14
_TIME_BARS = 16
_TOP_VALUES = 12
_COUNTING = 0.6


def profile(snapshot: Path, schema: Schema, target: str, progress: Progress) -> DatasetProfile:
    """Describe every column and run every check.

    `schema` is the schema after the recipe. `target` may be empty: then the likeliest one is suggested and checked
    against. All rows are counted; checks that learn from rows look at a sample and say so in their own description.
    """
    columns = profile_columns(snapshot, schema, part(progress, 0.0, _COUNTING))
    row_count = count_rows(snapshot)
    chosen = target or next((column.name for column in schema.of_role(Role.TARGET)), "")
    suggested = suggest_targets(schema, columns, row_count)
    evidence = Evidence(snapshot, schema, columns, row_count, chosen or next(iter(suggested), ""))
    groups = suggest_groups(schema, columns, row_count)
    return DatasetProfile(
        row_count=row_count,
        columns=columns,
        findings=all_findings(evidence, part(progress, _COUNTING, 1.0)),
        suggested_target=next(iter(suggested), ""),
        other_targets=suggested[1:],
        suggested_time=next((column.name for column in schema.columns if column.type is ColumnType.TIME), ""),
        suggested_group=next(iter(groups), ""),
    )


def profile_columns(snapshot: Path, schema: Schema, progress: Progress) -> tuple[ColumnProfile, ...]:
    """Describe every column over all rows."""
    profiles: list[ColumnProfile] = []
    with restricted_connection([snapshot]) as connection:
        for place in column_blocks(connection, snapshot, range(len(schema.columns))):
            column = schema.columns[place]
            values = select((f"{typed(snapshot_column(place), column)} AS v",), CELLS)
            connection.execute(f"CREATE OR REPLACE TEMP TABLE typed AS {values}")
            if column.type in (ColumnType.NUMBER, ColumnType.TIME):
                profiles.append(_of_numbers(connection, column))
            else:
                profiles.append(_of_texts(connection, column))
            progress(place + 1, len(schema.columns))
    return tuple(profiles)


def _of_numbers(connection: duckdb.DuckDBPyConnection, column: Column) -> ColumnProfile:
    picks = (
        "count(*) - count(v)",
        "count(DISTINCT v)",
        "min(v)",
        "max(v)",
        "avg(v)",
        "median(v)",
        "quantile_cont(v, 0.25)",
        "quantile_cont(v, 0.75)",
    )
    row = connection.execute(select(picks, "typed")).fetchone() or (0, 0, *[None] * 6)
    missing, distinct, minimum, maximum, mean, median, first, third = row
    if not distinct:
        return ColumnProfile(column.name, column.type, int(missing), 0)
    return ColumnProfile(
        name=column.name,
        type=column.type,
        missing=int(missing),
        distinct=int(distinct),
        minimum=minimum,
        maximum=maximum,
        mean=mean,
        median=median,
        quartiles=(first, third),
        histogram=_histogram(connection, minimum, maximum, _TIME_BARS if column.type is ColumnType.TIME else _BARS),
    )


def _histogram(connection: duckdb.DuckDBPyConnection, minimum: float, maximum: float, bars: int) -> Histogram:
    """Count values in bars of equal width; a single value gets a single bar."""
    width = (maximum - minimum) / bars
    if not width > 0 or width == float("inf"):
        total = connection.execute(select(("count(v)",), "typed")).fetchone()
        return Histogram(counts=(int(total[0]) if total else 0,), edges=(minimum, maximum))
    bar = f"least(floor((v - {minimum!r}::DOUBLE) / {width!r}::DOUBLE), {bars - 1})::INTEGER"
    rows = connection.execute(
        select((f"{bar} AS bar", "count(*)"), "typed", "WHERE v IS NOT NULL GROUP BY bar")
    ).fetchall()
    counts = {int(place): int(count) for place, count in rows}
    edges = (*(minimum + width * place for place in range(bars)), maximum)
    return Histogram(counts=tuple(counts.get(place, 0) for place in range(bars)), edges=edges)


def _of_texts(connection: duckdb.DuckDBPyConnection, column: Column) -> ColumnProfile:
    picks = ("count(*) FILTER (v = '')", "count(DISTINCT v) FILTER (v <> '')")
    missing, distinct = connection.execute(select(picks, "typed")).fetchone() or (0, 0)
    most = f"WHERE v <> '' GROUP BY v ORDER BY 2 DESC, 1 LIMIT {_TOP_VALUES}"
    top = tuple(
        (str(text), int(count))
        for text, count in connection.execute(select(("v", "count(*)"), "typed", most)).fetchall()
    )
    histogram = Histogram(counts=tuple(count for _, count in top), labels=tuple(text for text, _ in top))
    return ColumnProfile(column.name, column.type, int(missing), int(distinct), top_values=top, histogram=histogram)
