"""Images as Lathe keeps them: every file once by its content, and one immutable listing a dataset version.

The words: an *image* is one picture of the listing; a *class* is what an image can show; a *label* says which class it shows;
a *group* holds images of the same part, which never stand on both sides of a split.
"""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePath

import msgspec

from automl.domain.schema import Column, ColumnType, Role, Schema

IMAGE_EXTENSIONS = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp")
IMAGE_COLUMN, CLASS_COLUMN = "image", "class"
# The schema of every dataset version that holds images: training predicts the class of an image.
IMAGE_SCHEMA = Schema(
    (Column(IMAGE_COLUMN, ColumnType.TEXT, Role.IGNORE), Column(CLASS_COLUMN, ColumnType.TEXT, Role.TARGET))
)


class ImageBox(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """Where something was marked in an image, in pixels of the upright image. Kept for later; training uses the class only."""

    class_name: str
    left: float
    top: float
    width: float
    height: float


# Without circles there is nothing to collect; a listing of 50,000 is read twice as fast when nobody looks for them.
class ImageRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True, gc=False):
    """One image of a listing.

    `number` counts from 1 and stays the same in later versions that add images. `path` is relative to what was imported,
    parts joined by "/". `sha256` is that of the file's bytes and names the object. `width` and `height` are those of the
    upright image. `class_name` is what the import said, empty when it said nothing. Images of one `group` (counted from 1)
    are exact or near duplicates. `brightness` and `contrast` are mean and standard deviation of the grey values (0 to 1),
    `sharpness` is the mean absolute difference of neighbouring grey values at 256 px. `thumbnail` is the place of its
    thumbnail in the thumbnail file as (offset, length). `shown` names the object a front end shows when the file itself
    would look different from what models see (16 bits, transparent, turned, TIFF, WEBP); empty means the file itself.
    """

    number: int
    path: str
    sha256: str
    size_bytes: int
    width: int
    height: int
    channels: int
    bits: int
    class_name: str
    group: int
    brightness: float
    contrast: float
    sharpness: float
    thumbnail: tuple[int, int]
    boxes: tuple[ImageBox, ...] = ()
    shown: str = ""


class ImageListing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All images of a dataset version, by number. Files that could not be read are not in it; findings name them."""

    images: tuple[ImageRecord, ...]

    def __len__(self) -> int:
        return len(self.images)


def is_image_file(path: PurePath) -> bool:
    """Whether the name is that of an image; what is inside may still be something else."""
    return path.suffix.lower() in IMAGE_EXTENSIONS


def matching(paths: Iterable[tuple[int, str]], text: str) -> tuple[int, ...]:
    """Return the numbers of the images whose path has this text somewhere; * and ? stand for any signs and for one.

    `paths` are numbers with paths as `searchable` makes them.
    """
    wanted = searchable(unicodedata.normalize("NFC", text).strip())
    if not wanted:
        return ()
    if not {"*", "?"} & set(wanted):
        return tuple(number for number, path in paths if wanted in path)
    parts = [re.compile(".".join(map(re.escape, part.split("?"))), re.DOTALL) for part in wanted.split("*")]
    return tuple(number for number, path in paths if _has_in_order(path, parts))


def searchable(path: str) -> str:
    """Return a path as it is compared: whatever its capitals."""
    return path.casefold()


def _has_in_order(text: str, parts: Iterable[re.Pattern[str]]) -> bool:
    place = 0
    for part in parts:
        found = part.search(text, place)
        if found is None:
            return False
        place = found.end()
    return True
