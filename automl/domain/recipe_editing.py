"""Adding a correction to a recipe so that it stays as short as what it says."""

from automl.domain.recipe import (
    FillMissing,
    LeaveOutRepeatedRows,
    LimitRange,
    RecipeStep,
    SetRole,
    SetType,
    TreatAsMissing,
    apply_to_schema,
)
from automl.domain.schema import Schema

_COLUMN_STEPS = (SetRole, SetType, TreatAsMissing, FillMissing, LimitRange)


def column_of(step: RecipeStep) -> str:
    """Return the column a step is about, empty for a step about all of them."""
    return "" if isinstance(step, LeaveOutRepeatedRows) else step.column


def add_step(schema: Schema, steps: tuple[RecipeStep, ...], step: RecipeStep) -> tuple[RecipeStep, ...]:
    """Return the shortest recipe that means `steps` and then `step`, for the schema as imported.

    A step that says what holds already adds nothing, one that takes an earlier one back removes it, and one that
    overrules an earlier one takes its place.
    """
    if step in steps and not isinstance(step, _COLUMN_STEPS):
        return steps
    appended = (*steps, step)
    if not isinstance(step, _COLUMN_STEPS):
        return appended
    others = tuple(one for one in steps if type(one) is not type(step) or column_of(one) != column_of(step))
    meant = apply_to_schema(schema, appended)
    shorter = (others, (*others, step), steps) if others != steps else (steps,)
    return next((recipe for recipe in shorter if apply_to_schema(schema, recipe) == meant), appended)
