"""Problems as values: what happened, where, how bad it is, and the step that repairs it."""

from enum import StrEnum

import msgspec

from automl.domain.recipe import RecipeStep

Parameter = str | int | float | bool


class Severity(StrEnum):
    """How much an issue matters: ACT stops or endangers the result, LOOK deserves a look, INFO is good to know."""

    ACT = "act"
    LOOK = "look"
    INFO = "info"


class Where(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The place of a problem. Rows count from 1 as a person would count data rows; empty means "not applicable"."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""


class Issue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One problem or finding.

    `code` is a dotted name such as ``data.column_missing_values``; front ends translate ``issue.<code>.title``,
    ``issue.<code>.detail`` and ``issue.<code>.next`` with `parameters` and the fields of `where`.
    """

    code: str
    severity: Severity = Severity.ACT
    parameters: dict[str, Parameter] = msgspec.field(default_factory=dict)
    where: Where = msgspec.field(default_factory=Where)
    fix: RecipeStep | None = None
    rows: tuple[int, ...] = ()


class Refusal(Exception):
    """Input that cannot be used. Carries the issues that say why; it is never a fault of the program."""

    def __init__(self, *issues: Issue) -> None:
        super().__init__("; ".join(issue.code for issue in issues))
        self.issues = issues
