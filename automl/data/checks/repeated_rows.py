"""Rows that stand in the table more than once would be learned and checked at the same time."""

from collections.abc import Iterator

from automl.data.checks import id_like
from automl.data.checks.evidence import Evidence
from automl.data.typed_sql import ROW_NUMBER, clean, snapshot_column
from automl.domain.issues import Issue, Severity
from automl.domain.recipe import LeaveOutRepeatedRows
from automl.domain.schema import ColumnType, Role

_SHOWN = 50
_MOSTLY_UNIQUE = 0.5


def check(evidence: Evidence) -> Iterator[Issue]:
    """Find rows equal in every used column, serial numbers aside.

    Where a time of day or a nearly unique measurement repeats with all the rest, the row was copied; otherwise equal rows
    may be honest: they are told, and kept on one side of every split.
    """
    serial = {issue.where.column for issue in id_like.check(evidence)}
    used = [c for c in evidence.schema.columns if c.role is not Role.IGNORE and c.name not in serial]
    if len(used) < 2:
        return
    cells = ", ".join(clean(snapshot_column(evidence.place(column.name))) for column in used)
    groups = f"GROUP BY {cells} HAVING count(*) > 1"
    rows = evidence.rows(("count(*)", f"(array_agg({ROW_NUMBER} ORDER BY {ROW_NUMBER}))[2]"), groups)
    extra = sum(int(str(count)) - 1 for count, _ in rows)
    if not extra:
        return
    copied = any(_tells_rows_apart(evidence, column.name) for column in used)
    yield Issue(
        "data.rows_copied" if copied else "data.rows_equal",
        Severity.INFO,
        {"count": extra, "groups": len(rows)},
        fix=LeaveOutRepeatedRows(),
        rows=tuple(sorted(int(str(row)) for _, row in rows)[:_SHOWN]),
    )


def _tells_rows_apart(evidence: Evidence, name: str) -> bool:
    facts = evidence.profile(name)
    fine = facts.type in (ColumnType.TIME, ColumnType.NUMBER)
    return fine and facts.distinct > _MOSTLY_UNIQUE * evidence.row_count
