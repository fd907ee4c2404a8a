"""Which columns could answer a question of the Goal page. Pure."""

from automl.domain.dataset import DatasetProfile
from automl.domain.goal_proposal import facts_of
from automl.domain.schema import ColumnType, Role, Schema

_FEWEST_GROUPS = 3
_ROWS_PER_GROUP = 2


def target_candidates(schema: Schema) -> tuple[str, ...]:
    """Return every column a model could predict; columns left out come last."""
    used = tuple(column.name for column in schema.columns if column.role is not Role.IGNORE)
    return used + tuple(column.name for column in schema.of_role(Role.IGNORE))


def time_candidates(schema: Schema, target: str) -> tuple[str, ...]:
    """Return the columns that can order rows in time, the one with that role first."""
    times = [column for column in schema.columns if column.type is ColumnType.TIME and column.name != target]
    return tuple(column.name for column in sorted(times, key=lambda column: column.role is not Role.TIME))


def group_candidates(schema: Schema, profile: DatasetProfile, target: str) -> tuple[str, ...]:
    """Return the columns that name a machine, lot or the like: texts with at least three values that come back."""
    found = [column.name for column in schema.of_role(Role.GROUP)]
    if profile.suggested_group:
        found.append(profile.suggested_group)
    for column in schema.columns:
        distinct = facts_of(profile, column.name).distinct
        comes_back = _FEWEST_GROUPS <= distinct <= profile.row_count // _ROWS_PER_GROUP
        if column.type is ColumnType.TEXT and comes_back and column.role is not Role.IGNORE:
            found.append(column.name)
    return tuple(name for name in dict.fromkeys(found) if name != target)
