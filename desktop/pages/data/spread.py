"""How the values of a column are spread, as bars."""

from automl.domain.issues import Severity
from automl.domain.schema import ColumnType, Role
from desktop.itemmodels.columns import ColumnEntry
from desktop.widgets.cells import Bars

_FEWEST_PLACES = 5


def spread_bars(entry: ColumnEntry) -> Bars | None:
    """Return the bars of a column; a few categories stay narrow. None while the column was not profiled."""
    if entry.profile is None:
        return None
    heights = tuple(float(count) for count in entry.profile.histogram.counts)
    if entry.column.type in (ColumnType.TEXT, ColumnType.YES_NO):
        heights += (0.0,) * (_FEWEST_PLACES - len(heights))
    return Bars(heights, _ink(entry))


def _ink(entry: ColumnEntry) -> str:
    if entry.column.role is Role.TARGET:
        return "s1"
    return "s5" if entry.severity is Severity.ACT else "bar"
