"""Classes with too few rows to learn from and to check on."""

from collections.abc import Iterator

from automl.data.checks.evidence import Evidence
from automl.data.checks.findings import finding
from automl.data.checks.target_classes import MOST_CLASSES, class_counts
from automl.domain.issues import Issue, Severity
from automl.domain.schema import ColumnType

NEEDED = 10


def check(evidence: Evidence) -> Iterator[Issue]:
    """Find classes with fewer than ten rows, and targets with more classes than can be told apart."""
    if not evidence.target:
        return
    facts = evidence.profile(evidence.target)
    if facts.type is ColumnType.TEXT and facts.distinct > MOST_CLASSES:
        yield finding(
            "data.target_too_many_classes", Severity.ACT, facts.name, count=facts.distinct, limit=MOST_CLASSES
        )
        return
    counts = class_counts(evidence)
    small = {name: count for name, count in counts.items() if count < NEEDED}
    if not small or len(counts) < 2:
        return
    rare = min(small, key=lambda name: small[name])
    enough = len(counts) - len(small) >= 2
    code = "data.class_too_small" if len(small) == 1 else "data.classes_too_small"
    severity = Severity.LOOK if enough else Severity.ACT
    yield finding(code, severity, facts.name, value=rare, count=small[rare], classes=len(small), needed=NEEDED)
