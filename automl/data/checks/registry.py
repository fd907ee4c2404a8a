"""All checks, and their findings in the order a person should read them."""

from collections.abc import Iterable
from typing import Protocol

from automl.data.checks import (
    constant,
    id_like,
    imbalance,
    leak_suspect,
    missing,
    mixed_types,
    odd_values,
    repeated_rows,
    sentinel,
    too_few_per_class,
)
from automl.data.checks.evidence import Evidence
from automl.data.connection import Progress
from automl.domain.issues import Issue, Severity
from automl.domain.recipe import RecipeStep


class Check(Protocol):
    """One question about a dataset. Every check is a function from evidence to findings."""

    def __call__(self, evidence: Evidence) -> Iterable[Issue]:
        """Return the findings, none when all is well."""
        ...


CHECKS: tuple[Check, ...] = (
    leak_suspect.check,
    too_few_per_class.check,
    missing.check,
    mixed_types.check,
    sentinel.check,
    odd_values.check,
    imbalance.check,
    repeated_rows.check,
    constant.check,
    id_like.check,
)
APPLIED_AT_IMPORT = frozenset({"data.column_constant", "data.column_empty", "data.column_serial", "data.rows_copied"})
_ORDER = (Severity.ACT, Severity.LOOK, Severity.INFO)


def all_findings(evidence: Evidence, progress: Progress) -> tuple[Issue, ...]:
    """Run every check; the most severe findings come first, otherwise in the order of the checks."""
    findings: list[Issue] = []
    for done, check in enumerate(CHECKS, start=1):
        findings.extend(check(evidence))
        progress(done, len(CHECKS))
    return in_order(findings)


def in_order(findings: Iterable[Issue]) -> tuple[Issue, ...]:
    """Return findings with the most severe first, otherwise as they came."""
    return tuple(sorted(findings, key=lambda issue: _ORDER.index(issue.severity)))


def corrections(findings: Iterable[Issue]) -> tuple[RecipeStep, ...]:
    """Return the steps Lathe takes by itself at import, because leaving them out could only harm."""
    steps = (issue.fix for issue in findings if issue.code in APPLIED_AT_IMPORT and issue.fix is not None)
    return tuple(dict.fromkeys(steps))
