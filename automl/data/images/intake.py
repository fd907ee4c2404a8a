"""Image files become stored images: read, decoded, measured and kept by content, several at once, in their order."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from itertools import islice
from pathlib import PurePosixPath

from automl.data.connection import Progress
from automl.data.images.album import AlbumWriter
from automl.data.images.files import FileUnreadableError, ImageFiles
from automl.data.images.measure import as_png, measure
from automl.data.images.readers.base import FoundLabels, Said
from automl.data.images.readers.registry import LABEL_EXTENSIONS
from automl.data.images.stored import StoredImage, UnreadableFile
from automl.data.images.zip_files import ZipFiles
from automl.domain.dataset import ReadOptions, Source
from automl.domain.images import IMAGE_EXTENSIONS
from automl.domain.issues import Issue, Parameter, Refusal, Severity, Where
from automl.runtime.image.decode import MOST_PIXELS, UnreadableImageError, decode
from automl.storage.objects import ObjectStore, file_sha256

# More would hold more decoded images in memory at once; waiting for the disk is what several threads save most.
_THREADS = 4
_WAITING = 4 * _THREADS
_NAMED = 5
_TOO_LARGE = ("image.too_large", "image.too_deep")


class Intake:
    """Takes in the images of one import, one after the other, and remembers what there is to tell about them."""

    def __init__(self, files: ImageFiles, images: Sequence[str], found: FoundLabels) -> None:
        self._files = files
        self._found = found
        self._wanted = [name for name in images if name not in found.left_out]
        self._twins = _with_another_ending(images)
        self._masks = len(images) - len(self._wanted)
        self._unreadable: list[UnreadableFile] = []
        self._known = 0
        self._size = 0
        self._digest = hashlib.sha256()

    def run(self, objects: ObjectStore, album: AlbumWriter, new_objects: set[str], progress: Progress) -> None:
        """Store every image and enter it into the album; `new_objects` hears of every object that was not there before."""
        progress(0.0, 1.0)
        store = _Store(objects, new_objects)
        taking = _take_in(self._files, self._wanted, store, lambda done: progress(done, len(self._wanted)))
        with closing(taking):
            for one in taking:
                self._enter(one, album)

    def _enter(self, one: StoredImage | UnreadableFile, album: AlbumWriter) -> None:
        if isinstance(one, UnreadableFile):
            self._unreadable.append(one)
        elif one.measured.two_valued and one.name in self._twins:
            self._masks += 1
        else:
            self._size += one.size_bytes
            self._digest.update(f"{one.sha256} {one.name}\n".encode())
            if not album.add(one, self._found.said.get(one.name, Said())):
                self._known += 1

    def require_new(self, album: AlbumWriter) -> None:
        """Raise Refusal when no image came in."""
        if album.added:
            return
        name = self._files.path.name
        parameters: dict[str, Parameter] = {"file": name, "count": self._known or len(self._unreadable)}
        code = "images.nothing_new" if self._known else "images.none_readable"
        raise Refusal(Issue(code, parameters=parameters, where=Where(file=name)), *self.issues())

    def source(self, options: ReadOptions) -> Source:
        """Return where the images came from; the hash is that of a zip, else over the names and contents of all images."""
        path = self._files.path
        if isinstance(self._files, ZipFiles):
            return Source(path.name, path.stat().st_size, file_sha256(path), options)
        return Source(path.name, self._size, self._digest.hexdigest(), options)

    def issues(self) -> tuple[Issue, ...]:
        """Return what a person should know about the files."""
        found: list[Issue] = []
        too_large = [one for one in self._unreadable if one.code in _TOO_LARGE]
        damaged = [one for one in self._unreadable if one.code not in _TOO_LARGE]
        if damaged:
            found.append(Issue("images.unreadable", Severity.LOOK, _named(damaged)))
        if too_large:
            limit: dict[str, Parameter] = {"limit": MOST_PIXELS // 1_000_000}
            found.append(Issue("images.too_large", Severity.LOOK, _named(too_large) | limit))
        if self._masks:
            found.append(Issue("images.masks_left_out", Severity.INFO, {"count": self._masks}))
        others = _neither_images_nor_labels(self._files.names())
        if others:
            kinds = ", ".join(ending or "?" for ending, _ in others.most_common(_NAMED))
            found.append(Issue("images.others_left_out", Severity.INFO, {"count": others.total(), "kinds": kinds}))
        if self._known:
            found.append(Issue("images.known_left_out", Severity.INFO, {"count": self._known}))
        return tuple(found)


def _named(unreadable: Sequence[UnreadableFile]) -> dict[str, Parameter]:
    names = [one.name for one in unreadable[:_NAMED]] + ["…"] * (len(unreadable) > _NAMED)
    return {"count": len(unreadable), "names": ", ".join(names)}


def _neither_images_nor_labels(names: Sequence[str]) -> Counter[str]:
    """How many files of other kinds there are, by their ending."""
    endings = (PurePosixPath(name).suffix.lower() for name in names)
    return Counter(ending for ending in endings if ending not in (*IMAGE_EXTENSIONS, *LABEL_EXTENSIONS))


def _with_another_ending(names: Sequence[str]) -> frozenset[str]:
    """PNG and other lossless images beside one of the same name with another ending, as masks often lie beside images."""
    stems: dict[str, int] = {}
    for name in names:
        stems[name.rpartition(".")[0]] = stems.get(name.rpartition(".")[0], 0) + 1
    return frozenset(
        name for name in names if stems[name.rpartition(".")[0]] > 1 and not name.lower().endswith((".jpg", ".jpeg"))
    )


class _Store:
    """Stores contents and notes at once, whatever becomes of the import, which of them were not there before."""

    def __init__(self, objects: ObjectStore, new: set[str]) -> None:
        self._objects = objects
        self._new = new

    def put(self, content: bytes) -> str:
        """Store a content and return its name. Any thread may ask."""
        sha256 = hashlib.sha256(content).hexdigest()
        if not self._objects.has(sha256):
            self._new.add(sha256)
        return self._objects.put_bytes(content)


def _take_in(
    files: ImageFiles, names: Sequence[str], store: _Store, after_each: Callable[[int], None]
) -> Generator[StoredImage | UnreadableFile, None, None]:
    """Read and store images one after the other. `after_each` hears how many are done and may raise to stop."""
    waiting: list[Future[StoredImage | UnreadableFile]] = []
    rest = iter(names)
    with ThreadPoolExecutor(min(_THREADS, max(2, os.cpu_count() or 2)), "images") as pool:
        try:
            waiting.extend(pool.submit(_take_one, files, name, store) for name in islice(rest, _WAITING))
            done = 0
            while waiting:
                result = waiting.pop(0).result()
                waiting.extend(pool.submit(_take_one, files, name, store) for name in islice(rest, 1))
                done += 1
                yield result
                after_each(done)
        finally:
            for each in waiting:
                each.cancel()


def _take_one(files: ImageFiles, name: str, store: _Store) -> StoredImage | UnreadableFile:
    try:
        content = files.read(name)
        decoded = decode(content)
    except FileUnreadableError:
        return UnreadableFile(name)
    except UnreadableImageError as error:
        return UnreadableFile(name, error.code)
    height, width, _ = decoded.pixels.shape
    return StoredImage(
        name=name,
        sha256=store.put(content),
        size_bytes=len(content),
        width=width,
        height=height,
        channels=decoded.channels,
        bits=decoded.bits,
        measured=measure(decoded),
        shown="" if decoded.plain else store.put(as_png(decoded)),
    )
