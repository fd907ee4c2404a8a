"""Problems as values, as far as the runtime knows them: a code, its parameters and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Parameter = str | int | float | bool

ACT, LOOK, INFO = "act", "look", "info"


@dataclass(frozen=True)
class Problem:
    """One problem or finding. `row` counts data rows from 1. Said in words by ``issue.<code>.title/.detail/.next``."""

    code: str
    parameters: Mapping[str, Parameter] = field(default_factory=lambda: MappingProxyType({}))
    severity: str = ACT
    file: str = ""
    row: int | None = None
    column: str = ""


class RefusedError(Exception):
    """A bundle or a table that cannot be used; carries the problems that say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.code for problem in problems))
        self.problems = problems


def refused(
    code: str, *, file: str = "", column: str = "", row: int | None = None, **parameters: Parameter
) -> RefusedError:
    """Return the refusal for one problem."""
    return RefusedError(Problem(code, parameters, ACT, file, row, column))
