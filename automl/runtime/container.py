"""A bundle as a folder or a zip: names to bytes, checked before anything is read, nothing ever written or run."""

import os
import stat
import struct
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from automl.runtime.member_names import REQUIRED, can_run_programs, check_name, is_left_beside
from automl.runtime.problems import refused
from automl.runtime.zip_damage import ZIP_DAMAGE

MOST_FILES = 200
MOST_BYTES = 2 * 1024**3
MOST_RATIO = 100
FREE_OF_RATIO = 1024**2
DEEPEST_FOLDER = 4

_ZIP_START, _ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
_LOCAL_HEADER, _END_SIZE, _LARGEST_ENTRY = 30, 22, 512
_ENCRYPTED = 0x1


class Container(ABC):
    """The files of one bundle by name. `read` gives the bytes as they are now; hashes are the opener's business."""

    def __init__(self, path: Path, names: frozenset[str]) -> None:
        self.path = path
        self.names = names

    @abstractmethod
    def read(self, name: str) -> bytes:
        """Return the bytes of one file. Refuses when it cannot be read."""


def open_container(path: Path) -> Container:
    """Look at a folder or a zip and refuse everything that is not exactly the files of a bundle."""
    try:
        if path.is_dir():
            return _Folder(path)
        if not path.exists():
            raise refused("bundle.not_found", file=path.name)
        with path.open("rb") as file:
            start = file.read(8)
        if not start.startswith(_ZIP_START):
            code = "bundle.can_run_programs" if _holds_objects(path, start) else "bundle.not_a_bundle"
            raise refused(code, file=path.name)
        return _Zip(path)
    except OSError as error:
        raise refused("bundle.unreadable", file=path.name, reason=error.strerror or str(error)) from error


def _holds_objects(path: Path, start: bytes) -> bool:
    is_pickle = start[:1] == b"\x80" and start[1:2] in b"\x01\x02\x03\x04\x05"
    return is_pickle or can_run_programs(path.name)


class _Folder(Container):
    def __init__(self, path: Path) -> None:
        if not any(path.joinpath(*name.split("/")).exists() for name in REQUIRED):
            raise refused("bundle.not_a_bundle", file=path.name)
        names: list[str] = []
        total = 0
        for name, status in _walk(path):
            if is_left_beside(name):
                continue
            if not stat.S_ISREG(status.st_mode):
                raise refused("bundle.unsafe_name", file=name)
            check_name(name)
            names.append(name)
            total += status.st_size
            _check_amount(len(names), total, path.name)
        _check_complete(names)
        super().__init__(path, frozenset(names))

    def read(self, name: str) -> bytes:
        try:
            return self.path.joinpath(*name.split("/")).read_bytes()
        except OSError as error:
            raise refused("bundle.unreadable", file=name, reason=error.strerror or str(error)) from error


def _walk(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below a folder with its status, links and other special files as themselves."""
    open_folders = [folder]
    while open_folders:
        current = open_folders.pop()
        for entry in sorted(os.scandir(current), key=lambda entry: entry.name):
            name = Path(entry.path).relative_to(folder).as_posix()
            status = entry.stat(follow_symlinks=False)
            leads_elsewhere = getattr(status, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_REPARSE_POINT
            if not stat.S_ISDIR(status.st_mode) or leads_elsewhere:
                yield name, status
            elif name.count("/") >= DEEPEST_FOLDER:
                raise refused("bundle.extra_file", file=name)
            else:
                open_folders.append(Path(entry.path))


class _Zip(Container):
    def __init__(self, path: Path) -> None:
        directory_start = _check_end(path)
        with _readable_zip(path) as (archive, file):
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            _check_amount(len(entries), sum(entry.file_size for entry in entries), path.name)
            if not REQUIRED.intersection(names):
                holds_objects = any(can_run_programs(name) for name in names)
                raise refused("bundle.can_run_programs" if holds_objects else "bundle.not_a_bundle", file=path.name)
            for entry in entries:
                _check_entry(entry)
            repeated = next((name for name in names if names.count(name) > 1), None)
            if repeated is not None:
                raise refused("bundle.repeated_file", file=repeated)
            _check_complete(names)
            _check_nothing_between(entries, file, directory_start, path.name)
        super().__init__(path, frozenset(names))

    def read(self, name: str) -> bytes:
        with _readable_zip(self.path) as (archive, _):
            return archive.read(name)


@contextmanager
def _readable_zip(path: Path) -> Iterator[tuple[zipfile.ZipFile, BinaryIO]]:
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            yield archive, file
    except ZIP_DAMAGE as error:
        raise refused("bundle.damaged_zip", file=path.name, reason=str(error)) from error
    except OSError as error:
        raise refused("bundle.unreadable", file=path.name, reason=error.strerror or str(error)) from error


def _check_entry(entry: zipfile.ZipInfo) -> None:
    mode = entry.external_attr >> 16
    if entry.orig_filename != entry.filename or (mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode)):
        raise refused("bundle.unsafe_name", file=entry.orig_filename)
    check_name(entry.filename)
    stored_plainly = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if entry.flag_bits & _ENCRYPTED or not stored_plainly:
        raise refused("bundle.damaged_zip", file=entry.filename, reason="compression")
    if entry.file_size > FREE_OF_RATIO and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
        raise refused("bundle.too_large", file=entry.filename)


def _check_end(path: Path) -> int:
    """Return where the directory begins, which must end the file and be small: looked at before it is read as a whole."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _END_SIZE))
        end = file.read(_END_SIZE)
    if len(end) < _END_SIZE or not end.startswith(_ZIP_END):
        raise refused("bundle.damaged_zip", file=path.name, reason="end")
    count, directory_size, directory_start = struct.unpack("<HLL", end[10:20])
    if count > MOST_FILES or directory_size > MOST_FILES * _LARGEST_ENTRY:
        raise refused("bundle.too_large", file=path.name)
    if directory_start + directory_size + _END_SIZE != size:
        raise refused("bundle.damaged_zip", file=path.name, reason="end")
    return int(directory_start)


def _check_nothing_between(entries: list[zipfile.ZipInfo], file: BinaryIO, directory_start: int, name: str) -> None:
    """The members must fill the file from its first byte to its directory: no second truth can hide between them."""
    position = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        file.seek(entry.header_offset)
        header = file.read(_LOCAL_HEADER)
        if entry.header_offset != position or len(header) < _LOCAL_HEADER:
            raise refused("bundle.damaged_zip", file=name, reason="gap")
        name_length, extra_length = struct.unpack("<HH", header[26:30])
        position += _LOCAL_HEADER + name_length + extra_length + entry.compress_size
    if position != directory_start:
        raise refused("bundle.damaged_zip", file=name, reason="gap")


def _check_amount(count: int, total: int, name: str) -> None:
    if count > MOST_FILES or total > MOST_BYTES:
        raise refused("bundle.too_large", file=name)


def _check_complete(names: list[str]) -> None:
    missing = sorted(REQUIRED.difference(names))
    if missing:
        raise refused("bundle.missing_file", file=missing[0])
