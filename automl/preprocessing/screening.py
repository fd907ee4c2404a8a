"""Which columns can say anything: the empty, the constant, the repeated and the ever-different ones are put aside."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from automl.data.table import Table
from automl.domain.result import LeftOut
from automl.domain.schema import ColumnType, Schema
from automl.preprocessing.transformation import bounded

# A text column of more distinct texts than both is free text or an identifier: it names rows instead of describing them.
_DISTINCT_TEXTS = 50
_DISTINCT_SHARE = 0.5


@dataclass(frozen=True)
class Screened:
    """Columns worth encoding, in the order asked for; `counts` has the rows of every text of a text column, "" included."""

    numbers: tuple[str, ...]
    times: tuple[str, ...]
    texts: tuple[str, ...]
    counts: dict[str, Counter[str]]
    left_out: tuple[LeftOut, ...]


def screen(table: Table, schema: Schema, inputs: Sequence[str]) -> Screened:
    """Sort the input columns by type and leave out those that cannot help, each with its reason."""
    kept: dict[ColumnType, list[str]] = {kind: [] for kind in ColumnType}
    counts: dict[str, Counter[str]] = {}
    seen: dict[bytes, str] = {}
    left_out: list[LeftOut] = []
    for name in inputs:
        kind = schema.column(name).type
        if kind in (ColumnType.NUMBER, ColumnType.TIME):
            reason, content = _look_at_numbers(table, name)
        else:
            reason, content, counts[name] = _look_at_texts(table, name)
        twin = seen.setdefault(kind.value.encode() + content, name)
        if reason:
            left_out.append(LeftOut(reason, {"column": name}))
        elif twin != name:
            left_out.append(LeftOut("left_out.column_repeated", {"column": name, "other": twin}))
        else:
            kept[kind].append(name)
    texts = {*kept[ColumnType.TEXT], *kept[ColumnType.YES_NO]}
    return Screened(
        numbers=tuple(kept[ColumnType.NUMBER]),
        times=tuple(kept[ColumnType.TIME]),
        texts=tuple(name for name in inputs if name in texts),
        counts=counts,
        left_out=tuple(left_out),
    )


def _look_at_numbers(table: Table, name: str) -> tuple[str, bytes]:
    values = bounded(table.numbers[name])
    missing = np.isnan(values)
    known = values[~missing]
    content = hashlib.sha256(np.where(missing, np.inf, values).tobytes()).digest()
    if not len(known):
        return "left_out.column_empty", content
    constant = bool(known.min() == known.max()) and len(known) == len(values)
    return ("left_out.column_constant" if constant else ""), content


def _look_at_texts(table: Table, name: str) -> tuple[str, bytes, Counter[str]]:
    codes, distinct = pd.factorize(table.texts[name])
    counts = Counter(dict(zip(distinct.tolist(), np.bincount(codes, minlength=len(distinct)).tolist(), strict=True)))
    known = len(codes) - counts[""]
    content = hashlib.sha256(np.where(table.texts[name] == "", -1, codes).astype(np.int64).tobytes()).digest()
    levels = len(counts) - ("" in counts)
    if not known:
        return "left_out.column_empty", content, counts
    if len(counts) == 1:
        return "left_out.column_constant", content, counts
    if levels > max(_DISTINCT_TEXTS, _DISTINCT_SHARE * known):
        return "left_out.column_free_text", content, counts
    return "", content, counts
