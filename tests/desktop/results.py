"""A small leaderboard and evaluations, made by hand, for tests."""

from automl.domain.issues import Parameter
from automl.domain.result import (
    AlarmPoint,
    CalibrationBin,
    Comparison,
    ImportanceBar,
    Interval,
    InWords,
    Leaderboard,
    LeftOut,
    ModelEvaluation,
    ModelSummary,
    RowMistake,
    SplitSummary,
)
from automl.domain.task import Family, Goal, Metric, MistakeCost, TaskKind

POINTS = (
    AlarmPoint(0.0, 10, 0, 90, 0),
    AlarmPoint(0.1, 9, 1, 20, 70),
    AlarmPoint(0.3, 8, 2, 5, 85),
    AlarmPoint(0.6, 4, 6, 0, 90),
    AlarmPoint(1.0, 0, 10, 0, 90),
)
FACTS: dict[str, Parameter] = {
    "gain": 0.7,
    "rows": 100,
    "right": 93,
    "usual": 90,
    "found": 8,
    "positives": 10,
    "stopped": 5,
    "negatives": 90,
    "positive": "yes",
}
COST = MistakeCost(1000.0, 100.0)


def model(
    model_id: str,
    family: Family,
    *,
    number: int,
    score: float,
    metric: Metric = Metric.LOG_LOSS,
    simplicity: int = 3,
) -> ModelSummary:
    """A model with a score give or take a tenth of it."""
    interval = Interval(score, score * 0.9, score * 1.1)
    return ModelSummary(
        model_id=model_id,
        family=family,
        number=number,
        words=(),
        metric=metric,
        checking=interval,
        holdout=interval,
        metrics={"log_loss": interval, "rmse": interval},
        seconds=1.0,
        milliseconds_per_row=0.1 * (1 + simplicity % 5),
        size_bytes=1000 * (number + 1),
        simplicity=simplicity,
        alarm_line=0.3,
        members=(("boosted-3", 0.7), ("linear-1", 0.3)) if family is Family.BLEND else (),
    )


def leaderboard(metric: Metric = Metric.LOG_LOSS, cost: MistakeCost | None = None) -> Leaderboard:
    """Four models; the boosted trees are suggested, the blend has the best score."""
    return Leaderboard(
        run_id="run-1",
        goal=Goal(target="DEFECT", task=TaskKind.BINARY, cost=cost),
        task=TaskKind.BINARY,
        classes=("no", "yes"),
        metric=metric,
        split=SplitSummary("random", "", 400, 100, 5),
        models=(
            model("boosted-3", Family.BOOSTED, number=3, score=0.2, metric=metric),
            model("blend", Family.BLEND, number=0, score=0.19, metric=metric, simplicity=1),
            model("linear-1", Family.LINEAR, number=1, score=0.3, metric=metric, simplicity=5),
            model("baseline", Family.BASELINE, number=0, score=0.9, metric=metric, simplicity=5),
        ),
        comparisons=(
            Comparison("boosted-3", "blend", Interval(0.01, -0.02, 0.04), False),
            Comparison("boosted-3", "linear-1", Interval(-0.1, -0.15, -0.05), True),
        ),
        chosen="boosted-3",
        verdict=InWords("verdict.good_enough.binary", FACTS),
        left_out=(LeftOut("left_out.column_empty", {"column": "STATION"}),),
        warnings=(),
        holdout_reads=4,
    )


def evaluation(model_id: str) -> ModelEvaluation:
    """A yes/no model that finds 9 of 10."""
    return ModelEvaluation(
        model_id=model_id,
        on_holdout=True,
        row_count=100,
        confusion=((70, 20), (1, 9)),
        alarm_points=POINTS,
        calibration=(
            CalibrationBin(0.1, Interval(0.08, 0.02, 0.2), 60),
            CalibrationBin(0.45, Interval(0.5, 0.3, 0.7), 40),
        ),
        calibration_trusted=True,
        importance=(
            ImportanceBar("MELT_TEMP", Interval(0.1, 0.08, 0.12)),
            ImportanceBar("HUMIDITY", Interval(0.001, -0.01, 0.01)),
        ),
        mistakes=(
            RowMistake(17, "yes", "no", 0.004, None, "missed"),
            RowMistake(4, "no", "yes", 0.8, None, "false_alarm"),
        ),
        mistake_count=21,
    )
