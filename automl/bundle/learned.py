"""What the learning rows looked like, column by column: the ranges and categories new rows are judged by."""

from collections import Counter

import msgspec
import numpy as np
from numpy.typing import NDArray

from automl.data.table import Table
from automl.runtime.row_checks import category_hash

LISTED_CATEGORIES = 1_000
HASHED_CATEGORIES = 100_000


class LearnedColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One input column in the learning rows. Numbers and times have the range; texts the categories, most frequent first.

    Beyond 1,000 categories only their hashes are kept (`category_hashes`), beyond 100,000 neither.
    """

    name: str
    missing_share: float
    minimum: float | None = None
    median: float | None = None
    maximum: float | None = None
    category_count: int = 0
    categories: tuple[str, ...] = ()
    category_hashes: tuple[str, ...] = ()


class LearnedTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All input columns of the learning rows, and how many rows there were."""

    row_count: int
    columns: tuple[LearnedColumn, ...]

    def column(self, name: str) -> LearnedColumn:
        """Return the column of that name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def learn_columns(table: Table) -> LearnedTable:
    """Look at every column of the learning rows."""
    numbers = [_learn_numbers(name, values) for name, values in table.numbers.items()]
    texts = [_learn_texts(name, values) for name, values in table.texts.items()]
    return LearnedTable(len(table), (*numbers, *texts))


def _learn_numbers(name: str, values: NDArray[np.float64]) -> LearnedColumn:
    known = values[np.isfinite(values)]
    missing_share = 1.0 - len(known) / max(1, len(values))
    if not len(known):
        return LearnedColumn(name=name, missing_share=missing_share)
    return LearnedColumn(
        name=name,
        missing_share=missing_share,
        minimum=float(known.min()),
        median=float(np.median(known)),
        maximum=float(known.max()),
    )


def _learn_texts(name: str, values: NDArray[np.object_]) -> LearnedColumn:
    counts = Counter(values.tolist())
    missing = counts.pop("", 0)
    ordered = [text for text, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    hashed = LISTED_CATEGORIES < len(ordered) <= HASHED_CATEGORIES
    return LearnedColumn(
        name=name,
        missing_share=missing / max(1, len(values)),
        category_count=len(ordered),
        categories=tuple(ordered) if len(ordered) <= LISTED_CATEGORIES else (),
        category_hashes=tuple(sorted(map(category_hash, ordered))) if hashed else (),
    )
