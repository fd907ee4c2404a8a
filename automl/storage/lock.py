"""One writer a project. The lock is the operating system's, so it dies with its process; beside it stands who holds it."""

import os
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from automl.domain.project import Holder
from automl.storage import atomic, clock


class ProjectLock:
    """The right to change a project, held from `acquire` to `release` or to the end of the process."""

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / "project.lock", timeout=0)
        self._about = folder / "project.lock.json"

    def acquire(self) -> Holder | None:
        """Take the lock and return None, or return who has it. Raises Refusal where nothing may be written."""
        with atomic.refused(self._about.parent):
            try:
                self._lock.acquire()
            except Timeout:
                return self._holder()
        myself = Holder(clock.user_name(), clock.computer_name(), clock.now(), os.getpid())
        try:
            atomic.write_bytes(self._about, msgspec.json.encode(myself))
        except BaseException:
            self._lock.release()
            raise
        return None

    def release(self) -> None:
        """Give the lock back; nothing happens when it is not held."""
        if self._lock.is_locked:
            self._about.unlink(missing_ok=True)
            self._lock.release()

    def _holder(self) -> Holder:
        try:
            return msgspec.json.decode(self._about.read_bytes(), type=Holder)
        except (OSError, msgspec.DecodeError):
            return Holder(user="", computer="", since="", process=0)
