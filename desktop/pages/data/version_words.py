"""A version of the data in words."""

from automl.domain.dataset import DatasetVersion
from desktop.i18n import translate


def short_fingerprint(fingerprint: str) -> str:
    """Return the first eight signs in two groups: "9f3a 71c2"."""
    return f"{fingerprint[:4]} {fingerprint[4:8]}"


def change_words(version: DatasetVersion, versions: tuple[DatasetVersion, ...]) -> str:
    """Return how a version differs from the one before; empty for the first."""
    former = max((one for one in versions if one.number < version.number), key=lambda one: one.number, default=None)
    if former is None:
        return ""
    if former.fingerprint == version.fingerprint:
        return translate("data.change.same", number=former.number)
    difference = version.row_count - former.row_count
    if difference == 0:
        return translate("data.change.same_rows", number=former.number)
    key = "data.change.more_rows" if difference > 0 else "data.change.fewer_rows"
    return translate(key, count=abs(difference), number=former.number)
