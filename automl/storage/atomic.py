"""Files that are written whole or not at all: write beside, flush to the disk, rename."""

import errno
import os
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from automl.domain.issues import Issue, Refusal, Where

SCRATCH_SUFFIX = ".part"
Scratch = AbstractContextManager[Path]
_CODES = {
    errno.ENOSPC: "storage.disk_full",
    errno.EDQUOT: "storage.disk_full",
    errno.EFBIG: "storage.disk_full",
    errno.EACCES: "storage.not_allowed",
    errno.EPERM: "storage.not_allowed",
    errno.EROFS: "storage.not_allowed",
    errno.ENAMETOOLONG: "storage.name_too_long",
}


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or leave what was there. Raises Refusal for a full disk or a folder that may not be written."""
    with beside(path) as scratch, scratch.open("wb") as file:
        file.write(content)


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a path in the same folder to write to; it becomes `path` when the block ends well and disappears otherwise."""
    scratch = path.with_name(f".{uuid.uuid4().hex}{SCRATCH_SUFFIX}")
    with refused(path):
        try:
            yield scratch
            publish(scratch, path)
        finally:
            scratch.unlink(missing_ok=True)


def publish(scratch: Path, path: Path) -> None:
    """Make a finished file durable under its final name; both lie in the same folder or on the same disk."""
    flush_file(scratch)
    scratch.replace(path)
    flush_folder(path.parent)


def flush_file(path: Path) -> None:
    """Wait until the disk has the file's content."""
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Wait until the disk has the folder's names. Windows keeps them safe by itself."""
    if os.name != "nt":
        flush_file(folder)


@contextmanager
def refused(path: Path) -> Iterator[None]:
    """Turn the troubles of a disk that a person can solve into a Refusal; anything else stays the fault it is."""
    try:
        yield
    except OSError as error:
        code = _CODES.get(error.errno or 0)
        if code is None:
            raise
        raise Refusal(Issue(code, parameters={"path": str(path)}, where=Where(file=path.name))) from error
