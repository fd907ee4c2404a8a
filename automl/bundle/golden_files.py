"""Golden rows as files of the bundle: cells as a person's table has them, answers as the Python model gave them."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from automl.bundle.probes import GoldenRows
from automl.data.table import Table
from automl.domain.schema import Column, ColumnType, Schema
from automl.runtime.answers import PREDICTION, choose, number_titles
from automl.runtime.manifest import REGRESSION, Manifest

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def golden_cells(golden: GoldenRows, raw_texts: Table, schema: Schema, names: Sequence[str]) -> bytes:
    """Return golden/rows.csv: real rows as they stand in the file, made-up rows written in the column's format."""
    places = {int(row): place for place, row in enumerate(raw_texts.row_numbers)}
    columns = []
    for name in names:
        column = schema.column(name)
        written = [
            str(raw_texts.texts[name][places[row]]) if row in places else _cell(golden, column, position)
            for position, row in enumerate(golden.row_numbers)
        ]
        columns.append(written)
    return _csv([list(names), *map(list, zip(*columns, strict=True))])


def golden_answers(golden: GoldenRows, manifest: Manifest) -> bytes:
    """Return golden/answers.csv: the prediction, and for classes the probabilities."""
    if manifest.task == REGRESSION:
        return _csv([[PREDICTION], *([repr(number)] for (number,) in golden.answers)])
    places = choose(np.array(golden.answers, dtype=np.float32), manifest.alarm_line)
    lines = (
        [manifest.classes[place], *map(repr, row)] for place, row in zip(places.tolist(), golden.answers, strict=True)
    )
    return _csv([[PREDICTION, *number_titles(manifest)], *lines])


def _cell(golden: GoldenRows, column: Column, position: int) -> str:
    if column.name in golden.texts:
        return golden.texts[column.name][position]
    value = golden.numbers[column.name][position]
    if value is None:
        return ""
    if column.type is ColumnType.TIME:
        return (_EPOCH + timedelta(seconds=value)).strftime(column.time_format)
    return repr(value).replace(".", column.number_format.decimal)


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    # Every cell quoted: an empty cell of a table with one column must not become an empty line.
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(lines)
    return text.getvalue().encode("utf-8")
