"""An issue said in the language of the window. Parameters and the place fill the sentence."""

from automl.domain.issues import Issue
from desktop.i18n import translate, translator
from desktop.widgets.explain import Explanation

_REASONS = {
    "data.column_missing": "why.missing",
    "data.column_nearly_empty": "why.missing",
    "data.column_constant": "why.constant",
    "data.column_empty": "why.constant",
    "data.column_serial": "why.serial",
    "data.column_odd": "why.odd",
    "data.column_sentinel": "why.sentinel",
    "data.column_half_numbers": "why.mixed",
    "data.column_not_all": "why.mixed",
    "data.leak": "why.leak",
    "data.rows_copied": "why.repeated",
    "data.rows_equal": "why.repeated",
    "data.target_imbalanced": "why.imbalance",
    "data.class_too_small": "why.too_few",
    "data.classes_too_small": "why.too_few",
    "data.target_missing_values": "why.target_missing",
    "data.target_too_many_classes": "why.too_few",
    "images.class_told_by": "why.images.told",
    "images.near_duplicates": "why.images.twins",
    "images.copies_differ": "why.images.contradict",
    "images.list_contradicts": "why.images.contradict",
    "images.class_small": "why.images.few",
    "images.classes_small": "why.images.few",
    "images.class_few_parts": "why.images.few",
    "images.blank": "why.images.odd",
    "images.blurred": "why.images.odd",
    "images.bright": "why.images.odd",
    "images.dark": "why.images.odd",
    "images.shape_mix": "why.images.shape",
    "images.unreadable": "why.images.left_out",
    "images.annotations_unreadable": "why.images.left_out",
    "images.listed_missing": "why.images.left_out",
    "images.folders_not_classes": "why.images.left_out",
}


def issue_title(issue: Issue) -> str:
    """Return what happened, in one line."""
    return _part(issue, "title")


def issue_detail(issue: Issue) -> str:
    """Return where it is and what it means; empty when the title says it all."""
    return _part(issue, "detail")


def issue_next(issue: Issue) -> str:
    """Return what a person can do; empty when there is nothing to do."""
    return _part(issue, "next")


def issue_fixed(issue: Issue) -> str:
    """Return what its fix did, in one line; empty when the catalogue does not say."""
    return _part(issue, "fixed")


def explanation_of(issue: Issue) -> Explanation | None:
    """Return why a finding matters, for a popover; None for codes that are no findings. Fill it with `parameters_of`."""
    reason = next((key for prefix, key in _REASONS.items() if issue.code.startswith(prefix)), "")
    return Explanation(f"issue.{issue.code}.title", reason, f"issue.{issue.code}.next") if reason else None


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
