"""The table as preprocessing, models and evaluation see it: typed columns of equal length."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Texts = NDArray[np.object_]
Index = NDArray[np.int64]


@dataclass(frozen=True)
class Table:
    """Rows of a dataset, typed.

    `row_numbers` count from 1 as in the source file. `numbers` holds NUMBER columns and TIME columns (epoch seconds of
    the clock time), NaN where missing; `texts` holds TEXT and YES_NO columns as str objects, "" where missing.
    """

    row_numbers: Index
    numbers: dict[str, Numbers]
    texts: dict[str, Texts]

    def __len__(self) -> int:
        return int(self.row_numbers.shape[0])

    def take(self, index: Index) -> "Table":
        """Return the rows at these 0-based positions, in that order."""
        return Table(
            row_numbers=self.row_numbers[index],
            numbers={name: values[index] for name, values in self.numbers.items()},
            texts={name: values[index] for name, values in self.texts.items()},
        )

    def select(self, names: Sequence[str]) -> "Table":
        """Return the same rows with only these columns; KeyError for a name the table lacks."""
        for name in names:
            if name not in self.numbers and name not in self.texts:
                raise KeyError(name)
        wanted = set(names)
        return Table(
            row_numbers=self.row_numbers,
            numbers={name: values for name, values in self.numbers.items() if name in wanted},
            texts={name: values for name, values in self.texts.items() if name in wanted},
        )

    def names(self) -> tuple[str, ...]:
        """Return the names of all columns, numbers first."""
        return (*self.numbers, *self.texts)
