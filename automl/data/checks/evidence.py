"""What every check may look at."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from automl.data.connection import restricted_connection
from automl.data.table import Index, Table
from automl.data.typed_sql import select, snapshot_column, typed
from automl.data.typed_table import Unreadable, load_table, unreadable_texts
from automl.domain.dataset import ColumnProfile
from automl.domain.schema import Column, ColumnType, Role, Schema

SAMPLE_ROWS = 20_000


class Evidence:
    """A dataset under check: its snapshot, its schema after the recipe, the profiles of its columns and the target."""

    def __init__(
        self, snapshot: Path, schema: Schema, columns: Sequence[ColumnProfile], row_count: int, target: str
    ) -> None:
        self.snapshot = snapshot
        self.schema = schema
        self.columns = tuple(columns)
        self.row_count = row_count
        self.target = target
        self._profiles = {facts.name: facts for facts in columns}

    def profile(self, name: str) -> ColumnProfile:
        """Return the profile of a column."""
        return self._profiles[name]

    def place(self, name: str) -> int:
        """Return where a column stands in the file, from 0."""
        return self.schema.names().index(name)

    def usable(self) -> tuple[Column, ...]:
        """Return the columns a model could learn from: neither ignored nor the target."""
        return tuple(c for c in self.schema.columns if c.role is not Role.IGNORE and c.name != self.target)

    def typed(self, name: str) -> str:
        """Return SQL for the typed value of a column."""
        return typed(snapshot_column(self.place(name)), self.schema.column(name))

    def is_missing(self, name: str) -> str:
        """Return SQL for whether a cell of a column has no usable value."""
        value = self.typed(name)
        texts = self.schema.column(name).type in (ColumnType.TEXT, ColumnType.YES_NO)
        return f"({value} = '')" if texts else f"({value} IS NULL)"

    def rows(self, columns: Sequence[str], *clauses: str) -> list[tuple[object, ...]]:
        """Run a SELECT of SQL expressions over all rows of the snapshot."""
        with restricted_connection([self.snapshot]) as connection:
            return connection.execute(select(columns, "read_parquet(?)", *clauses), [str(self.snapshot)]).fetchall()

    def rows_of(self, columns: Sequence[str], relation: str) -> list[tuple[object, ...]]:
        """Select SQL expressions from a relation over the snapshot, which the relation names by a question mark."""
        with restricted_connection([self.snapshot]) as connection:
            return connection.execute(select(columns, f"({relation})"), [str(self.snapshot)]).fetchall()

    @cached_property
    def sample(self) -> Table:
        """At most 20,000 rows spread evenly over the dataset, with all columns, in row order."""
        names = self.schema.names()
        if self.row_count <= SAMPLE_ROWS:
            return load_table(self.snapshot, self.schema, names)
        numbers = [int(str(row[0])) for row in self.rows(("__row__",), "ORDER BY __row__")]
        picked: Index = np.linspace(0, len(numbers) - 1, SAMPLE_ROWS).astype(np.int64)
        return load_table(self.snapshot, self.schema, names, [numbers[place] for place in picked])

    @cached_property
    def unreadable(self) -> tuple[Unreadable, ...]:
        """What number and time columns cannot read."""
        return unreadable_texts(self.snapshot, self.schema, examples=20)
