"""The files of a zip, read where they are: nothing is unpacked to a disk, no name leaves the archive, bombs are passed over."""

import stat
import zipfile
from pathlib import Path, PurePosixPath
from types import TracebackType

from automl.data.images.files import (
    LARGEST_FILE,
    FileUnreadableError,
    in_natural_order,
    is_hidden,
    require_modest,
)
from automl.domain.issues import Issue, Refusal, Where
from automl.runtime.image.file_names import name_in_zip
from automl.runtime.zip_damage import ZIP_DAMAGE

_FREE_OF_RATIO = 16 << 20
_MOST_RATIO = 200
_DAMAGE = (*ZIP_DAMAGE, OSError)


class ZipFiles:
    """Files of a zip. Raises Refusal when it is none; use it as a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._archive = zipfile.ZipFile(path)
            entries = self._archive.infolist()
        except _DAMAGE as error:
            parameters = {"file": path.name, "reason": str(error)}
            raise Refusal(
                Issue("images.zip_damaged", parameters={**parameters}, where=Where(file=path.name))
            ) from error
        require_modest(len(entries), path)
        named = ((name_in_zip(entry), entry) for entry in entries if _is_plain_file(entry))
        self._found = {name: entry for name, entry in named if _stays_inside(name) and not is_hidden(name)}
        self._names = in_natural_order(self._found)

    def __enter__(self) -> "ZipFiles":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def names(self) -> tuple[str, ...]:
        """Return the names of all files, 2 before 10."""
        return self._names

    def size(self, name: str) -> int:
        """Return the size the archive promises."""
        return self._found[name].file_size

    def read(self, name: str) -> bytes:
        """Return the content of a file; more than the archive promised is never unpacked."""
        entry = self._found[name]
        bomb = entry.file_size > _FREE_OF_RATIO and entry.file_size > _MOST_RATIO * max(1, entry.compress_size)
        if bomb or entry.file_size > LARGEST_FILE:
            raise FileUnreadableError(f"{entry.file_size} bytes")
        try:
            return self._archive.read(entry)
        except _DAMAGE as error:
            raise FileUnreadableError(str(error)) from error


def _is_plain_file(entry: zipfile.ZipInfo) -> bool:
    mode = entry.external_attr >> 16
    return not entry.is_dir() and not (mode and stat.S_IFMT(mode) and not stat.S_ISREG(mode))


def _stays_inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(name) and not name.startswith("/") and ".." not in parts and ":" not in name and "\x00" not in name
