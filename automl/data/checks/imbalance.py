"""A class that is rare: a model that never names it looks good and finds nothing."""

from collections.abc import Iterator

from automl.data.checks.evidence import Evidence
from automl.data.checks.findings import finding
from automl.data.checks.target_classes import class_counts
from automl.domain.issues import Issue, Severity

_RARE = 0.1
_VERY_RARE = 0.01


def check(evidence: Evidence) -> Iterator[Issue]:
    """Find a class target whose rarest class is under a tenth of the rows."""
    counts = class_counts(evidence)
    if len(counts) < 2:
        return
    total = sum(counts.values())
    rare = min(counts, key=lambda name: counts[name])
    share = counts[rare] / total
    if share < _RARE:
        severity = Severity.LOOK if share < _VERY_RARE else Severity.INFO
        most = max(counts.values()) / total
        yield finding(
            "data.target_imbalanced",
            severity,
            evidence.target,
            value=rare,
            count=counts[rare],
            share=share,
            always_right=most,
        )
