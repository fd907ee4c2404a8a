"""How findings are put: every one names its column and repeats it among the parameters of its sentence."""

from automl.domain.issues import Issue, Parameter, Severity, Where
from automl.domain.recipe import RecipeStep


def finding(
    code: str,
    severity: Severity,
    column: str,
    fix: RecipeStep | None = None,
    rows: tuple[int, ...] = (),
    **parameters: Parameter,
) -> Issue:
    """Return a finding about one column; `parameters` complete its sentence."""
    return Issue(code, severity, {"column": column, **parameters}, Where(column=column), fix, rows)
