"""What every reader does: look at a file, and write all its cells as text into a snapshot."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from automl.data.connection import Progress
from automl.domain.dataset import ReadOptions
from automl.domain.inspection import FileInspection
from automl.domain.issues import Issue

COLUMN_LIMIT = 5_000
NAME_LIMIT = 500


@dataclass(frozen=True)
class Probe:
    """A first look: how the file seems to be written, its column names and first rows of text."""

    options: ReadOptions
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadResult:
    """A file that was read whole.

    `options` are those given with every value found out; `issues` tell what a person should know about the reading.
    `inspection` shows how the file is written, and damaged lines that were skipped or repaired.
    """

    names: tuple[str, ...]
    options: ReadOptions
    inspection: FileInspection
    issues: tuple[Issue, ...] = ()


class DamagedRows(Exception):
    """Some rows could not be read and nobody said to go on without them. `inspection` shows them."""

    def __init__(self, issue: Issue, inspection: FileInspection) -> None:
        super().__init__(issue.code)
        self.issue = issue
        self.inspection = inspection


class Reader(Protocol):
    """Reads one kind of file. Raises Refusal for what it cannot use."""

    extensions: tuple[str, ...]

    def probe(self, path: Path, options: ReadOptions) -> Probe:
        """Look at the beginning of a file only."""
        ...

    def read(self, path: Path, options: ReadOptions, snapshot: Path, work: Path, progress: Progress) -> ReadResult:
        """Write all rows into `snapshot` (Parquet); `work` is an empty folder for intermediate files.

        Raises DamagedRows when rows are damaged and `options` neither skip nor repair them; `progress` may raise to stop.
        """
        ...
