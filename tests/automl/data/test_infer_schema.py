"""Texts are read as what they are: formats are found, codes stay codes, and what can be read in two ways is said."""

from pathlib import Path

import numpy as np
import pytest

from automl.data.connection import no_progress
from automl.data.infer_schema import InferredSchema, infer_schema
from automl.data.typed_table import load_table
from automl.domain.schema import Column, ColumnType, NumberFormat, Role
from tests.automl.data.files import snapshot_of


def inferred(cells: list[str], folder: Path, comma_is_decimal: bool = False) -> tuple[Column, InferredSchema]:
    """What a column of these cells is taken for; a second column keeps the rows from being blank."""
    text = "value;n\n" + "".join(f"{cell};k{place}\n" for place, cell in enumerate(cells))
    snapshot, names = snapshot_of(text, folder)
    found = infer_schema(snapshot, names, comma_is_decimal, no_progress)
    return found.schema.columns[0], found


@pytest.mark.parametrize(
    ("cells", "style", "value"),
    [
        (["1.5", "2", "3e-2"], NumberFormat(), 1.5),
        (["1,5", "2,25", "3"], NumberFormat(decimal=","), 1.5),
        (["1.234,5", "2", "0,1"], NumberFormat(decimal=",", thousands="."), 1234.5),
        (["1,234.5", "2", "0.1"], NumberFormat(thousands=","), 1234.5),
        (["12.5 mm", "13 mm", "1mm"], NumberFormat(unit="mm"), 12.5),
        (["84%", "3.5%", "0%"], NumberFormat(unit="%"), 84.0),
        (["１２．５", "３", "4"], NumberFormat(), 12.5),
        (["1 234", "5", "99 000"], NumberFormat(thousands=" "), 1234.0),
    ],
)
def test_ways_to_write_numbers(cells: list[str], style: NumberFormat, value: float, tmp_path: Path) -> None:
    column, found = inferred(cells, tmp_path)
    assert (column.type, column.number_format) == (ColumnType.NUMBER, style)
    assert load_table(tmp_path / "snapshot", found.schema).numbers["value"][0] == value


@pytest.mark.parametrize(
    ("cells", "pattern", "seconds"),
    [
        (["2026-01-02", "2026-12-31"], "%Y-%m-%d", 1767312000.0),
        (["2026. 1. 2.", "2026. 11. 30."], "%Y. %m. %d.", 1767312000.0),
        (["2026년 1월 2일", "2026년 12월 31일"], "%Y년 %m월 %d일", 1767312000.0),
        (["20260102", "20261231"], "%Y%m%d", 1767312000.0),
        (["2026-01-02 03:04:05", "2026-01-03 23:59:59"], "%Y-%m-%d %H:%M:%S", 1767323045.0),
        (["2026-01-02 오후 3:04", "2026-01-02 오전 9:30"], "%Y-%m-%d %p %I:%M", 1767366240.0),
        (["13/02/2026", "01/03/2026"], "%d/%m/%Y", 1770940800.0),
    ],
)
def test_ways_to_write_times(cells: list[str], pattern: str, seconds: float, tmp_path: Path) -> None:
    column, found = inferred(cells, tmp_path)
    assert (column.type, column.time_format, column.role) == (ColumnType.TIME, pattern, Role.TIME)
    assert load_table(tmp_path / "snapshot", found.schema).numbers["value"][0] == seconds


@pytest.mark.parametrize(
    "cells",
    [
        ["00123", "4567", "12"],
        ["1E10", "2E3", "12"],
        ["12345678901234567", "1"],
        ["A1", "7", "8"],
        ["NA", "None", "null"],
    ],
)
def test_codes_and_names_stay_texts(cells: list[str], tmp_path: Path) -> None:
    column, found = inferred(cells, tmp_path)
    assert column.type is ColumnType.TEXT
    assert load_table(tmp_path / "snapshot", found.schema).texts["value"].tolist() == cells


@pytest.mark.parametrize("cells", [["yes", "no", "yes"], ["0", "1", ""], ["양품", "불량", "양품"], ["OK", "NG", "OK"]])
def test_two_sided_answers_are_yes_or_no(cells: list[str], tmp_path: Path) -> None:
    assert inferred(cells, tmp_path)[0].type is ColumnType.YES_NO


def test_stand_ins_mean_missing_among_numbers_only(tmp_path: Path) -> None:
    column, found = inferred([*map(str, range(2, 40)), "N/A", "-"], tmp_path)
    assert set(column.missing_values) == {"", "N/A", "-"}
    assert np.isnan(load_table(tmp_path / "snapshot", found.schema).numbers["value"]).sum() == 2


@pytest.mark.parametrize(
    ("cells", "code", "reading", "other"),
    [
        (["01/02/2026", "03/01/2026"], "data.time_ambiguous", "%d/%m/%Y", "%m/%d/%Y"),
        (["03/02/2026", "04/01/2026", "05/01/2026"], "data.time_ambiguous", "%m/%d/%Y", "%d/%m/%Y"),
        (["1,234", "5,678"], "data.number_ambiguous", "1234", "1.234"),
    ],
)
def test_what_can_be_read_in_two_ways_is_said(
    cells: list[str], code: str, reading: str, other: str, tmp_path: Path
) -> None:
    (issue,) = inferred(cells, tmp_path)[1].issues
    assert (issue.code, issue.parameters["reading"], issue.parameters["other"]) == (code, reading, other)


def test_a_semicolon_file_decides_for_the_decimal_comma(tmp_path: Path) -> None:
    column, _ = inferred(["1,234", "5,678"], tmp_path, comma_is_decimal=True)
    assert column.number_format == NumberFormat(decimal=",")


def test_one_bad_value_far_down_does_not_make_a_column_text(tmp_path: Path) -> None:
    cells = [f"{place}.5" for place in range(3000)]
    cells[2917] = "ERR"
    assert inferred(cells, tmp_path)[0].type is ColumnType.NUMBER
