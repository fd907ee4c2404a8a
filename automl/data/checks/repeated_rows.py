"""Rows that stand in the table more than once would be learned and checked at the same time."""

from collections.abc import Iterator

from automl.data.checks import id_like
from automl.data.checks.evidence import Evidence
from automl.data.recipe_rows import FAR_MORE, MOST_TELLING
from automl.data.typed_sql import ROW_NUMBER, clean, select, snapshot_column
from automl.domain.issues import Issue, Severity
from automl.domain.recipe import LeaveOutRepeatedRows
from automl.domain.schema import ColumnType, Role

_SHOWN = 50
_MOSTLY_UNIQUE = 0.5


def check(evidence: Evidence) -> Iterator[Issue]:
    """Find rows equal in every used column, serial numbers aside.

    Where there are far more of them than chance would bring, and a fine measurement or a time repeats too, rows were copied.
    Otherwise equal rows may be honest: they are told, and kept on one side of every split where chance does not explain them.
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
    fine = [column.name for column in used if _tells_rows_apart(evidence, column.name)]
    copied = bool(fine) and extra > FAR_MORE * _by_chance(evidence, [column.name for column in used], cells)
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


def _by_chance(evidence: Evidence, names: list[str], cells: str) -> float:
    """How many pairs of different rows would be equal if columns did not depend on each other.

    Judged by the most telling columns over rows that differ, so that copies do not excuse themselves.
    """
    telling = sorted(names, key=lambda name: -evidence.profile(name).distinct)[:MOST_TELLING]
    chance = evidence.row_count**2 / 2.0
    for name in telling:
        rows = select((f"{evidence.typed(name)} AS v",), "read_parquet(?)", f"GROUP BY {cells}, v")
        sizes = select(("count(*)::DOUBLE AS size",), f"({rows})", "GROUP BY v")
        ((same, every),) = evidence.rows_of(("sum(size * (size - 1))", "sum(size)"), sizes)
        count = float(str(every))
        chance *= float(str(same)) / max(1.0, count * (count - 1.0))
    return chance
