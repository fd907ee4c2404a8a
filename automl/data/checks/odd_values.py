"""A few values far outside the range nearly all others keep to."""

from collections.abc import Iterator

from automl.data.checks.evidence import Evidence
from automl.data.checks.findings import finding
from automl.domain.dataset import ColumnProfile
from automl.domain.issues import Issue, Severity
from automl.domain.recipe import LimitRange
from automl.domain.schema import ColumnType, Role

_FEWEST_ROWS = 100
_FEWEST = 3
_FENCE = 5.0
_MOST = 0.01
_GAP = 0.5
_SHOWN = 50


def check(evidence: Evidence) -> Iterator[Issue]:
    """Find values more than five box lengths (interquartile ranges) outside, few, and apart from the rest by a gap."""
    for facts in evidence.columns:
        column = evidence.schema.column(facts.name)
        judged = facts.type is ColumnType.NUMBER and column.limits is None and column.role is not Role.IGNORE
        if judged and facts.name != evidence.target and evidence.row_count >= _FEWEST_ROWS and facts.distinct > 20:
            yield from _odd(evidence, facts)


def _odd(evidence: Evidence, facts: ColumnProfile) -> Iterator[Issue]:
    if facts.quartiles is None or facts.minimum is None or facts.maximum is None:
        return
    first, third = facts.quartiles
    box = third - first
    low, high = first - _FENCE * box, third + _FENCE * box
    if box <= 0 or (facts.minimum >= low and facts.maximum <= high):
        return
    value = evidence.typed(facts.name)
    inside = f"{value} BETWEEN {low!r}::DOUBLE AND {high!r}::DOUBLE"
    below, above = f"{value} < {low!r}::DOUBLE", f"{value} > {high!r}::DOUBLE"
    picks = (
        f"count(*) FILTER ({below})",
        f"count(*) FILTER ({above})",
        f"min({value}) FILTER ({inside})",
        f"max({value}) FILTER ({inside})",
        f"max({value}) FILTER ({below})",
        f"min({value}) FILTER ({above})",
    )
    ((under, over, lower, upper, nearest_under, nearest_over),) = evidence.rows(picks)
    lower_edge, upper_edge = float(str(lower)), float(str(upper))
    count = int(str(under)) + int(str(over))
    apart = [_stands_apart(first - lower_edge, lower_edge - float(str(nearest_under)), box)] if int(str(under)) else []
    apart += [_stands_apart(upper_edge - third, float(str(nearest_over)) - upper_edge, box)] if int(str(over)) else []
    if not _FEWEST <= count <= _MOST * evidence.row_count or not all(apart):
        return
    rows = evidence.rows(("__row__",), f"WHERE {below} OR {above} ORDER BY __row__ LIMIT {_SHOWN}")
    code = "data.column_odd_both" if int(str(under)) and int(str(over)) else "data.column_odd_low"
    code = "data.column_odd_high" if not int(str(under)) else code
    limit = float(str(nearest_over)) if int(str(over)) else float(str(nearest_under))
    yield finding(
        code,
        Severity.LOOK,
        facts.name,
        LimitRange(facts.name, lower_edge, upper_edge),
        tuple(int(str(row[0])) for row in rows),
        count=count,
        lower=lower_edge,
        upper=upper_edge,
        limit=limit,
    )


def _stands_apart(tail: float, gap: float, box: float) -> bool:
    """Whether the gap before the first odd value is wide beside the usual tail: long tails thin out without a gap."""
    return gap >= _GAP * max(tail, box)
