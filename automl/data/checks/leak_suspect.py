"""Columns that give the answer away: filled in after the fact, or the answer in other words.

A small model of one column alone, cross-validated, as in the leakage detection of Driverless AI: nearly perfect is too good.
"""

from collections.abc import Iterator

import numpy as np

from automl.data.checks.evidence import Evidence
from automl.data.checks.findings import finding
from automl.data.checks.one_column import OneColumnJudge, filled_codes
from automl.data.checks.target_classes import class_counts
from automl.data.table import Index, Numbers, Texts
from automl.domain.issues import Issue, Severity
from automl.domain.recipe import SetRole
from automl.domain.schema import ColumnType, Role

_SUSPECT = 0.95
_CERTAIN = 0.999
_FEWEST_ROWS = 50
_FEWEST_OF_CLASS = 15
_PURE = 0.99
_FOUND = 0.5


def check(evidence: Evidence) -> Iterator[Issue]:
    """Judge every usable column by how well it alone tells the target, on at most 20,000 rows spread over the table."""
    judge = _judge(evidence)
    if judge is None:
        return
    for column in evidence.usable():
        if column.role is Role.TIME or not evidence.profile(column.name).distinct:
            continue
        ignore = SetRole(column.name, Role.IGNORE)
        marked = _class_it_marks(evidence, judge, column.name)
        if marked:
            yield finding(
                "data.leak_filled_after", Severity.ACT, column.name, ignore, target=evidence.target, value=marked
            )
            continue
        score = judge.score(_values(evidence, column.name, judge.rows))
        if score >= _SUSPECT:
            severity = Severity.ACT if score >= _CERTAIN else Severity.LOOK
            code = "data.leak_certain" if severity is Severity.ACT else "data.leak_suspect"
            yield finding(code, severity, column.name, ignore, target=evidence.target, score=min(score, 1.0))


def _judge(evidence: Evidence) -> OneColumnJudge | None:
    """Return a judge over the sampled rows that have a target; None where there are too few rows to judge by."""
    if not evidence.target:
        return None
    sample = evidence.sample
    counts = class_counts(evidence)
    numbers = sample.numbers.get(evidence.target)
    if counts:
        texts = (
            sample.texts[evidence.target] if numbers is None else np.where(np.isnan(numbers), "", numbers.astype(str))
        )
        rows: Index = np.flatnonzero(texts != "").astype(np.int64)
        names, codes = np.unique(texts[rows].astype(str), return_inverse=True)
        if len(rows) < _FEWEST_ROWS or len(names) < 2 or np.bincount(codes).min() < _FEWEST_OF_CLASS:
            return None
        return OneColumnJudge.of_classes(rows, codes.astype(np.int64), tuple(map(str, names)))
    if numbers is None or evidence.profile(evidence.target).type is ColumnType.TEXT:
        return None
    rows = np.flatnonzero(~np.isnan(numbers)).astype(np.int64)
    if len(rows) < _FEWEST_ROWS:
        return None
    return OneColumnJudge.of_numbers(rows, numbers[rows])


def _values(evidence: Evidence, name: str, rows: Index) -> Numbers | Texts:
    sample = evidence.sample
    values = sample.numbers.get(name)
    return values[rows] if values is not None else sample.texts[name][rows]


def _class_it_marks(evidence: Evidence, judge: OneColumnJudge, name: str) -> str:
    """Return the class whose rows alone have a value in this column; empty when filling tells nothing."""
    filled = filled_codes(_values(evidence, name, judge.rows)).astype(bool)
    if judge.classes is None or filled.all() or int(filled.sum()) < _FEWEST_OF_CLASS:
        return ""
    counts = np.bincount(judge.target_codes[filled], minlength=len(judge.classes))
    best = int(counts.argmax())
    pure = counts[best] / counts.sum()
    of_class = int((judge.target_codes == best).sum())
    usual = of_class / len(judge.target_codes)
    return judge.classes[best] if pure >= _PURE and usual < 0.9 and counts[best] >= _FOUND * of_class else ""
