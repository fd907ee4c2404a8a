"""Stored images become the records of a listing and one file of thumbnails."""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import msgspec
import numpy as np

from automl.data.connection import Progress, part
from automl.data.images.duplicates import SIGNATURE_SIZE, group_images
from automl.data.images.measure import signature
from automl.data.images.readers.base import Said
from automl.data.images.stored import StoredImage
from automl.domain.images import ImageRecord
from automl.domain.label_editing import LONGEST_NAME

_DIGITS = 4
_SEVERAL = 256
_LOOKING = 0.3


class AlbumWriter:
    """Collects the images of a version behind those of a former one; the file is complete when the block ends."""

    def __init__(self, thumbnails: Path, before: Sequence[ImageRecord], their_thumbnails: Path | None) -> None:
        self.records = list(before)
        self._before = len(before)
        self._known = {(image.path, image.sha256) for image in before}
        self._next = max((image.number for image in before), default=0) + 1
        if their_thumbnails is not None:
            shutil.copyfile(their_thumbnails, thumbnails)
            # The copy of an object is as read-only as the object.
            thumbnails.chmod(0o600)
        self._file = thumbnails.open("ab")

    def __enter__(self) -> "AlbumWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def added(self) -> int:
        """How many images came in."""
        return len(self.records) - self._before

    def add(self, image: StoredImage, said: Said) -> bool:
        """Append an image; False when the same file was there before."""
        if (image.name, image.sha256) in self._known:
            return False
        measured = image.measured
        place = (self._file.tell(), len(measured.thumbnail))
        self._file.write(measured.thumbnail)
        self.records.append(
            ImageRecord(
                number=self._next,
                path=image.name,
                sha256=image.sha256,
                size_bytes=image.size_bytes,
                width=image.width,
                height=image.height,
                channels=image.channels,
                bits=image.bits,
                class_name=said.class_name[:LONGEST_NAME],
                group=self._next,
                brightness=round(measured.brightness, _DIGITS),
                contrast=round(measured.contrast, _DIGITS),
                sharpness=round(measured.sharpness, _DIGITS),
                thumbnail=place,
                boxes=said.boxes,
                shown=image.shown,
            )
        )
        self._next += 1
        return True


def grouped(records: Sequence[ImageRecord], thumbnails: Path, progress: Progress) -> tuple[ImageRecord, ...]:
    """Return the records with the group of every image: those that show the same part have the same."""
    signatures = np.empty((len(records), SIGNATURE_SIZE, SIGNATURE_SIZE), np.uint8)
    looking = part(progress, 0.0, _LOOKING)
    with thumbnails.open("rb") as file:
        for place, image in enumerate(records):
            file.seek(image.thumbnail[0])
            signatures[place] = signature(file.read(image.thumbnail[1]))
            if place % _SEVERAL == 0:
                looking(place, len(records))
    groups = group_images(signatures, [image.sha256 for image in records], part(progress, _LOOKING, 1.0))
    return tuple(msgspec.structs.replace(image, group=int(group)) for image, group in zip(records, groups, strict=True))


def fingerprint(records: Sequence[ImageRecord]) -> str:
    """Return the SHA-256 over all paths, contents and classes."""
    cells = [(image.path, image.sha256, image.class_name) for image in records]
    return hashlib.sha256(msgspec.json.encode(cells)).hexdigest()
