"""Corrections of the data in words: on the button that makes them, and once they are made."""

from dataclasses import dataclass

from automl.domain.issues import Issue
from automl.domain.recipe import (
    FillMissing,
    LeaveOutRepeatedRows,
    LimitRange,
    RecipeStep,
    SetRole,
    SetType,
    TreatAsMissing,
)
from automl.domain.schema import Role
from desktop.i18n import translate
from desktop.itemmodels.column_words import role_word, type_word
from desktop.pages.issue_words import issue_fixed


def fix_key(step: RecipeStep, *, short: bool = False) -> tuple[str, dict[str, object]]:
    """Return the key and parameters of the words on the button that makes this correction; `short` for a narrow window."""
    match step:
        case SetRole(role=Role.IGNORE):
            return "data.fix.ignore", {}
        case SetRole(role=role):
            return "data.fix.role", {"role": role_word(role)}
        case SetType(type=column_type):
            return "data.fix.type", {"type": type_word(column_type)}
        case TreatAsMissing():
            return "data.fix.missing_texts", {}
        case FillMissing():
            return "data.fix.fill.short" if short else "data.fix.fill", {}
        case LimitRange():
            return "data.fix.limit.short" if short else "data.fix.limit", {}
        case LeaveOutRepeatedRows():
            return "data.fix.repeated", {}


@dataclass(frozen=True)
class Fixed:
    """A correction in force and the finding it answers, None when the finding is not known any more."""

    step: RecipeStep
    finding: Issue | None


def fixed_words(step: RecipeStep, finding: Issue | None) -> str:
    """Return what was put right and why: "SCREW_DIA ignored: never changes"."""
    words = issue_fixed(finding) if finding is not None else ""
    return words or done_words(step)


def done_words(step: RecipeStep) -> str:
    """Return what the correction did: "HUMIDITY: missing values filled in"."""
    match step:
        case SetRole(column=column, role=Role.IGNORE):
            return translate("data.done.ignore", column=column)
        case SetRole(column=column, role=role):
            return translate("data.done.role", column=column, role=role_word(role))
        case SetType(column=column, type=column_type):
            return translate("data.done.type", column=column, type=type_word(column_type))
        case TreatAsMissing(column=column, values=values):
            return translate("data.done.missing_texts", column=column, values=", ".join(values))
        case FillMissing(column=column):
            return translate("data.done.fill", column=column)
        case LimitRange(column=column, lower=lower, upper=upper):
            return translate("data.done.limit", column=column, lower=lower, upper=upper)
        case LeaveOutRepeatedRows():
            return translate("data.done.repeated")
