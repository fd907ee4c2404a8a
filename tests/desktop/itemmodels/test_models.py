"""Every item model keeps Qt's contract, empty, filled and filled again."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from pytestqt.modeltest import ModelTester

from automl.domain.dataset import ColumnProfile, DatasetProfile, Histogram
from automl.domain.glance import ProjectGlance
from automl.domain.issues import Issue, Severity, Where
from automl.domain.language import Language
from automl.domain.project import RunStatus
from automl.domain.result import Interval
from automl.domain.schema import Column, ColumnType, NumberFormat, Role, Schema
from automl.domain.task import Metric
from desktop.i18n import Translator
from desktop.itemmodels.columns import ColumnFilter, ColumnsModel, Field, column_entries
from desktop.itemmodels.recent_projects import (
    CAPTION_ROLE,
    RecentField,
    RecentProjectsFilter,
    RecentProjectsModel,
)
from desktop.itemmodels.records import RecordField, RecordsModel
from desktop.itemmodels.row_source import Row, RowSource
from desktop.itemmodels.rows import MISSING_ROLE, RowOrder, RowsModel

Check = Callable[[QAbstractItemModel], None]

SCHEMA = Schema(
    (
        Column("TEMP", ColumnType.NUMBER, number_format=NumberFormat(unit="°C")),
        Column("MACHINE", ColumnType.TEXT, Role.GROUP),
        Column("WHEN", ColumnType.TIME, Role.TIME, time_format="%Y-%m-%d"),
        Column("DEFECT", ColumnType.YES_NO, Role.TARGET),
    )
)
PROFILE = DatasetProfile(
    row_count=1000,
    columns=(
        ColumnProfile("TEMP", ColumnType.NUMBER, missing=184, distinct=90, minimum=221.0, maximum=243.0),
        ColumnProfile("MACHINE", ColumnType.TEXT, missing=0, distinct=2, top_values=(("A", 600), ("B", 400))),
        ColumnProfile("WHEN", ColumnType.TIME, missing=0, distinct=9, minimum=1767657600.0, maximum=1782518400.0),
        ColumnProfile(
            "DEFECT",
            ColumnType.YES_NO,
            missing=0,
            distinct=2,
            top_values=(("no", 959), ("yes", 41)),
            histogram=Histogram((959, 41), labels=("no", "yes")),
        ),
    ),
    findings=(),
)
FINDING = Issue("data.column_missing_values", Severity.LOOK, where=Where(column="TEMP"))


@pytest.fixture
def check(qtmodeltester: ModelTester) -> Check:
    """Run pytest-qt's model tester on a model."""
    tester: Check = qtmodeltester.check
    return tester


def source_of(count: int) -> RowSource:
    def fetch(start: int, wanted: int) -> Sequence[Row]:
        rows = range(start + 1, min(start + wanted, count) + 1)
        return [(row, [f"{row}.5", "" if row % 2 else "A", "2026-01-06", "no"]) for row in rows]

    return RowSource(fetch, count)


def texts_of(model: QAbstractItemModel, row: int, role: int = Qt.ItemDataRole.DisplayRole) -> list[object]:
    return [model.index(row, column).data(role) for column in range(model.columnCount())]


@pytest.mark.parametrize("order", list(RowOrder))
def test_rows(check: Check, order: RowOrder) -> None:
    model = RowsModel()
    model.show_rows(source_of(1_000_000), SCHEMA.columns, order, [7, 999_999, 2_000_000])
    assert model.rowCount() == {RowOrder.NEWEST: 1_000_000, RowOrder.RANDOM: 1000, RowOrder.PROBLEMS: 2}[order]
    model.show_rows(source_of(20), SCHEMA.columns, order, [7])
    check(model)


def test_the_newest_row_comes_first_and_missing_texts_say_so() -> None:
    model = RowsModel()
    model.show_rows(source_of(1_000_001), SCHEMA.columns, RowOrder.NEWEST)
    assert texts_of(model, 0) == ["1,000,001", "1000001.5", "empty", "2026-01-06", "no"]
    assert texts_of(model, 0, MISSING_ROLE)[1:] == [False, True, False, False]


def test_columns(check: Check) -> None:
    model = ColumnsModel()
    model.show_entries(column_entries(SCHEMA, PROFILE, [FINDING]))
    check(model)
    filtered = ColumnFilter(model)
    filtered.set_kind(only_findings=True)
    assert [filtered.index(row, Field.NAME).data() for row in range(filtered.rowCount())] == ["TEMP"]
    check(filtered)


def test_the_target_stands_first_and_values_are_said_in_words(words: Translator) -> None:
    model = ColumnsModel()
    model.show_entries(column_entries(SCHEMA, PROFILE, [FINDING]))
    shown = [texts_of(model, row)[: Field.SPREAD] for row in range(4)]
    assert shown == [
        ["DEFECT", "Yes / no", "Target", "0%", "41 yes"],
        ["WHEN", "Time", "Time", "0%", "6 Jan to 27 Jun"],
        ["MACHINE", "Text", "Group", "0%", "A, B"],
        ["TEMP", "Number", "Input", "18.4%", "221 to 243 °C"],
    ]
    words.set_language(Language.KOREAN)
    assert texts_of(model, 0)[: Field.SPREAD] == ["DEFECT", "예 / 아니요", "예측할 값", "0%", "yes 41개"]
    assert texts_of(model, 1)[Field.VALUES] == "1월 6일 ~ 6월 27일"


def test_recent_projects(check: Check) -> None:
    glance = ProjectGlance(
        folder="/projects/a",
        name="Door panel",
        rows=12_480,
        target="DEFECT",
        training=RunStatus.COMPLETED,
        models=4,
        metric=Metric.ROC_AUC,
        score=Interval(0.931, 0.902, 0.951),
        changed="2020-01-02T03:04:05Z",
    )
    model = RecentProjectsModel()
    model.show_projects([glance, ProjectGlance(folder="/gone", name="gone", found=False)])
    check(model)
    assert texts_of(model, 0) == ["Door panel", "Compare", "0.931", "2020-01-02"]
    assert texts_of(model, 0, CAPTION_ROLE)[RecentField.SCORE] == "ranking quality, likely 0.902 to 0.951"
    filtered = RecentProjectsFilter(model)
    filtered.set_text("DOOR")
    assert filtered.rowCount() == 1
    check(filtered)


def test_records(check: Check) -> None:
    model: RecordsModel[int] = RecordsModel([RecordField("data.columns.name", str, at_right=True)])
    model.show_records([3, 4])
    check(model)
    assert texts_of(model, 1) == ["4"]
    assert model.record(0) == 3
