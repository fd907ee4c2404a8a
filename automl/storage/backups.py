"""Copies of the database, made when a project is opened, for the day the database is damaged."""

from datetime import UTC, datetime
from pathlib import Path

from automl.storage import atomic
from automl.storage.database import Database

KEPT = 3


class Backups:
    """The folder backups/ of a project."""

    def __init__(self, project_folder: Path) -> None:
        self._folder = project_folder / "backups"
        self._original = project_folder / "project.sqlite"

    def all(self) -> tuple[Path, ...]:
        """Return the copies, newest first."""
        return tuple(sorted(self._folder.glob("project-*.sqlite"), reverse=True))

    def newest(self) -> Path | None:
        """Return the newest copy, None when there is none."""
        return next(iter(self.all()), None)

    def make(self, database: Database) -> None:
        """Copy the database unless nothing was written since the last copy; keep the newest three."""
        newest = self.newest()
        if newest is not None and self._last_written() <= newest.stat().st_mtime_ns:
            return
        self._folder.mkdir(exist_ok=True)
        name = f"project-{datetime.now(UTC).strftime('%Y%m%dT%H%M%S%f')}.sqlite"
        with atomic.beside(self._folder / name) as scratch:
            database.copy_to(scratch)
        for old in self.all()[KEPT:]:
            old.unlink(missing_ok=True)

    def restore(self, copy: Path) -> Path:
        """Put the damaged database aside and a copy in its place; return where the damaged one lies now."""
        aside = self._folder / f"damaged-{datetime.now(UTC).strftime('%Y%m%dT%H%M%S%f')}.sqlite"
        content = copy.read_bytes()
        with atomic.refused(self._original):
            if self._original.exists():
                self._original.replace(aside)
            for suffix in ("-wal", "-shm"):
                self._original.with_name(self._original.name + suffix).unlink(missing_ok=True)
        atomic.write_bytes(self._original, content)
        return aside

    def _last_written(self) -> int:
        log = self._original.with_name(self._original.name + "-wal")
        return max(path.stat().st_mtime_ns for path in (self._original, log) if path.exists())
