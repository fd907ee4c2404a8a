"""The images of dataset versions: their listings and thumbnails, opened once and kept at hand."""

import threading
from typing import BinaryIO

import msgspec

from automl.domain.dataset import DataKind, DatasetVersion
from automl.domain.images import ImageListing, ImageRecord, matching, searchable
from automl.domain.issues import Issue, Refusal
from automl.storage.objects import ObjectStore

_KEPT = 4


class ImageStore:
    """Reads listings and thumbnails. Any thread may ask. Raises Refusal when an object is gone or damaged."""

    def __init__(self, objects: ObjectStore) -> None:
        self._objects = objects
        self._guard = threading.Lock()
        self._listings: dict[str, ImageListing] = {}
        self._files: dict[str, BinaryIO] = {}
        self._paths: tuple[str, tuple[tuple[int, str], ...]] = ("", ())

    def listing(self, version: DatasetVersion) -> ImageListing:
        """Return all images of a version by number; an empty listing for a table."""
        if version.kind is not DataKind.IMAGES:
            return ImageListing(())
        with self._guard:
            if version.snapshot not in self._listings:
                while len(self._listings) >= _KEPT:
                    self._listings.pop(next(iter(self._listings)))
                self._listings[version.snapshot] = self._read(version.snapshot)
            return self._listings[version.snapshot]

    def matching(self, version: DatasetVersion, text: str) -> tuple[int, ...]:
        """Return the numbers of the images whose path has this text; quick enough for every key stroke."""
        images = self.listing(version).images
        with self._guard:
            if self._paths[0] != version.snapshot:
                self._paths = version.snapshot, tuple((image.number, searchable(image.path)) for image in images)
            paths = self._paths[1]
        return matching(paths, text)

    def thumbnail(self, version: DatasetVersion, record: ImageRecord) -> bytes:
        """Return the JPEG of one image, 192 px on its long side or smaller."""
        offset, length = record.thumbnail
        with self._guard:
            file = self._thumbnails(version.pages)
            file.seek(offset)
            content = file.read(length)
        if len(content) != length:
            raise _damaged(version.pages)
        return content

    def close(self) -> None:
        """Close files and forget listings."""
        with self._guard:
            for file in self._files.values():
                file.close()
            self._files.clear()
            self._listings.clear()

    def _thumbnails(self, sha256: str) -> BinaryIO:
        if sha256 not in self._files:
            while len(self._files) >= _KEPT:
                self._files.pop(next(iter(self._files))).close()
            try:
                self._files[sha256] = self._objects.path(sha256).open("rb")
            except FileNotFoundError:
                raise Refusal(Issue("storage.object_missing", parameters={"sha256": sha256[:12]})) from None
        return self._files[sha256]

    def _read(self, sha256: str) -> ImageListing:
        try:
            return msgspec.json.decode(self._objects.read_bytes(sha256), type=ImageListing)
        except msgspec.DecodeError:
            raise _damaged(sha256) from None


def _damaged(sha256: str) -> Refusal:
    return Refusal(Issue("storage.object_damaged", parameters={"sha256": sha256[:12]}))
