"""The columns of a dataset: what each is called, how its texts are read and what it is used for."""

from enum import StrEnum

import msgspec


class ColumnType(StrEnum):
    """How the texts of a column are read. TEXT is a category or free text, YES_NO has exactly two values."""

    NUMBER = "number"
    YES_NO = "yes_no"
    TEXT = "text"
    TIME = "time"


class Role(StrEnum):
    """What a column is used for. TIME orders the rows, GROUP keeps rows of one machine or lot together."""

    INPUT = "input"
    TARGET = "target"
    TIME = "time"
    GROUP = "group"
    IGNORE = "ignore"


class NumberFormat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a number is written: decimal mark, thousands mark (may be empty) and a unit written behind it (may be empty)."""

    decimal: str = "."
    thousands: str = ""
    unit: str = ""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column. `time_format` is a strptime pattern and set only for TIME; `missing_values` are texts that mean missing."""

    name: str
    type: ColumnType
    role: Role = Role.INPUT
    number_format: NumberFormat = msgspec.field(default_factory=NumberFormat)
    time_format: str = ""
    missing_values: tuple[str, ...] = ("",)
    fill_missing: bool = False
    limits: tuple[float, float] | None = None


class Schema(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All columns of a dataset in file order. Names are unique."""

    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def names(self) -> tuple[str, ...]:
        """Return all column names in file order."""
        return tuple(column.name for column in self.columns)

    def of_role(self, role: Role) -> tuple[Column, ...]:
        """Return the columns of one role in file order."""
        return tuple(column for column in self.columns if column.role is role)

    def inputs(self) -> tuple[Column, ...]:
        """Return the columns a model may learn from: role INPUT."""
        return self.of_role(Role.INPUT)

    def with_column(self, changed: Column) -> "Schema":
        """Return a schema in which the column of the same name is replaced."""
        return Schema(tuple(changed if column.name == changed.name else column for column in self.columns))

    def with_role(self, name: str, role: Role) -> "Schema":
        """Return a schema with another role for one column. TARGET and TIME are unique: the former holder becomes INPUT."""
        unique = role in (Role.TARGET, Role.TIME)
        columns = []
        for column in self.columns:
            if column.name == name:
                columns.append(msgspec.structs.replace(column, role=role))
            elif unique and column.role is role:
                columns.append(msgspec.structs.replace(column, role=Role.INPUT))
            else:
                columns.append(column)
        return Schema(tuple(columns))
