"""Numbers that stand for "no value": a -999 far from everything else, met again and again."""

from collections.abc import Iterator

from automl.data.checks.evidence import Evidence
from automl.data.checks.findings import finding
from automl.data.typed_sql import clean, snapshot_column
from automl.domain.dataset import ColumnProfile
from automl.domain.issues import Issue, Severity
from automl.domain.recipe import TreatAsMissing
from automl.domain.schema import ColumnType, Role

_USUAL = frozenset(
    {-1.0, -9.0, -99.0, -999.0, -9999.0, -99999.0, 99.0, 999.0, 9999.0, 99999.0, 999999.0, 65535.0, 32767.0, -32768.0}
)
_FEWEST = 3
_FAR = 3.0


def check(evidence: Evidence) -> Iterator[Issue]:
    """Find a usual stand-in at the edge of a number column, repeated and far from all other values."""
    for facts in evidence.columns:
        ignored = evidence.schema.column(facts.name).role is Role.IGNORE
        if facts.type is not ColumnType.NUMBER or facts.name == evidence.target or facts.distinct < 4 or ignored:
            continue
        for value in (facts.minimum, facts.maximum):
            if value in _USUAL and value is not None and (count := _isolated_count(evidence, facts, value)):
                texts = _texts_of(evidence, facts.name, value)
                fix = TreatAsMissing(facts.name, texts)
                yield finding("data.column_sentinel", Severity.LOOK, facts.name, fix, value=texts[0], count=count)


def _isolated_count(evidence: Evidence, facts: ColumnProfile, value: float) -> int:
    """How often the value occurs if it lies far outside the range of all others, else 0."""
    typed = evidence.typed(facts.name)
    others = f"{typed} <> {value!r}::DOUBLE"
    picks = (
        f"count(*) FILTER ({typed} = {value!r}::DOUBLE)",
        f"min({typed}) FILTER ({others})",
        f"max({typed}) FILTER ({others})",
    )
    ((count, lower, upper),) = evidence.rows(picks)
    low, high = float(str(lower)), float(str(upper))
    distance = low - value if value < low else value - high
    return int(str(count)) if int(str(count)) >= _FEWEST and distance > _FAR * (high - low) else 0


def _texts_of(evidence: Evidence, name: str, value: float) -> tuple[str, ...]:
    """The ways this value is written in the file."""
    text = clean(snapshot_column(evidence.place(name)))
    rows = evidence.rows(
        (f"{text} AS t",),
        f"WHERE {evidence.typed(name)} = {value!r}::DOUBLE GROUP BY t ORDER BY count(*) DESC, t LIMIT 20",
    )
    return tuple(str(row[0]) for row in rows)
