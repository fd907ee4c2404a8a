"""An issue said in the language of the window. Parameters and the place fill the sentence."""

from automl.domain.issues import Issue
from desktop.i18n import translate, translator


def issue_title(issue: Issue) -> str:
    """Return what happened, in one line."""
    return _part(issue, "title")


def issue_detail(issue: Issue) -> str:
    """Return where it is and what it means; empty when the title says it all."""
    return _part(issue, "detail")


def issue_next(issue: Issue) -> str:
    """Return what a person can do; empty when there is nothing to do."""
    return _part(issue, "next")


def issue_reason(issue: Issue) -> str:
    """Return why it matters, for the explanation behind a finding; empty when the catalogue gives none."""
    return _part(issue, "why")


def _part(issue: Issue, part: str) -> str:
    key = f"issue.{issue.code}.{part}"
    if part != "title" and not translator().has(key):
        return ""
    return translate(key, **_parameters(issue))


def _parameters(issue: Issue) -> dict[str, object]:
    where = issue.where
    place: dict[str, object] = {"file": where.file, "sheet": where.sheet, "row": where.row, "column": where.column}
    return place | dict(issue.parameters)
