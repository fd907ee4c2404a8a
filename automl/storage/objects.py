"""Files known by what is in them: stored once under their SHA-256, read-only, never changed."""

import hashlib
import shutil
import stat
from pathlib import Path

from automl.domain.issues import Issue, Refusal
from automl.storage import atomic

_CHUNK = 1 << 20


class ObjectStore:
    """The folder objects/ab/<sha256>."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Where the object lies or would lie."""
        return self._folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether the object is there."""
        return self.path(sha256).is_file()

    def put_bytes(self, content: bytes) -> str:
        """Store bytes and return their SHA-256."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        if not target.is_file():
            with self._room_for(target) as scratch:
                scratch.write_bytes(content)
            _forbid_writing(target)
        return sha256

    def put_file(self, source: Path) -> str:
        """Store a copy of a file and return its SHA-256."""
        sha256 = file_sha256(source)
        target = self.path(sha256)
        if not target.is_file():
            with self._room_for(target) as scratch:
                shutil.copyfile(source, scratch)
            _forbid_writing(target)
        return sha256

    def read_bytes(self, sha256: str) -> bytes:
        """Return the content. Raises Refusal when the object is gone or is no longer what its name says."""
        try:
            content = self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise Refusal(Issue("storage.object_missing", parameters={"sha256": sha256[:12]})) from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Refusal(Issue("storage.object_damaged", parameters={"sha256": sha256[:12]}))
        return content

    def discard(self, sha256: str) -> None:
        """Remove an object that nothing came to refer to, because the work it was stored for failed."""
        with atomic.refused(self.path(sha256)):
            self.path(sha256).unlink(missing_ok=True)

    def _room_for(self, target: Path) -> atomic.Scratch:
        with atomic.refused(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        return atomic.beside(target)


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's content in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _forbid_writing(path: Path) -> None:
    path.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
