"""Columns that never change tell nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime

from automl.data.checks.evidence import Evidence
from automl.data.checks.findings import finding
from automl.domain.dataset import ColumnProfile
from automl.domain.issues import Issue, Severity
from automl.domain.recipe import SetRole
from automl.domain.schema import ColumnType, Role


def check(evidence: Evidence) -> Iterator[Issue]:
    """Find columns with one value in every row, and columns without any. A value or nothing may still tell something."""
    for facts in evidence.columns:
        if evidence.row_count < 2 or facts.distinct > 1 or (facts.distinct == 1 and facts.missing):
            continue
        if facts.name == evidence.target:
            if facts.distinct == 1:
                yield finding("data.target_constant", Severity.ACT, facts.name, value=_only_value(facts))
            continue
        ignore = SetRole(facts.name, Role.IGNORE)
        if facts.distinct == 0:
            yield finding("data.column_empty", Severity.INFO, facts.name, ignore)
        else:
            yield finding("data.column_constant", Severity.INFO, facts.name, ignore, value=_only_value(facts))


def _only_value(facts: ColumnProfile) -> str | float:
    if facts.top_values:
        return facts.top_values[0][0]
    if facts.minimum is None:
        return ""
    if facts.type is ColumnType.TIME:
        return datetime.fromtimestamp(facts.minimum, UTC).strftime("%Y-%m-%d %H:%M:%S")
    return facts.minimum
