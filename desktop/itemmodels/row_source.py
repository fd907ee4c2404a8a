"""Rows of a table, fetched when they come into view and kept for a while, so that a million rows scroll like a hundred."""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Sequence

_KEPT_ROWS = 512

Row = tuple[int, Sequence[str]]
FetchRows = Callable[[int, int], Sequence[Row]]


class RowSource:
    """Rows by position. `fetch(start, count)` reads from storage; a row is its number in the file and its cells as text."""

    def __init__(self, fetch: FetchRows, row_count: int) -> None:
        self._fetch = fetch
        self._row_count = row_count
        self._rows: OrderedDict[int, Row] = OrderedDict()

    def __len__(self) -> int:
        return self._row_count

    def row(self, position: int) -> Row:
        """Return the row at a position counted from 0."""
        if position not in self._rows:
            self._rows[position] = self._fetch(position, 1)[0]
            if len(self._rows) > _KEPT_ROWS:
                self._rows.popitem(last=False)
        self._rows.move_to_end(position)
        return self._rows[position]

    def positions_of(self, row_numbers: Sequence[int]) -> tuple[int, ...]:
        """Return where rows of these numbers stand, in ascending order; numbers that are not there are passed over."""
        positions = (self._position_of(number) for number in sorted(set(row_numbers)))
        return tuple(position for position in positions if position is not None)

    def _position_of(self, row_number: int) -> int | None:
        # Row numbers ascend, and rows left out while reading only ever move a row forward.
        highest = min(row_number, self._row_count)
        if highest < 1:
            return None
        if self._number_at(highest - 1) == row_number:
            return highest - 1
        found = bisect_left(range(highest), row_number, key=self._number_at)
        return found if found < highest and self._number_at(found) == row_number else None

    def _number_at(self, position: int) -> int:
        return self._fetch(position, 1)[0][0]
