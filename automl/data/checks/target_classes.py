"""The classes of the target, when it has classes."""

from automl.data.checks.evidence import Evidence
from automl.domain.schema import ColumnType

MOST_CLASSES = 30
_FEW_NUMBERS = 2


def class_counts(evidence: Evidence) -> dict[str, int]:
    """Return how many rows each class has, most frequent first; empty when the target is a number, absent or too varied."""
    if not evidence.target:
        return {}
    facts = evidence.profile(evidence.target)
    numeric = facts.type in (ColumnType.NUMBER, ColumnType.TIME)
    if facts.distinct > (_FEW_NUMBERS if numeric else MOST_CLASSES):
        return {}
    value = evidence.typed(evidence.target)
    missing = evidence.is_missing(evidence.target)
    rows = evidence.rows((f"{value} AS v", "count(*)"), f"WHERE NOT {missing} GROUP BY v ORDER BY 2 DESC, 1")
    return {_shown(name): int(str(count)) for name, count in rows}


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
