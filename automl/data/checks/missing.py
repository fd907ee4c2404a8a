"""Cells without a value: how many, and whether one machine or lot explains them."""

from collections.abc import Iterator
from dataclasses import dataclass

from automl.data.checks.evidence import Evidence
from automl.data.checks.findings import finding
from automl.domain.dataset import ColumnProfile
from automl.domain.issues import Issue, Severity
from automl.domain.recipe import FillMissing, RecipeStep, SetRole
from automl.domain.schema import ColumnType, Role

_WORTH_TELLING = 0.01
_WORTH_A_LOOK = 0.05
_NEARLY_EMPTY = 0.9
_MOST_GROUPS = 30
_EXPLAINS = 0.95
_GROUP_COLUMNS = 8


@dataclass(frozen=True)
class _Place:
    """One value of one column whose rows hold (nearly) all the gaps."""

    column: str
    value: str
    share: float


def check(evidence: Evidence) -> Iterator[Issue]:
    """Find columns with gaps. Texts that are mostly empty are marks set now and then, not gaps."""
    for facts in evidence.columns:
        share = facts.missing / max(1, evidence.row_count)
        if not facts.missing or not facts.distinct or evidence.schema.column(facts.name).role is Role.IGNORE:
            continue
        if facts.name == evidence.target:
            yield finding("data.target_missing_values", Severity.LOOK, facts.name, count=facts.missing, share=share)
            continue
        if share < _WORTH_TELLING or (facts.type is not ColumnType.NUMBER and share > 0.5):
            continue
        yield _told(evidence, facts, share)


def _told(evidence: Evidence, facts: ColumnProfile, share: float) -> Issue:
    where = _explaining_place(evidence, facts)
    severity = Severity.LOOK if share >= _WORTH_A_LOOK else Severity.INFO
    fix: RecipeStep = FillMissing(facts.name) if share < _NEARLY_EMPTY else SetRole(facts.name, Role.IGNORE)
    if where is None:
        code = "data.column_missing_values" if share < _NEARLY_EMPTY else "data.column_nearly_empty"
        return finding(code, severity, facts.name, fix, share=share, count=facts.missing)
    code = "data.column_missing_in_group" if where.share == 1.0 else "data.column_missing_mostly_in_group"
    return finding(
        code,
        severity,
        facts.name,
        fix,
        share=share,
        count=facts.missing,
        group=where.column,
        value=where.value,
        group_share=where.share,
    )


def _explaining_place(evidence: Evidence, facts: ColumnProfile) -> _Place | None:
    """Return the value that explains the gaps best: it holds nearly all of them, and most rows are elsewhere."""
    best: _Place | None = None
    for group in _group_columns(evidence, facts.name):
        gap = evidence.is_missing(facts.name)
        rows = evidence.rows(
            (f"{evidence.typed(group)} AS g", f"count(*) FILTER ({gap}) AS gaps", "count(*)"),
            "GROUP BY g ORDER BY gaps DESC LIMIT 1",
        )
        value, gaps, size = rows[0]
        share = int(str(gaps)) / facts.missing
        elsewhere = 1.0 - int(str(size)) / evidence.row_count
        if value and share >= _EXPLAINS and elsewhere >= 0.2 and (best is None or share > best.share):
            best = _Place(group, str(value), share)
    return best


def _group_columns(evidence: Evidence, name: str) -> list[str]:
    few = [
        facts.name
        for facts in evidence.columns
        if facts.type is ColumnType.TEXT
        and facts.name not in (name, evidence.target)
        and 2 <= facts.distinct <= _MOST_GROUPS
        and not facts.missing
    ]
    return few[:_GROUP_COLUMNS]
