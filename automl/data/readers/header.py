"""Where the column names stand, and names that are unique and not empty."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from automl.data.readers.base import COLUMN_LIMIT, NAME_LIMIT
from automl.data.readers.files import refusal
from automl.domain.issues import Issue, Severity, Where

_VALUE = re.compile(r"[+\-−]?[\d.,\s:/\-TZ]*\d[\d.,\s:/\-TZ%]*([eE][+-]?\d+)?")
_ROWS_COMPARED = 50
_SPACE = re.compile(r"\s+")


def is_value(cell: str) -> bool:
    """Whether a cell reads like a number, a date or a time, as few column names do."""
    return _VALUE.fullmatch(cell.strip()) is not None


def names_columns(candidate: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether `candidate` names the columns of the rows `below` it, judged by how unlike them it is."""
    votes = 0.0
    for place, cell in enumerate(candidate):
        column = [row[place] for row in below[:_ROWS_COMPARED] if place < len(row) and row[place].strip()]
        if not column or not cell.strip():
            continue
        valued = sum(map(is_value, column)) > len(column) / 2
        if valued:
            votes += -1.0 if is_value(cell) else 1.0
        elif cell in column:
            votes -= 0.5
    if votes:
        return votes > 0
    return not any(is_value(cell) for cell in candidate)


def widest_agreed(counts: Sequence[int]) -> int:
    """The number of values most rows have; of several as common, the one met first."""
    return Counter(counts).most_common(1)[0][0] if counts else 0


def unique_names(header: Sequence[str], path: Path) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    """Return names that are unique and not empty, and an issue for each kind of change.

    Raises Refusal for more columns or longer names than Lathe can show.
    """
    if len(header) > COLUMN_LIMIT:
        raise refusal("data.too_many_columns", path, count=len(header), limit=COLUMN_LIMIT)
    cleaned = [_clean(name) for name in header]
    for place, name in enumerate(cleaned, start=1):
        if len(name) > NAME_LIMIT:
            raise refusal("data.name_too_long", path, position=place, length=len(name), limit=NAME_LIMIT)
    taken = {name for name in cleaned if name}
    names: list[str] = []
    used: set[str] = set()
    unnamed: list[str] = []
    renamed: list[str] = []
    for place, name in enumerate(cleaned, start=1):
        final = name
        if not name:
            final = _free(f"column_{place}", taken | used, first=1)
            unnamed.append(final)
        elif name in used:
            final = _free(name, taken | used, first=2)
            renamed.append(final)
        used.add(final)
        names.append(final)
    return tuple(names), (*_told("data.name_empty", unnamed, path), *_told("data.name_repeated", renamed, path))


def made_up_names(count: int, path: Path) -> tuple[str, ...]:
    """Names for a file without a header: column_1, column_2, …"""
    return unique_names([""] * count, path)[0]


def _clean(name: str) -> str:
    """Names keep their letters; only line breaks, zero bytes and white space around them go."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", name).replace("\x00", "").strip("\ufeff\u200b \t\r\n")).strip()


def _free(name: str, taken: set[str], first: int) -> str:
    if first == 1 and name not in taken:
        return name
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"


def _told(code: str, names: list[str], path: Path) -> tuple[Issue, ...]:
    if not names:
        return ()
    where = Where(file=path.name, column=names[0])
    return (Issue(code, Severity.INFO, {"count": len(names), "names": ", ".join(names[:5])}, where),)
