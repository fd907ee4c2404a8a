"""Watching a folder: every new image once, when it is complete, also over restarts."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from automl.runtime.image.sources import images_below


@dataclass(frozen=True)
class FileState:
    """A file as it lies there. Written over, it is another state and is looked at again."""

    name: str
    size_bytes: int
    modified_ns: int


class FolderWatch:
    """Finds images that are complete: their size and time were the same at two looks in a row.

    A file that is written slowly, or renamed to its name when it is whole, is found once it rests. `seen` are the states
    that were dealt with before, oldest first.
    """

    def __init__(self, folder: Path, seen: Iterable[FileState]) -> None:
        self.folder = folder
        self._done = {state.name: state for state in seen}
        self._resting: dict[str, FileState] = {}
        self._places: dict[str, str] = {}

    def look(self) -> list[FileState]:
        """Look once and return the images that rest and were not dealt with, oldest first."""
        there: dict[str, FileState] = {}
        self._places = {}
        for name, entry in images_below(self.folder):
            state = _state(name, entry)
            if state is not None and self._done.get(state.name) != state:
                there[state.name] = state
                self._places[state.name] = entry.path
        ready = [state for name, state in there.items() if self._resting.get(name) == state]
        self._resting = there
        return sorted(ready, key=lambda state: (state.modified_ns, state.name))

    def place_of(self, state: FileState) -> Path:
        """Return where a file of the last look lies: names are shown readable, whatever the system calls the file."""
        return Path(self._places[state.name])

    def done(self, state: FileState) -> None:
        """Note that a file was dealt with as it was."""
        self._done[state.name] = state
        self._resting.pop(state.name, None)


def _state(name: str, entry: os.DirEntry[str]) -> FileState | None:
    """The state of a file; None when it is gone by now or nobody may look."""
    try:
        status = entry.stat()
    except OSError:
        return None
    return FileState(name, status.st_size, status.st_mtime_ns)
