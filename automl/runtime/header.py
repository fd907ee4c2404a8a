"""The first line of a table: names made usable and unique, by the same rule when learning and when predicting."""

import re
import unicodedata
from collections.abc import Sequence

_SPACE = re.compile(r"\s+")


def column_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Return one name a cell: cleaned, ``column_3`` for an empty third cell, ``name_2`` for a repeated name."""
    cleaned = [_clean(cell) for cell in cells]
    taken = {name for name in cleaned if name}
    used: set[str] = set()
    for place, name in enumerate(cleaned, start=1):
        final = name
        if not name:
            final = f"column_{place}"
            if final in taken or final in used:
                final = _free(final, taken | used)
        elif name in used:
            final = _free(name, taken | used)
        used.add(final)
        cleaned[place - 1] = final
    return tuple(cleaned)


def _clean(name: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFC", name).replace("\x00", "").strip("\ufeff\u200b \t\r\n")).strip()


def _free(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"
