"""Serial numbers name a row; a model that learns them learns nothing about the next row."""

import re
from collections.abc import Iterator

import numpy as np

from automl.data.checks.evidence import Evidence
from automl.data.checks.findings import finding
from automl.data.table import Numbers
from automl.domain.dataset import ColumnProfile
from automl.domain.issues import Issue, Severity
from automl.domain.recipe import SetRole
from automl.domain.schema import ColumnType, Role

_FEWEST_ROWS = 30
_NEARLY_UNIQUE = 0.95
_NAME = re.compile(
    r"(?:^|[^a-z])(?:id|no|num|number|seq|serial|index|idx|key|uuid|guid|barcode)(?:[^a-z]|$)|번호|순번|일련|바코드",
    re.IGNORECASE,
)


def check(evidence: Evidence) -> Iterator[Issue]:
    """Find texts that nearly always differ, and whole numbers that only count the rows."""
    if evidence.row_count < _FEWEST_ROWS:
        return
    for facts in evidence.columns:
        if facts.name != evidence.target and _is_serial(evidence, facts):
            fix = SetRole(facts.name, Role.IGNORE)
            yield finding(
                "data.column_serial",
                Severity.INFO,
                facts.name,
                fix,
                distinct=facts.distinct,
                rows_total=evidence.row_count,
            )


def _is_serial(evidence: Evidence, facts: ColumnProfile) -> bool:
    present = evidence.row_count - facts.missing
    if present < evidence.row_count / 2:
        return False
    if facts.type is ColumnType.TEXT:
        return facts.distinct >= _NEARLY_UNIQUE * present
    if facts.type is not ColumnType.NUMBER or facts.distinct < _NEARLY_UNIQUE * present:
        return False
    if facts.minimum is None or facts.maximum is None or facts.minimum != int(facts.minimum):
        return False
    values = evidence.sample.numbers[facts.name]
    values = values[~np.isnan(values)]
    if not bool((values == np.floor(values)).all()):
        return False
    return _counts_without_gaps(facts) or (_rises_or_falls(values) and bool(_NAME.search(facts.name)))


def _counts_without_gaps(facts: ColumnProfile) -> bool:
    """Whether the whole numbers between the smallest and the largest are (nearly) all there: 1, 2, 3, … in any order."""
    span = (facts.maximum or 0.0) - (facts.minimum or 0.0) + 1
    return facts.distinct >= _NEARLY_UNIQUE * span


def _rises_or_falls(values: Numbers) -> bool:
    steps = np.diff(values)
    return bool((steps >= 0).all() or (steps <= 0).all())
