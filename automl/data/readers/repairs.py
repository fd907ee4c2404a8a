"""What a damaged line probably meant: one separator missing inside a value, or one too many."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from automl.domain.inspection import Repair, RepairKind

_NUMBER = re.compile(r"[+-]?(\d+)(?:([.,])(\d+))?")
_MOSTLY = 0.9
_WINDOW = 3.0


@dataclass(frozen=True)
class ColumnShape:
    """How the values of a column usually look. `decimals` and the range matter only to number columns."""

    numeric: bool
    decimals: int
    lower: float
    upper: float

    def misfit(self, text: str) -> float:
        """How unlike the column a value is: 0 fits well, infinity not at all."""
        if not text.strip() or not self.numeric:
            return 0.0
        match = _NUMBER.fullmatch(text.strip())
        if match is None:
            return math.inf
        decimals = len(match.group(3) or "")
        value = float(text.strip().replace(",", "."))
        spread = max(self.upper - self.lower, 1e-9 + abs(self.upper) * 1e-3)
        outside = max(self.lower - value, value - self.upper, 0.0) / spread
        return (math.inf if outside > _WINDOW else outside) + abs(decimals - self.decimals)


def column_shapes(rows: Sequence[Sequence[str]]) -> tuple[ColumnShape, ...]:
    """Learn the shapes of columns from good rows of equal width."""
    return tuple(_shape(column) for column in zip(*rows, strict=True)) if rows else ()


def probable_repair(
    text: str, fields: Sequence[str], shapes: Sequence[ColumnShape], names: Sequence[str], delimiter: str
) -> tuple[Repair, list[str]] | None:
    """Return the repair of a line and its repaired values; None where nothing is probable or two repairs are alike."""
    if not shapes or delimiter.join(fields) != text:
        return None
    if len(fields) == len(shapes) - 1:
        candidates = _splits(fields, shapes)
    elif len(fields) == len(shapes) + 1:
        candidates = _joins(fields, shapes)
    else:
        return None
    ranked = sorted(candidates, key=lambda candidate: candidate[0])
    if not ranked or (len(ranked) > 1 and ranked[1][0] - ranked[0][0] < 1e-9):
        return None
    _, place, values = ranked[0]
    start = sum(len(field) + len(delimiter) for field in fields[:place])
    if len(values) == 2:
        repaired = [*fields[:place], *values, *fields[place + 1 :]]
        repair = Repair(RepairKind.SPLIT, start, start + len(fields[place]), fields[place], values, names[place])
    else:
        original = delimiter.join(fields[place : place + 2])
        repaired = [*fields[:place], *values, *fields[place + 2 :]]
        repair = Repair(RepairKind.JOIN, start, start + len(original), original, values, names[place])
    return repair, repaired


def _shape(column: Sequence[str]) -> ColumnShape:
    filled = [text.strip() for text in column if text.strip()]
    matches = [match for text in filled if (match := _NUMBER.fullmatch(text))]
    if not filled or len(matches) < _MOSTLY * len(filled):
        return ColumnShape(numeric=False, decimals=0, lower=0.0, upper=0.0)
    decimals = Counter(len(match.group(3) or "") for match in matches).most_common(1)[0][0]
    values = [float(match.group().replace(",", ".")) for match in matches]
    return ColumnShape(numeric=True, decimals=decimals, lower=min(values), upper=max(values))


_Candidate = tuple[float, int, tuple[str, ...]]


def _splits(fields: Sequence[str], shapes: Sequence[ColumnShape]) -> list[_Candidate]:
    found: list[_Candidate] = []
    for place, field in enumerate(fields):
        rest = _misfit([*fields[:place], "", "", *fields[place + 1 :]], shapes)
        if not (shapes[place].numeric and shapes[place + 1].numeric) or math.isinf(rest):
            continue
        for cut in range(1, len(field)):
            left, right = field[:cut], field[cut:]
            misfit = rest + shapes[place].misfit(left) + shapes[place + 1].misfit(right)
            if math.isfinite(misfit):
                found.append((misfit, place, (left, right)))
    return found


def _joins(fields: Sequence[str], shapes: Sequence[ColumnShape]) -> list[_Candidate]:
    found: list[_Candidate] = []
    for place in range(len(fields) - 1):
        joined = fields[place] + fields[place + 1]
        misfit = _misfit([*fields[:place], joined, *fields[place + 2 :]], shapes)
        if shapes[place].numeric and joined and math.isfinite(misfit):
            found.append((misfit, place, (joined,)))
    return found


def _misfit(fields: Sequence[str], shapes: Sequence[ColumnShape]) -> float:
    return sum(shape.misfit(text) for text, shape in zip(fields, shapes, strict=True))
