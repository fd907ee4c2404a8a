"""The weights a project holds: each file once under its SHA-256, beside it what is known of it."""

import shutil
import stat
from collections.abc import Iterable
from pathlib import Path

import msgspec

from automl.domain.issues import Issue, Refusal, Where
from automl.domain.weights import WeightsRecord
from automl.storage import atomic

_SUFFIX = ".safetensors"


class WeightsStore:
    """The folder weights/: SHA256.safetensors, SHA256.json, and graphs made of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Where the file of weights lies or would lie."""
        return self._folder / f"{sha256}{_SUFFIX}"

    @property
    def folder(self) -> Path:
        """The folder; it need not be there."""
        return self._folder

    def records(self) -> tuple[WeightsRecord, ...]:
        """Return all weights, oldest first. Raises Refusal when a record is damaged."""
        found = [_read(path) for path in sorted(self._folder.glob("*.json"))]
        return tuple(sorted(found, key=lambda each: (each.added, each.sha256)))

    def add(self, record: WeightsRecord, file: Path, graphs: Iterable[Path] = ()) -> None:
        """Keep a copy of a file under the SHA-256 of its record, and graphs made of it under their names.

        The record comes last, so half of it never counts.
        """
        with atomic.refused(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        for source, target in ((file, self.path(record.sha256)), *((one, self._folder / one.name) for one in graphs)):
            if not target.is_file():
                with atomic.beside(target) as scratch:
                    shutil.copyfile(source, scratch)
                target.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        atomic.write_bytes(self._record_path(record.sha256), msgspec.json.encode(record))

    def remove(self, sha256: str) -> None:
        """Forget weights and the graphs made of them. Models trained on them carry what they need."""
        with atomic.refused(self._folder):
            self._record_path(sha256).unlink(missing_ok=True)
            for path in self._folder.glob(f"{sha256}*"):
                path.chmod(stat.S_IRUSR | stat.S_IWUSR)
                path.unlink()

    def _record_path(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.json"


def _read(path: Path) -> WeightsRecord:
    try:
        return msgspec.json.decode(path.read_bytes(), type=WeightsRecord)
    except msgspec.DecodeError:
        raise Refusal(
            Issue("storage.file_damaged", parameters={"path": str(path)}, where=Where(file=path.name))
        ) from None
