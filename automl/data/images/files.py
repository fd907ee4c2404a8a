"""The files of what is imported, by name, whether they lie in a folder or in a zip."""

import os
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from automl.domain.issues import Issue, Refusal, Where
from automl.runtime.image.file_names import shown_name
from automl.runtime.image.sources import HEATMAP_ENDING

MOST_FILES = 1_000_000
LARGEST_FILE = 1 << 30
_TRACES = ("thumbs.db", "desktop.ini", "ehthumbs.db")
# By these files a project and an unpacked bundle are known; their images are Lathe's own.
_OF_LATHE = (frozenset({"project.json", "project.sqlite"}), frozenset({"manifest.json", "manifest.sig"}))
_DIGITS = re.compile(r"(\d+)")


class ImageFiles(Protocol):
    """Names use "/" and are relative to what was imported, composed alike (NFC) so that they can be compared."""

    @property
    def path(self) -> Path:
        """What was imported."""
        ...

    def names(self) -> tuple[str, ...]:
        """Return the names of all files that count, 2 before 10; hidden ones and traces of the system do not."""
        ...

    def size(self, name: str) -> int:
        """Return the size of a file in bytes when it is unpacked."""
        ...

    def read(self, name: str) -> bytes:
        """Return the content of a file. Raises FileUnreadableError. Any thread may ask."""
        ...


class FileUnreadableError(Exception):
    """One file that cannot be read at all; `reason` is what the system said."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_hidden(name: str) -> bool:
    """Whether a file is what systems leave behind: hidden files, resource forks, thumbnail caches, heatmaps of bundles."""
    parts = name.split("/")
    last = parts[-1].lower()
    is_trace = last in _TRACES or last.endswith(HEATMAP_ENDING)
    return is_trace or any(part.startswith(".") or part == "__MACOSX" for part in parts)


def in_natural_order(names: Iterable[str]) -> tuple[str, ...]:
    """Sort names as people do: image 2 before image 10."""
    return tuple(sorted(names, key=_natural))


def require_modest(count: int, path: Path) -> None:
    """Refuse more files than anybody can mean."""
    if count > MOST_FILES:
        raise Refusal(Issue("images.too_many_files", parameters={"limit": MOST_FILES}, where=Where(file=path.name)))


def _natural(name: str) -> tuple[list[tuple[int, str]], str]:
    parts = _DIGITS.split(name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts if part], name


class FolderFiles:
    """Files of a folder, whatever deep. Links to folders are not followed, so a link in a circle does no harm."""

    def __init__(self, path: Path, found: Mapping[str, Path]) -> None:
        self.path = path
        self._found = dict(found)
        self._names = in_natural_order(self._found)

    @classmethod
    def below(cls, folder: Path) -> "FolderFiles":
        """Find every file below a folder; folders that may not be opened, projects and bundles are passed over."""
        found: dict[str, Path] = {}
        waiting = [folder]
        while waiting:
            place = waiting.pop()
            entries = _entries(place)
            if place != folder and _is_of_lathe(entries):
                continue
            for path, is_folder in entries:
                name = shown_name(path.relative_to(folder).as_posix())
                if is_hidden(name):
                    continue
                if is_folder:
                    waiting.append(path)
                else:
                    found[name] = path
                    require_modest(len(found), folder)
        return cls(folder, found)

    def names(self) -> tuple[str, ...]:
        """Return the names of all files, 2 before 10."""
        return self._names

    def path_of(self, name: str) -> Path:
        """Return where a file lies."""
        return self._found[name]

    def size(self, name: str) -> int:
        """Return the size of a file, 0 when it is gone."""
        try:
            return self._found[name].stat().st_size
        except OSError:
            return 0

    def read(self, name: str) -> bytes:
        """Return the content of a file."""
        try:
            if self._found[name].stat().st_size > LARGEST_FILE:
                raise FileUnreadableError(f"> {LARGEST_FILE} bytes")
            return self._found[name].read_bytes()
        except OSError as error:
            raise FileUnreadableError(error.strerror or str(error)) from error


def _is_of_lathe(entries: list[tuple[Path, bool]]) -> bool:
    names = {path.name for path, is_folder in entries if not is_folder}
    return any(known <= names for known in _OF_LATHE)


def _entries(folder: Path) -> list[tuple[Path, bool]]:
    """The files and real folders in a folder; what leads elsewhere or cannot be looked at is left out."""
    found = []
    try:
        for entry in os.scandir(folder):
            is_folder = entry.is_dir(follow_symlinks=False)
            attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
            leads_elsewhere = bool(attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT)
            if (is_folder and not leads_elsewhere) or (not is_folder and entry.is_file()):
                found.append((Path(entry.path), is_folder))
    except OSError:
        return found
    return found
