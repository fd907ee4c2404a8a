"""What training found: models with honest scores, and the numbers behind every chart."""

import msgspec

from automl.domain.issues import Issue, Parameter
from automl.domain.task import Family, Goal, Metric, TaskKind


class Interval(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number with its likely range (95 % unless said otherwise)."""

    value: float
    lower: float
    upper: float


class InWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence by code and parameters, translated by the front ends under ``words.<code>``."""

    code: str
    parameters: dict[str, Parameter] = msgspec.field(default_factory=dict)


class ModelSummary(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line of the leaderboard.

    `checking` is the score used for choosing (cross-validation), `holdout` the score on rows the search never saw
    (None without a holdout). `metrics` hold further scores on the holdout, or on out-of-fold rows without one.
    `simplicity` is 1 (a blend) to 5 (a straight line). `members` are model ids with weights, for blends.
    `alarm_line` is the risk above which the answer is "yes" (binary only).
    """

    model_id: str
    family: Family
    number: int
    words: tuple[InWords, ...]
    metric: Metric
    checking: Interval
    holdout: Interval | None
    metrics: dict[str, Interval]
    seconds: float
    milliseconds_per_row: float
    size_bytes: int
    simplicity: int
    alarm_line: float | None = None
    members: tuple[tuple[str, float], ...] = ()


class Comparison(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Paired difference in the metric, first minus second, on the same rows. `proven` after Holm's correction."""

    first: str
    second: str
    difference: Interval
    proven: bool


class LeftOut(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that was left out, clipped or done differently than asked, with its reason: nothing is silent."""

    code: str
    parameters: dict[str, Parameter] = msgspec.field(default_factory=dict)


class SplitSummary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How rows were divided: counts of learning and holdout rows, folds, and the kind of split in force."""

    kind: str
    column: str
    learn_rows: int
    holdout_rows: int
    folds: int
    boundary: str = ""


class Leaderboard(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The result of one training run, best model first. `chosen` is the model Lathe suggests.

    `verdict` is one of verdict.good_enough, verdict.better_than_guessing, verdict.not_proven, verdict.too_good, verdict.too_few.
    """

    run_id: str
    goal: Goal
    task: TaskKind
    classes: tuple[str, ...]
    metric: Metric
    split: SplitSummary
    models: tuple[ModelSummary, ...]
    comparisons: tuple[Comparison, ...]
    chosen: str
    verdict: InWords
    left_out: tuple[LeftOut, ...]
    warnings: tuple[Issue, ...]
    holdout_reads: int


class AlarmPoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts at one alarm line: an alarm is raised when risk >= line."""

    line: float
    found: int
    missed: int
    false_alarms: int
    let_through: int


class CalibrationBin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rows of similar predicted risk: mean predicted share, observed share with its Wilson interval, row count."""

    predicted: float
    observed: Interval
    count: int


class ImportanceBar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much worse the metric gets when one column is shuffled (permutation importance, Breiman 2001)."""

    column: str
    drop: Interval


class RowMistake(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row the model got wrong: its number in the file, what is true, what was said, and the risk or error."""

    row: int
    actual: str
    predicted: str
    probability: float | None
    error: float | None
    kind: str


class RegressionPoints(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Actual and predicted numbers of at most 2,000 rows, and the residual histogram over all rows."""

    actual: tuple[float, ...]
    predicted: tuple[float, ...]
    residual_counts: tuple[int, ...]
    residual_edges: tuple[float, ...]


class ModelEvaluation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The numbers behind the charts of one model, on holdout rows (or out-of-fold rows when nothing was held out).

    `confusion[i][j]` counts rows of class i answered as class j. `alarm_points` are sorted by line (binary only).
    `interval_halfwidths` are the conformal half-widths of a number's likely range at 80 % and 95 %.
    """

    model_id: str
    on_holdout: bool
    row_count: int
    confusion: tuple[tuple[int, ...], ...] = ()
    alarm_points: tuple[AlarmPoint, ...] = ()
    calibration: tuple[CalibrationBin, ...] = ()
    calibration_trusted: bool | None = None
    regression: RegressionPoints | None = None
    importance: tuple[ImportanceBar, ...] = ()
    mistakes: tuple[RowMistake, ...] = ()
    mistake_count: int = 0
    interval_halfwidths: tuple[float, float] | None = None
