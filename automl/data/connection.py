"""DuckDB kept on a short leash: no extensions, no network, only the files it was given."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

Progress = Callable[[float, float | None], None]
"""Called with work done and its total (None: unknown). It may raise to stop the work."""

_POLL_SECONDS = 0.05


def no_progress(done: float, total: float | None) -> None:
    """Take note of nothing."""
    del done, total


def part(progress: Progress, start: float, stop: float) -> Progress:
    """Return a progress whose 0 to total is `start` to `stop` of one."""

    def report(done: float, total: float | None) -> None:
        progress(start + (stop - start) * (min(done / total, 1.0) if total else 0.0), 1.0)

    return report


def text_literal(text: str) -> str:
    """Return `text` as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def restricted_connection(
    paths: Iterable[Path], spill_folder: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an in-memory database that may touch only `paths` (and `spill_folder` when a query outgrows memory)."""
    connection = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    try:
        files = ", ".join(text_literal(str(path)) for path in paths)
        spill = str(spill_folder) if spill_folder else ""
        connection.execute(f"SET temp_directory = {text_literal(spill)}")
        connection.execute(f"SET allowed_paths = [{files}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


def run_watched(connection: duckdb.DuckDBPyConnection, query: str, progress: Progress) -> None:
    """Run a long statement; `progress` is asked about stopping meanwhile, and its exception interrupts the statement."""
    failures: list[duckdb.Error] = []

    def work() -> None:
        try:
            connection.execute(query)
        except duckdb.Error as failure:
            failures.append(failure)

    thread = threading.Thread(target=work, name="duckdb-statement")
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_POLL_SECONDS)
            share = connection.query_progress()
            progress(max(share, 0.0), 100.0)
    except BaseException:
        connection.interrupt()
        thread.join()
        raise
    if failures:
        raise failures[0]
