"""The rule set that turns a cell's text into a typed value, written in SQL.

The same rules stand in plain Python in `automl.runtime.parsing`; tests/contracts/test_parsing_parity.py holds both together.
"""

from collections.abc import Iterable

from automl.data.connection import text_literal
from automl.domain.schema import Column, ColumnType
from automl.runtime.parsing import ASCII_SIGNS, WHITESPACE, WIDE_SIGNS, clean_text, compile_time_format, number_pattern

ROW_NUMBER = "__row__"
# Texts that are numbers as they stand: pure ASCII, nothing to strip, too short to be infinite.
_PLAIN_NUMBER = r"[+-]?[0-9]{1,15}(\.[0-9]{0,15})?"
_SPACE = text_literal(WHITESPACE)


def snapshot_column(position: int) -> str:
    """The name a snapshot gives to the column at this 0-based place in the file."""
    return f"c{position}"


def select(columns: Iterable[str], source: str, *clauses: str) -> str:
    """SQL that selects expressions from a relation, with further clauses in their order."""
    return " ".join(("SELECT", ", ".join(columns), "FROM", source, *clauses))


def clean(cell: str) -> str:
    """SQL for the text of `cell` in NFC without white space around it."""
    return f"trim(nfc_normalize({cell}), {_SPACE})"


def is_missing(text: str, column: Column) -> str:
    """SQL for whether a clean text means "missing" in this column."""
    values = dict.fromkeys(("", *map(clean_text, column.missing_values)))
    return f"({text} IN ({', '.join(map(text_literal, values))}))"


def in_ascii(text: str) -> str:
    """SQL for a text whose full-width digits and signs are ASCII."""
    translated = f"translate({text}, {text_literal(WIDE_SIGNS)}, {text_literal(ASCII_SIGNS)})"
    return f"CASE WHEN strlen({text}) = length({text}) THEN {text} ELSE {translated} END"


def bare_number(text: str, column: Column) -> str:
    """SQL for a clean text without unit and thousands marks, its decimal mark as it stands."""
    style = column.number_format
    unit = clean_text(style.unit)
    result = in_ascii(text)
    if unit:
        without = f"trim({result}[:-{len(unit) + 1}], {_SPACE})"
        result = f"CASE WHEN ends_with({result}, {text_literal(unit)}) THEN {without} ELSE {result} END"
    if style.thousands:
        result = f"replace({result}, {text_literal(style.thousands)}, '')"
    return result


def number(text: str, column: Column) -> str:
    """SQL for the finite number a clean text means, before limits; NULL for anything else."""
    decimal = column.number_format.decimal
    bare = bare_number(text, column)
    pointed = bare if decimal == "." else f"replace({bare}, {text_literal(decimal)}, '.')"
    value = f"TRY_CAST({pointed} AS DOUBLE)"
    matches = f"regexp_full_match({bare}, {text_literal(number_pattern(decimal))})"
    return f"CASE WHEN {matches} AND isfinite({value}) THEN {value} END"


def epoch_seconds(text: str, column: Column) -> str:
    """SQL for the clock time a clean text means, as seconds since 1970; NULL when it does not follow the format.

    A column that became a time by a person's wish may have no format; then no text is a time.
    """
    if not column.time_format:
        return "NULL::DOUBLE"
    expression, fields = compile_time_format(column.time_format)
    spoken = f"replace(replace({text}, '오전', 'AM'), '오후', 'PM')" if "p" in fields else text
    moment = f"epoch(TRY_STRPTIME({spoken}, {text_literal(column.time_format)}))"
    return f"CASE WHEN regexp_full_match({text}, {text_literal(expression.pattern)}) THEN {moment} END"


def is_unreadable(cell: str, column: Column) -> str:
    """SQL for whether a cell of a NUMBER or TIME column is neither missing nor readable."""
    text = clean(cell)
    slow = f"NOT {is_missing(text, column)} AND ({read_value(text, column)}) IS NULL"
    return f"CASE WHEN {is_plain_number(cell, column)} THEN false ELSE {slow} END"


def read_value(text: str, column: Column) -> str:
    """SQL for the number or time a clean text of a NUMBER or TIME column means; NULL when it means none."""
    return epoch_seconds(text, column) if column.type is ColumnType.TIME else number(text, column)


def is_plain_number(cell: str, column: Column) -> str:
    """SQL for whether a cell surely is a number without cleaning: a quick test that spares most cells the full rules."""
    style = column.number_format
    if column.type is not ColumnType.NUMBER or style.decimal != "." or style.thousands == ".":
        return "false"
    return f"regexp_full_match({cell}, {text_literal(_PLAIN_NUMBER)})"


def typed(cell: str, column: Column) -> str:
    """SQL for the typed value of a cell: DOUBLE with NULL for missing, or VARCHAR with '' for missing."""
    text = clean(cell)
    missing = is_missing(text, column)
    if column.type in (ColumnType.TEXT, ColumnType.YES_NO):
        return f"CASE WHEN {missing} THEN '' ELSE {text} END"
    value = f"CASE WHEN {missing} THEN NULL ELSE {read_value(text, column)} END"
    if column.type is ColumnType.NUMBER:
        quick = f"CASE WHEN {is_missing(cell, column)} THEN NULL ELSE TRY_CAST({cell} AS DOUBLE) END"
        value = f"CASE WHEN {is_plain_number(cell, column)} THEN {quick} ELSE {value} END"
    if column.limits is None:
        return value
    lower, upper = column.limits
    low, high = f"{lower!r}::DOUBLE", f"{upper!r}::DOUBLE"
    return f"CASE WHEN ({value}) < {low} THEN {low} WHEN ({value}) > {high} THEN {high} ELSE ({value}) END"
