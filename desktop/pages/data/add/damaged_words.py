"""What could not be read in a file, in words."""

from collections.abc import Sequence

from automl.domain.inspection import FileInspection, InspectedLine
from desktop.i18n import translate
from desktop.itemmodels.column_words import share_words

_NAMED = 2


def damaged_title(inspection: FileInspection) -> str:
    """Return "2 of 12,667 rows could not be read. The other 12,665 are fine."."""
    count, total = inspection.damaged_count, inspection.row_count
    return translate("add.damaged.title", count=count, total=total, rest=total - count)


def damaged_detail(inspection: FileInspection) -> str:
    """Return which rows, and how many values they have."""
    damaged = [line for line in inspection.lines if line.damaged]
    named = damaged[:_NAMED]
    rows = _joined([f"{line.row:,}" for line in named])
    key = "add.damaged.rows" if len(named) > 1 else "add.damaged.row"
    words = translate(key, rows=rows, row=rows)
    if inspection.damaged_count > len(named):
        words = translate("add.damaged.more", rows=words, count=inspection.damaged_count - len(named))
    found = _joined(_counts(named if inspection.damaged_count <= _NAMED else damaged))
    if not found:
        return translate("add.damaged.quotes", rows=words)
    return translate("add.damaged.counts", rows=words, found=found, expected=inspection.column_count)


def damaged_share(inspection: FileInspection) -> str:
    """Return the share of rows that would be left out."""
    return share_words(inspection.damaged_count, inspection.row_count)


def repairable(inspection: FileInspection) -> int:
    """Return how many of the lines shown have a probable repair."""
    return sum(line.damaged and line.repair is not None for line in inspection.lines)


def _counts(lines: Sequence[InspectedLine]) -> list[str]:
    return list(dict.fromkeys(str(line.found) for line in lines if line.found is not None))


def _joined(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return translate("add.damaged.and", first=", ".join(parts[:-1]), last=parts[-1])
