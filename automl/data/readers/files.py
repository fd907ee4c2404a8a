"""Whether a file can be opened at all, said in words a person can act on."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from automl.domain.issues import Issue, Refusal, Where

_CODES = {
    errno.ENOENT: "data.file_missing",
    errno.ENOTDIR: "data.file_missing",
    errno.ENAMETOOLONG: "data.file_missing",
    errno.EACCES: "data.file_not_allowed",
    errno.EPERM: "data.file_not_allowed",
    errno.EBUSY: "data.file_in_use",
    errno.EISDIR: "data.file_is_folder",
}


def refusal(code: str, path: Path, **parameters: str | int | float | bool) -> Refusal:
    """Return the refusal of a file: its name is always among the parameters."""
    return Refusal(Issue(code, parameters={"file": path.name, **parameters}, where=Where(file=path.name)))


def require_readable(path: Path) -> int:
    """Return the size of a file in bytes. Raises Refusal when it is missing, a folder, forbidden or empty."""
    with reading(path):
        if path.is_dir():
            raise refusal("data.file_is_folder", path)
        with path.open("rb") as file:
            size = file.seek(0, 2)
    if size == 0:
        raise refusal("data.file_empty", path)
    return size


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn the operating system's reasons why a file cannot be read into a Refusal."""
    try:
        yield
    except OSError as error:
        code = _CODES.get(error.errno or 0, "data.file_unreadable")
        raise refusal(code, path, reason=error.strerror or "") from error
    except ValueError as error:
        if "null" not in str(error):
            raise
        raise refusal("data.file_missing", path, reason="") from error
