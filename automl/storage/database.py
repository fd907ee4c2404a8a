"""SQLite as the record of a project: write-ahead log, every commit on the disk before it returns, one writer."""

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from automl.domain.issues import Issue, Refusal
from automl.storage.migrations import MIGRATIONS

Value = str | int | float | None
_BUSY_MILLISECONDS = 10_000
_PRIMARY_CODE = 0xFF


class Database:
    """One connection that any thread of this process may use. Raises Refusal where a disk or a damaged file is to blame."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self._guard = threading.RLock()
        with self._refused():
            self._connection = _connect(path, read_only=read_only)

    @property
    def shape(self) -> int:
        """How many migrations this database has seen."""
        return int(self.value("PRAGMA user_version", ()) or 0)

    def migrate(self) -> None:
        """Bring the database to the present shape, all of it or nothing."""
        with self.transaction():
            for number, statements in enumerate(MIGRATIONS[self.shape :], start=self.shape + 1):
                for statement in statements:
                    self.run(statement)
                self.run(f"PRAGMA user_version = {number}")

    def healthy(self) -> bool:
        """Whether SQLite finds no damage."""
        return self.value("PRAGMA quick_check(1)", ()) == "ok"

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all statements of the block or none. Blocks may stand in one another; the outermost decides."""
        with self._guard, self._refused():
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def run(self, statement: str, values: Sequence[Value] = ()) -> int:
        """Carry out one statement and return the row id of an insert."""
        with self._guard, self._refused():
            return self._connection.execute(statement, values).lastrowid or 0

    def rows(self, query: str, values: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
        """Return all rows of a query."""
        with self._guard, self._refused():
            return self._connection.execute(query, values).fetchall()

    def value(self, query: str, values: Sequence[Value] = ()) -> Value:
        """Return the first value of the first row, None when there is no row."""
        rows = self.rows(query, values)
        return rows[0][0] if rows else None

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy."""
        with self._guard, self._refused():
            copy = sqlite3.connect(path)
            try:
                self._connection.backup(copy)
            finally:
                copy.close()

    def close(self) -> None:
        """Close the connection."""
        with self._guard:
            self._connection.close()

    @contextmanager
    def _refused(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = _code_of(error)
            if code is None:
                raise
            raise Refusal(
                Issue(code, parameters={"path": str(self._path), "folder": str(self._path.parent)})
            ) from error


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    # A reader of a write-ahead log needs the -shm file; where it may not be made, nobody else writes either.
    fixed = read_only and not os.access(path.parent, os.W_OK)
    address = f"{path.resolve().as_uri()}?mode=" + ("ro&immutable=1" if fixed else "ro" if read_only else "rwc")
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
        connection.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _code_of(error: sqlite3.DatabaseError) -> str | None:
    codes = {
        sqlite3.SQLITE_FULL: "storage.disk_full",
        sqlite3.SQLITE_READONLY: "storage.not_allowed",
        sqlite3.SQLITE_CANTOPEN: "storage.not_allowed",
        sqlite3.SQLITE_CORRUPT: "project.damaged",
        sqlite3.SQLITE_NOTADB: "project.damaged",
        sqlite3.SQLITE_BUSY: "project.busy",
    }
    return codes.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE)
