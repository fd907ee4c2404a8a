"""Is a cell like those the model learned from? Each one that is not becomes an issue of its row."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from automl.runtime.parsing import NUMBER, TIME, ParsedColumn
from automl.runtime.table_manifest import InputColumn

NOT_A_NUMBER, NOT_A_TIME = "not_a_number", "not_a_time"
OUT_OF_RANGE, UNIT_SUSPECTED = "out_of_range", "unit_suspected"
UNSEEN_CATEGORY = "unseen_category"
MISSING_VALUE, EMPTY_COLUMN = "missing_value", "empty_column"
TOO_FEW_CELLS, TOO_MANY_CELLS, NO_ANSWER = "too_few_cells", "too_many_cells", "no_answer"

RARELY_MISSING = 0.01
_SHOWN_TEXT = 40


class RowIssue(NamedTuple):
    """One thing about one row, said in words by ``row_issue.<code>`` with `column`, `value`, `lower` and `upper`."""

    code: str
    column: str = ""
    value: str = ""
    lower: str = ""
    upper: str = ""


@dataclass(frozen=True)
class KnownCategories:
    """The categories of a text column as learned; none when there were too many to remember."""

    texts: frozenset[str]
    hashes: frozenset[str]

    def __contains__(self, text: str) -> bool:
        if self.hashes:
            return category_hash(text) in self.hashes
        return not self.texts or text in self.texts

    @property
    def remembered(self) -> bool:
        """Whether an unseen category can be told at all."""
        return bool(self.texts or self.hashes)


@dataclass(frozen=True)
class ColumnFinding:
    """What the first rows of a file say about a whole column: `unit_factor` in words, or that it is empty."""

    unit_factor: str = ""
    empty: bool = False


def category_hash(text: str) -> str:
    """Sixteen hexadecimal digits that stand for a category where the list itself would be too long."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def known_categories(column: InputColumn) -> KnownCategories:
    """Return the categories of a column; those of numbers and times are empty."""
    return KnownCategories(frozenset(column.categories), frozenset(column.category_hashes))


def judge_column(
    column: InputColumn,
    categories: KnownCategories,
    finding: ColumnFinding,
    texts: Sequence[str],
    parsed: ParsedColumn,
) -> Iterator[tuple[int, RowIssue]]:
    """Yield (position, issue) for every cell of a block that is unlike the learning rows."""
    if column.kind in (NUMBER, TIME):
        yield from _unreadable(column, texts, parsed.unreadable)
        yield from _outside(column, finding, texts, np.asarray(parsed.values, dtype=np.float64))
    else:
        yield from _unseen(column, categories, parsed.values)
    yield from _missing(column, finding, parsed)


def is_missing(parsed: ParsedColumn) -> NDArray[np.bool_]:
    """Which cells hold nothing, unreadable ones not counted."""
    if parsed.values.dtype == np.float64:
        return np.isnan(parsed.values.astype(np.float64)) & ~parsed.unreadable
    return np.asarray(parsed.values == "", dtype=np.bool_)


def outside_range(column: InputColumn, values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which numbers lie outside the learned range; never for times, which always go on."""
    if column.kind != NUMBER or column.minimum is None or column.maximum is None:
        return np.zeros(len(values), dtype=np.bool_)
    return (values < column.minimum) | (values > column.maximum)


def _unreadable(
    column: InputColumn, texts: Sequence[str], unreadable: NDArray[np.bool_]
) -> Iterator[tuple[int, RowIssue]]:
    code = NOT_A_NUMBER if column.kind == NUMBER else NOT_A_TIME
    for position in np.flatnonzero(unreadable).tolist():
        yield position, RowIssue(code, column.name, _shown(texts[position]))


def _outside(
    column: InputColumn, finding: ColumnFinding, texts: Sequence[str], values: NDArray[np.float64]
) -> Iterator[tuple[int, RowIssue]]:
    code = UNIT_SUSPECTED if finding.unit_factor else OUT_OF_RANGE
    for position in np.flatnonzero(outside_range(column, values)).tolist():
        shown = _shown(texts[position])
        yield position, RowIssue(code, column.name, shown, f"{column.minimum:.6g}", f"{column.maximum:.6g}")


def _unseen(
    column: InputColumn, categories: KnownCategories, values: NDArray[np.float64] | NDArray[np.object_]
) -> Iterator[tuple[int, RowIssue]]:
    if not categories.remembered:
        return
    all_texts = values.tolist()
    unseen = {text for text in set(all_texts) if text and text not in categories}
    if unseen:
        for position, text in enumerate(all_texts):
            if text in unseen:
                yield position, RowIssue(UNSEEN_CATEGORY, column.name, _shown(text))


def _missing(column: InputColumn, finding: ColumnFinding, parsed: ParsedColumn) -> Iterator[tuple[int, RowIssue]]:
    if column.missing_share >= RARELY_MISSING and not finding.empty:
        return
    code = EMPTY_COLUMN if finding.empty else MISSING_VALUE
    for position in np.flatnonzero(is_missing(parsed)).tolist():
        yield position, RowIssue(code, column.name)


def _shown(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _SHOWN_TEXT else text[: _SHOWN_TEXT - 1] + "…"
