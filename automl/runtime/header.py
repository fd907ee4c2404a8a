"""The first line of a table: names made usable and unique, by the same rule when learning and when predicting."""

from collections.abc import Sequence

from automl.runtime.parsing import clean_text


def column_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Return one name a cell: cleaned, ``column_3`` for an empty third cell, ``name_2`` for a repeated name."""
    cleaned = [clean_text(cell) or f"column_{position}" for position, cell in enumerate(cells, start=1)]
    written = set(cleaned)
    taken: set[str] = set()
    names: list[str] = []
    for name in cleaned:
        unique = name
        number = 1
        while unique in taken or (number > 1 and unique in written):
            number += 1
            unique = f"{name}_{number}"
        taken.add(unique)
        names.append(unique)
    return tuple(names)
