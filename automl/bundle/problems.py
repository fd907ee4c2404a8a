"""Problems of the runtime as issues of the app: same codes, same parameters."""

from collections.abc import Iterator
from contextlib import contextmanager

from automl.domain.issues import Issue, Refusal, Severity, Where
from automl.runtime.problems import Problem, RefusedError


def to_issue(problem: Problem) -> Issue:
    """Return the issue that says the same."""
    return Issue(
        problem.code,
        Severity(problem.severity),
        dict(problem.parameters),
        Where(file=problem.file, row=problem.row, column=problem.column),
    )


@contextmanager
def as_refusal() -> Iterator[None]:
    """Turn a refusal of the runtime into one of the app."""
    try:
        yield
    except RefusedError as error:
        raise Refusal(*map(to_issue, error.problems)) from error
