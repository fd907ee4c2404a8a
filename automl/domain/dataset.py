"""A dataset as Lathe keeps it: an immutable snapshot of a file, what is in it and what was found in it."""

from enum import StrEnum

import msgspec

from automl.domain.issues import Issue
from automl.domain.recipe import RecipeStep, apply_to_schema
from automl.domain.schema import ColumnType, Schema


class DataKind(StrEnum):
    """What a dataset is made of."""

    TABLE = "table"
    IMAGES = "images"


class ReadOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a file is read. Empty or None means "find out"; the answer is stored with every value set.

    `header_row` counts lines from 1, 0 means there is no header. `accept_repairs` writes the probable repair of a damaged
    row into Lathe's own copy; `skip_damaged_rows` goes on without those that have none.
    """

    encoding: str = ""
    delimiter: str = ""
    header_row: int | None = None
    sheet: str = ""
    skip_damaged_rows: bool = False
    accept_repairs: bool = False


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a dataset came from: file name (no folder), its size, its SHA-256 and how it was read."""

    file_name: str
    size_bytes: int
    sha256: str
    options: ReadOptions


class Histogram(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts of a column: `edges` (len(counts) + 1 numbers, times as epoch seconds) or `labels` (one a bar)."""

    counts: tuple[int, ...]
    edges: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()


class ColumnProfile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one column holds. Numbers and times (epoch seconds, UTC) have the range fields; texts have `top_values`."""

    name: str
    type: ColumnType
    missing: int
    distinct: int
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    median: float | None = None
    quartiles: tuple[float, float] | None = None
    top_values: tuple[tuple[str, int], ...] = ()
    histogram: Histogram = msgspec.field(default_factory=lambda: Histogram(counts=()))


class DatasetProfile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The profile of a dataset and the findings of all checks, most severe first."""

    row_count: int
    columns: tuple[ColumnProfile, ...]
    findings: tuple[Issue, ...]
    suggested_target: str = ""
    other_targets: tuple[str, ...] = ()
    suggested_time: str = ""
    suggested_group: str = ""


class DatasetVersion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One imported state of the data. `snapshot`, `pages` name immutable objects by SHA-256; `fingerprint` is over all cells.

    `schema` is as proposed at import; `proposed_steps` are the corrections Lathe made by itself (they start the recipe).
    Of images, `snapshot` is the listing (JSON of `automl.domain.images.ImageListing`), `pages` the file of all thumbnails
    (JPEGs one behind the other), `row_count` the number of images and `fingerprint` is over all paths, contents and classes.
    """

    number: int
    source: Source
    snapshot: str
    pages: str
    fingerprint: str
    row_count: int
    schema: Schema
    proposed_steps: tuple[RecipeStep, ...]
    created: str
    kind: DataKind = DataKind.TABLE


class Dataset(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A dataset version together with the recipe in force."""

    version: DatasetVersion
    steps: tuple[RecipeStep, ...]

    def schema(self) -> Schema:
        """Return the schema after the recipe."""
        return apply_to_schema(self.version.schema, self.steps)
