"""Which column is probably to be predicted, and which tells machines or lots apart."""

import re
from collections.abc import Sequence

from automl.domain.dataset import ColumnProfile
from automl.domain.schema import ColumnType, Role, Schema

_TARGET_NAMES = re.compile(
    r"(?:^|[^a-z])(?:target|label|class|y|defects?|faults?|fail(?:ure|ed)?|quality|result|outcome|judg\w*|verdict|ng|scrap|reject\w*|yield|"
    r"churn|default)(?:[^a-z]|$)|불량|판정|결과|품질|합부|양부|고장|이상유무|수율",
    re.IGNORECASE,
)
_GROUP_NAMES = re.compile(
    r"(?:^|[^a-z])(?:machine|line|lot|batch|equip\w*|unit|tool|mou?ld|coil|heat|wafer|slab|cavity|station|furnace|plant|site|asset|engine|robot|device|sensor_id)"
    r"(?:[^a-z]|$)|설비|호기|라인|로트|금형|배치|장비|공정|캐비티",
    re.IGNORECASE,
)
_MOST_CLASSES = 30
_OFFERED = 4


def suggest_targets(schema: Schema, columns: Sequence[ColumnProfile], row_count: int) -> tuple[str, ...]:
    """Return columns that may be what a person wants predicted, likeliest first.

    A telling name counts most, then a yes-or-no column, then standing last in the file.
    """
    last = len(columns) - 1
    scored: list[tuple[float, int, str]] = []
    for place, (column, facts) in enumerate(zip(schema.columns, columns, strict=True)):
        if facts.distinct < 2 or facts.type is ColumnType.TIME or column.role is Role.IGNORE:
            continue
        if facts.missing > row_count / 2:
            continue
        if facts.type is ColumnType.TEXT and facts.distinct > _MOST_CLASSES:
            continue
        score = (
            3.0 * bool(_TARGET_NAMES.search(column.name))
            + 1.5 * (facts.type is ColumnType.YES_NO)
            + 2.0 * (place == last)
        )
        score += 0.5 * (facts.type is ColumnType.TEXT)
        scored.append((-score, -place, column.name))
    return tuple(name for score, _, name in sorted(scored)[:_OFFERED] if score <= -1.0)


def suggest_groups(schema: Schema, columns: Sequence[ColumnProfile], row_count: int) -> tuple[str, ...]:
    """Return columns that name machines, lots or the like: a telling name and several rows a value."""
    return tuple(
        facts.name
        for column, facts in zip(schema.columns, columns, strict=True)
        if _GROUP_NAMES.search(facts.name)
        and facts.type is ColumnType.TEXT
        and column.role is not Role.TARGET
        and 2 <= facts.distinct <= row_count / 2
    )
