"""The data recipe: corrections a person or Lathe made to a dataset. The file itself is never changed."""

import msgspec

from automl.domain.schema import ColumnType, Role, Schema


class _Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="step"):
    """Base of all recipe steps; a step is undone by removing it from the recipe."""


class SetRole(_Step, frozen=True, tag="set_role"):
    """Give a column another role; role IGNORE leaves it out."""

    column: str
    role: Role


class SetType(_Step, frozen=True, tag="set_type"):
    """Read a column as another type."""

    column: str
    type: ColumnType


class TreatAsMissing(_Step, frozen=True, tag="treat_as_missing"):
    """Read these texts of a column as missing, for example -999 or ERR."""

    column: str
    values: tuple[str, ...]


class FillMissing(_Step, frozen=True, tag="fill_missing"):
    """Fill missing values with the usual value (median or most frequent), learned on training rows only."""

    column: str


class LimitRange(_Step, frozen=True, tag="limit_range"):
    """Limit a number column to a range; values outside are moved to its edge."""

    column: str
    lower: float
    upper: float


class LeaveOutRepeatedRows(_Step, frozen=True, tag="leave_out_repeated_rows"):
    """Keep the first of rows that are equal in every used column."""


RecipeStep = SetRole | SetType | TreatAsMissing | FillMissing | LimitRange | LeaveOutRepeatedRows


def apply_to_schema(schema: Schema, steps: tuple[RecipeStep, ...]) -> Schema:
    """Return the schema as it stands after all steps that change roles, types and missing texts."""
    for step in steps:
        match step:
            case SetRole(column=column, role=role):
                schema = schema.with_role(column, role)
            case SetType(column=column, type=column_type):
                schema = schema.with_column(msgspec.structs.replace(schema.column(column), type=column_type))
            case TreatAsMissing(column=column, values=values):
                known = schema.column(column)
                texts = tuple(dict.fromkeys((*known.missing_values, *values)))
                schema = schema.with_column(msgspec.structs.replace(known, missing_values=texts))
            case FillMissing(column=column):
                schema = schema.with_column(msgspec.structs.replace(schema.column(column), fill_missing=True))
            case LimitRange(column=column, lower=lower, upper=upper):
                schema = schema.with_column(msgspec.structs.replace(schema.column(column), limits=(lower, upper)))
            case LeaveOutRepeatedRows():
                pass
    return schema
