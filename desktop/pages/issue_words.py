"""An issue said in the language of the window. Parameters and the place fill the sentence."""

from automl.domain.issues import Issue
from desktop.i18n import translate, translator
from desktop.widgets.explain import Explanation


def issue_title(issue: Issue) -> str:
    """Return what happened, in one line."""
    return _part(issue, "title")


def issue_detail(issue: Issue) -> str:
    """Return where it is and what it means; empty when the title says it all."""
    return _part(issue, "detail")


def issue_next(issue: Issue) -> str:
    """Return what a person can do; empty when there is nothing to do."""
    return _part(issue, "next")


def explanation_of(issue: Issue) -> Explanation | None:
    """Return why the issue matters, for a popover; None when the catalogue does not say. Fill it with `parameters_of`."""
    answer = f"issue.{issue.code}.why"
    return Explanation(f"issue.{issue.code}.title", answer) if translator().has(answer) else None


def parameters_of(issue: Issue) -> dict[str, object]:
    """Return what fills the sentences of an issue: its place and its parameters."""
    where = issue.where
    place: dict[str, object] = {"file": where.file, "sheet": where.sheet, "row": where.row, "column": where.column}
    return place | dict(issue.parameters)


def _part(issue: Issue, part: str) -> str:
    key = f"issue.{issue.code}.{part}"
    if part != "title" and not translator().has(key):
        return ""
    return translate(key, **parameters_of(issue))
