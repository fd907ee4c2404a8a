"""What a person dropped on the window, told by names alone. Pure but for asking whether a path is a folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from automl.domain.images import is_image_file
from automl.domain.table_files import is_table_file

ARCHIVE_EXTENSION = ".zip"
_PROJECT_FILE = "project.json"


class DroppedKind(StrEnum):
    """A project opens; a table (which may be a list of images) and a collection of images are read."""

    PROJECT = "project"
    TABLE = "table"
    IMAGES = "images"
    ONE_IMAGE = "one_image"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Dropped:
    """The path to go by, what it is, and whether others were dropped that are left aside."""

    path: Path
    kind: DroppedKind
    leaves_others: bool = False


def dropped(paths: Sequence[Path]) -> Dropped:
    """Return what to do with paths dropped together: the first that can be read counts. Raises ValueError without any."""
    kinds = [(path, _kind(path)) for path in paths]
    readable = (one for one in kinds if one[1] is not DroppedKind.UNKNOWN)
    first = next(readable, kinds[0] if kinds else None)
    if first is None:
        raise ValueError("nothing was dropped")
    alone = first[1] is DroppedKind.ONE_IMAGE or len(paths) == 1
    return Dropped(*first, leaves_others=not alone)


def _kind(path: Path) -> DroppedKind:
    if path.is_dir():
        return DroppedKind.PROJECT if (path / _PROJECT_FILE).is_file() else DroppedKind.IMAGES
    if is_table_file(path):
        return DroppedKind.TABLE
    if path.suffix.lower() == ARCHIVE_EXTENSION:
        return DroppedKind.IMAGES
    return DroppedKind.ONE_IMAGE if is_image_file(path) else DroppedKind.UNKNOWN
