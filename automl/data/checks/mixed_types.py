"""Columns that hold more than one kind of value: an ERR among numbers, numbers among names."""

from collections.abc import Iterator

from automl.data.checks.evidence import Evidence
from automl.data.checks.findings import finding
from automl.data.connection import text_literal
from automl.data.typed_sql import clean, number, snapshot_column
from automl.domain.issues import Issue, Severity
from automl.domain.recipe import SetType, TreatAsMissing
from automl.domain.schema import Column, ColumnType, Role

_OFFERED_TEXTS = 20
_HALF = 0.5
_FEWEST_NUMBERS = 10


def check(evidence: Evidence) -> Iterator[Issue]:
    """Find texts that are no numbers (or times) in such columns, and text columns that are mostly numbers."""
    for unreadable in evidence.unreadable:
        column = evidence.schema.column(unreadable.column)
        code = "data.column_not_all_numbers" if column.type is ColumnType.NUMBER else "data.column_not_all_times"
        yield finding(
            code,
            Severity.LOOK,
            column.name,
            TreatAsMissing(column.name, unreadable.examples[:_OFFERED_TEXTS]),
            unreadable.rows,
            count=unreadable.count,
            example=unreadable.examples[0],
            row=unreadable.rows[0],
        )
    for facts in evidence.columns:
        column = evidence.schema.column(facts.name)
        if facts.type is not ColumnType.TEXT or facts.distinct < _FEWEST_NUMBERS or column.role is Role.IGNORE:
            continue
        numbers, zeros = _number_counts(evidence, column)
        present = evidence.row_count - facts.missing
        if not zeros and _HALF * present <= numbers < present:
            fix = SetType(facts.name, ColumnType.NUMBER)
            yield finding(
                "data.column_half_numbers",
                Severity.LOOK,
                facts.name,
                fix,
                count=present - numbers,
                share=numbers / present,
            )


def _number_counts(evidence: Evidence, column: Column) -> tuple[int, int]:
    """How many cells of a text column are plain numbers, and how many are codes that begin with a zero."""
    text = clean(snapshot_column(evidence.place(column.name)))
    plain = number(text, Column(column.name, ColumnType.NUMBER))
    code = f"regexp_full_match({text}, {text_literal('0[0-9]+')})"
    ((numbers, codes),) = evidence.rows((f"count({plain})", f"count(*) FILTER ({code})"))
    return int(str(numbers)), int(str(codes))
