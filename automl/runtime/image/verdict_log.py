"""The answers of a watched folder: one line an image, written through at once, read back after a restart."""

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

from automl.runtime.csv_writing import PredictionsWriter, as_meant
from automl.runtime.image.answers import PATH, titles
from automl.runtime.image.watching import FileState
from automl.runtime.image_manifest import ImageManifest
from automl.runtime.problems import refused

TIME, SIZE, MODIFIED = "time", "size_bytes", "modified_ns"
_ENCODING = "utf-8-sig"


def log_titles(manifest: ImageManifest) -> tuple[str, ...]:
    """Return the header of a verdict log: when, the answer, and which state of the file it is about."""
    return (TIME, *titles(manifest), SIZE, MODIFIED)


class VerdictLog:
    """Appends lines to a CSV. A line that was torn when the power went is cut off, and its image is looked at again.

    Somebody may have the file open in a program that locks it: lines wait until it can be written.
    """

    def __init__(self, path: Path, manifest: ImageManifest) -> None:
        self._path = path
        self._titles = log_titles(manifest)
        self._waiting: list[str] = []
        self.seen: list[FileState] = []
        try:
            self._begin()
        except OSError as error:
            raise refused("predict.cannot_write", file=path.name, reason=error.strerror or str(error)) from error

    def add(self, cells: Sequence[str]) -> bool:
        """Write one line and all that wait; returns whether they are on the disk now."""
        text = io.StringIO(newline="")
        PredictionsWriter(text).write([cells])
        self._waiting.append(text.getvalue())
        return self.flush()

    def flush(self) -> bool:
        """Try to write what waits."""
        if not self._waiting:
            return True
        try:
            with self._path.open("ab") as file:
                file.write("".join(self._waiting).encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            return False
        self._waiting.clear()
        return True

    def _begin(self) -> None:
        if not self._path.exists() or self._path.stat().st_size == 0:
            text = io.StringIO(newline="")
            csv.writer(text).writerow(self._titles)
            self._path.write_bytes(text.getvalue().encode(_ENCODING))
            return
        content = self._path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        self._take_back(whole)
        if len(whole) < len(content):
            with self._path.open("r+b") as file:
                file.truncate(len(whole))

    def _take_back(self, content: bytes) -> None:
        try:
            lines = csv.reader(io.StringIO(content.decode(_ENCODING), newline=""))
            found = next(lines, [])
            if tuple(found) != self._titles:
                raise refused("predict.other_answers", file=self._path.name)
            places = [self._titles.index(name) for name in (PATH, SIZE, MODIFIED)]
            for line in lines:
                name, size, modified = (line[place] for place in places)
                self.seen.append(FileState(as_meant(name), int(size), int(modified)))
        except (csv.Error, UnicodeError, ValueError, IndexError) as error:
            raise refused("predict.other_answers", file=self._path.name) from error
