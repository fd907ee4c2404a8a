import pytest

from automl.domain.recipe import (
    FillMissing,
    LeaveOutRepeatedRows,
    LimitRange,
    SetRole,
    SetType,
    TreatAsMissing,
    apply_to_schema,
)
from automl.domain.schema import Column, ColumnType, Role, Schema

SCHEMA = Schema(
    (
        Column("TIMESTAMP", ColumnType.TIME, Role.TIME),
        Column("PRESSURE", ColumnType.NUMBER),
        Column("DEFECT", ColumnType.YES_NO, Role.TARGET),
    )
)


def test_every_step_changes_only_its_column() -> None:
    steps = (
        SetType("PRESSURE", ColumnType.TEXT),
        TreatAsMissing("PRESSURE", ("-999", "ERR")),
        FillMissing("PRESSURE"),
        LimitRange("PRESSURE", 1.0, 2.0),
        LeaveOutRepeatedRows(),
    )
    changed = apply_to_schema(SCHEMA, steps)
    column = changed.column("PRESSURE")
    assert column.type is ColumnType.TEXT
    assert column.missing_values == ("", "-999", "ERR")
    assert column.fill_missing
    assert column.limits == (1.0, 2.0)
    assert changed.column("DEFECT") == SCHEMA.column("DEFECT")


@pytest.mark.parametrize("role", [Role.TARGET, Role.TIME])
def test_a_unique_role_moves_and_its_former_holder_becomes_an_input(role: Role) -> None:
    changed = apply_to_schema(SCHEMA, (SetRole("PRESSURE", role),))
    assert [column.name for column in changed.of_role(role)] == ["PRESSURE"]
    former = SCHEMA.of_role(role)[0].name
    assert changed.column(former).role is Role.INPUT


def test_undo_is_leaving_the_step_out() -> None:
    steps = (SetRole("PRESSURE", Role.IGNORE), FillMissing("PRESSURE"))
    assert apply_to_schema(SCHEMA, steps[:1]).column("PRESSURE").fill_missing is False
    assert apply_to_schema(SCHEMA, ()) == SCHEMA
