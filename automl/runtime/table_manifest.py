"""What a bundle for tables says beyond every other: the columns it needs and how their texts are read."""

from dataclasses import dataclass

from automl.runtime.manifest import BINARY, MULTICLASS, REGRESSION, Manifest
from automl.runtime.parsing import NUMBER, TEXT, TIME, YES_NO, ColumnFormat, time_reader
from automl.runtime.strict_json import JsonError

TABLE_FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class InputColumn:
    """One column the model needs: how its texts are read, and what the learning rows held.

    Numbers and times have the range (epoch seconds for times); texts their categories, most frequent first, or only
    their hashes when there are very many, or neither.
    """

    name: str
    kind: str
    decimal: str = "."
    thousands: str = ""
    unit: str = ""
    time_format: str = ""
    missing_values: tuple[str, ...] = ("",)
    lower_limit: float | None = None
    upper_limit: float | None = None
    missing_share: float = 0.0
    minimum: float | None = None
    median: float | None = None
    maximum: float | None = None
    category_count: int = 0
    categories: tuple[str, ...] = ()
    category_hashes: tuple[str, ...] = ()

    def format(self) -> ColumnFormat:
        """Return how the texts of this column are read."""
        limited = self.lower_limit is not None and self.upper_limit is not None
        return ColumnFormat(
            kind=self.kind,
            decimal=self.decimal,
            thousands=self.thousands,
            unit=self.unit,
            time_format=self.time_format,
            missing_values=self.missing_values,
            limits=(self.lower_limit or 0.0, self.upper_limit or 0.0) if limited else None,
        )


@dataclass(frozen=True, kw_only=True)
class TableManifest(Manifest):
    """Everything a bundle for tables says about itself.

    `interval_halfwidths` are those of a number's likely range at 80 % and 95 %. `recipe` lists the steps applied to the
    data before learning.
    """

    interval_halfwidths: tuple[float, ...]
    inputs: tuple[InputColumn, ...]
    recipe: tuple[dict[str, object], ...]

    def check(self) -> None:
        """Raise JsonError when the fields contradict each other."""
        super().check()
        if self.task not in (BINARY, MULTICLASS, REGRESSION) or (self.task == REGRESSION and self.classes):
            raise JsonError("task and classes do not fit together")
        if self.alarm_line is not None and self.task != BINARY:
            raise JsonError("only a yes or no has an alarm line")
        if len(self.interval_halfwidths) not in (0, 2) or min(self.interval_halfwidths, default=0.0) < 0:
            raise JsonError("a likely range has two half-widths, at 80 % and 95 %")
        names = [column.name for column in self.inputs]
        if not names or len(set(names)) != len(names):
            raise JsonError("inputs must be there and have different names")
        for column in self.inputs:
            _check_column(column)


def _check_column(column: InputColumn) -> None:
    if column.kind not in (NUMBER, TIME, TEXT, YES_NO):
        raise JsonError(f"input {column.name}: kind {column.kind} is not known")
    if column.kind == NUMBER and (len(column.decimal) != 1 or column.decimal == column.thousands):
        raise JsonError(f"input {column.name}: decimal mark")
    if column.kind == TIME:
        time_reader(column.time_format)
    limits = (column.lower_limit, column.upper_limit)
    if (limits[0] is None) != (limits[1] is None) or (limits[0] or 0.0) > (limits[1] or 0.0):
        raise JsonError(f"input {column.name}: limits")
    if column.minimum is not None and (column.median is None or column.maximum is None):
        raise JsonError(f"input {column.name}: range")
