"""A version of the data in words."""

from automl.domain.dataset import DataKind, DatasetVersion
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
    unit = "images" if version.kind is DataKind.IMAGES else "rows"
    if difference == 0:
        return translate(f"data.change.same_{unit}", number=former.number)
    key = f"data.change.more_{unit}" if difference > 0 else f"data.change.fewer_{unit}"
    return translate(key, count=abs(difference), number=former.number)
