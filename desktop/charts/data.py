"""What the charts draw: plain records, made elsewhere. Series are the tokens s0 to s6; formats turn numbers into axis words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from desktop.i18n import translator

Format = Callable[[float], str]


def plain_number(value: float) -> str:
    """A number in the current language."""
    return translator().number(value)


def whole_percent(share: float) -> str:
    """A share of one as whole percent."""
    return translator().percent(share, 0)


@dataclass(frozen=True)
class TrialPoint:
    """One recipe tried: its number, score and the series of its family."""

    number: int
    value: float
    series: str


@dataclass(frozen=True)
class TrialHistoryData:
    """Recipes in the order they were tried, the best score after each of them, and how many there may be in all."""

    points: tuple[TrialPoint, ...]
    best: tuple[float, ...]
    expected: int = 0
    legend: tuple[tuple[str, str], ...] = ()
    format: Format = plain_number


def best_so_far(values: Sequence[float], *, lower_is_better: bool) -> tuple[float, ...]:
    """The best of the values up to each of them."""
    best: list[float] = []
    choose = min if lower_is_better else max
    for value in values:
        best.append(choose(best[-1], value) if best else value)
    return tuple(best)


@dataclass(frozen=True)
class LearningCurvesData:
    """Error on learning and on checking rows after each step, of `total` steps at most."""

    checking: tuple[tuple[float, float], ...]
    learning: tuple[tuple[float, float], ...] = ()
    total: float = 0.0
    unit: str = ""


@dataclass(frozen=True)
class LabelCurveData:
    """Points (labels, score, low, high) with more and more labels; scores are shares of one."""

    points: tuple[tuple[float, float, float, float], ...]
    x_name: str = ""


@dataclass(frozen=True)
class CurveData:
    """A curve of shares of one, from 0 to 1 both ways (found against stopped, or real alarms against found)."""

    points: tuple[tuple[float, float], ...]
    x_name: str
    setting: tuple[float, float] | None = None
    setting_name: str = ""
    guessing_name: str = ""
    guessing: tuple[tuple[float, float], tuple[float, float]] | None = ((0.0, 0.0), (1.0, 1.0))


@dataclass(frozen=True)
class CalibrationPoint:
    """Rows of like risk: the risk said, the share really so with its likely range, and how many rows."""

    predicted: float
    observed: float
    low: float
    high: float
    count: int


@dataclass(frozen=True)
class CalibrationData:
    """Points and the words on the diagonal and under the axis."""

    points: tuple[CalibrationPoint, ...]
    x_name: str
    honest_name: str = ""


@dataclass(frozen=True)
class ConfusionCell:
    """One of the four cells: count, what it means, what it costs ("" if unknown) and its tone (accent, bad, warn, plain)."""

    count: int
    name: str
    cost: str = ""
    tone: str = "plain"


@dataclass(frozen=True)
class ConfusionData:
    """Two by two: rows are what is true, columns what was said."""

    row_names: tuple[str, str]
    column_names: tuple[str, str]
    cells: tuple[tuple[ConfusionCell, ConfusionCell], tuple[ConfusionCell, ConfusionCell]]


@dataclass(frozen=True)
class HeatTableData:
    """Classes by classes: `counts[i][j]` rows of class i were answered as class j."""

    names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    row_title: str = ""
    column_title: str = ""


@dataclass(frozen=True)
class ScatterData:
    """True and predicted numbers, row by row; `band` is the half-width of the likely range."""

    actual: tuple[float, ...]
    predicted: tuple[float, ...]
    x_name: str
    y_name: str
    band: float = 0.0
    format: Format = plain_number


@dataclass(frozen=True)
class HistogramData:
    """Counts between edges (one more edge than counts); `zero_line` marks 0, `marker` another place with its words."""

    counts: tuple[int, ...]
    edges: tuple[float, ...]
    x_name: str = ""
    ink: str = "bar"
    zero_line: bool = False
    marker: tuple[float, str] | None = None
    format: Format = plain_number


@dataclass(frozen=True)
class BarItem:
    """One bar with its likely range; a strong one is drawn in the colour of the chosen model."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    strong: bool = False
    second: str = ""


@dataclass(frozen=True)
class BarsData:
    """Bars from the longest to the shortest, in the order given."""

    items: tuple[BarItem, ...]
    format: Format = plain_number


@dataclass(frozen=True)
class IntervalData:
    """One value with its likely range on a scale, and named places on it."""

    value: float
    low: float
    high: float
    scale: tuple[float, float]
    marks: tuple[tuple[float, str], ...] = ()
    format: Format = plain_number


@dataclass(frozen=True)
class DifferenceData:
    """A paired difference with its likely range; the names say who is ahead at either end."""

    value: float
    low: float
    high: float
    left_name: str
    right_name: str
    format: Format = field(default=plain_number)


@dataclass(frozen=True)
class TwoHistogramsData:
    """Counts over common `edges` (0 to 1) of two kinds, stacked; `names` are those of the first and the second."""

    edges: tuple[float, ...] = ()
    first: tuple[int, ...] = ()
    second: tuple[int, ...] = ()
    names: tuple[str, str] = ("", "")
    x_name: str = ""
    format: Format = plain_number
