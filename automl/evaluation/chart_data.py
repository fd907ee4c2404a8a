"""The numbers behind every chart of one model, as frozen records. Front ends draw them and compute nothing."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from automl.domain.result import (
    AlarmPoint,
    CalibrationBin,
    ImportanceBar,
    ModelEvaluation,
    RegressionPoints,
    RowMistake,
)
from automl.domain.task import TaskKind
from automl.evaluation.metrics import Prediction, Target, answers
from automl.evaluation.uncertainty import wilson

MOST_ALARM_POINTS = 200
MOST_MISTAKES = 50
MOST_POINTS = 2000
RESIDUAL_BINS = 24
RISK_EDGES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
SMALLEST_CALIBRATION_BIN = 20
TRUSTED_ERROR = 0.05
TRUSTED_SHARE = 0.8


@dataclass(frozen=True)
class CheckedRows:
    """The rows a model is judged on: their numbers in the file, the truth, and what the classes are called.

    `of_images` tells that a row is an image, for the words of the verdict.
    """

    row_numbers: NDArray[np.int64]
    target: Target
    task: TaskKind
    classes: tuple[str, ...]
    on_holdout: bool
    of_images: bool = False


def evaluate_model(
    model_id: str,
    rows: CheckedRows,
    prediction: Prediction,
    alarm_line: float | None = None,
    importance: tuple[ImportanceBar, ...] = (),
) -> ModelEvaluation:
    """Return everything the charts of a model show, on the rows it is judged on."""
    if rows.task is TaskKind.REGRESSION:
        mistakes = _largest_errors(rows, prediction)
        return ModelEvaluation(
            model_id=model_id,
            on_holdout=rows.on_holdout,
            row_count=len(rows.target),
            regression=_regression_points(rows.target, prediction),
            importance=importance,
            mistakes=mistakes,
            mistake_count=len(rows.target),
        )
    codes = rows.target.astype(np.int64)
    said = answers(prediction, 0.5 if alarm_line is None else alarm_line)
    bins = calibration_bins(codes, prediction)
    return ModelEvaluation(
        model_id=model_id,
        on_holdout=rows.on_holdout,
        row_count=len(codes),
        confusion=_confusion(codes, said, len(rows.classes)),
        alarm_points=_alarm_points(codes, prediction[:, 1], alarm_line) if rows.task.has_risk else (),
        calibration=bins,
        calibration_trusted=calibration_trusted(bins),
        importance=importance,
        mistakes=_wrong_rows(rows, codes, said, prediction),
        mistake_count=int((codes != said).sum()),
    )


def calibration_bins(codes: NDArray[np.int64], prediction: Prediction) -> tuple[CalibrationBin, ...]:
    """Return rows grouped by stated risk (yes/no) or by confidence in the answer (several classes)."""
    if prediction.shape[1] == 2:
        stated, happened = prediction[:, 1], codes == 1
    else:
        stated, happened = prediction.max(axis=1), prediction.argmax(axis=1) == codes
    bins: list[CalibrationBin] = []
    waiting = np.zeros(len(codes), dtype=bool)
    for index, (lower, upper) in enumerate(pairwise(RISK_EDGES)):
        last = index == len(RISK_EDGES) - 2
        waiting |= (stated >= lower) & ((stated < upper) | last)
        count = int(waiting.sum())
        if count < SMALLEST_CALIBRATION_BIN and not (last and count and not bins):
            continue
        observed = wilson(int(happened[waiting].sum()), count)
        bins.append(CalibrationBin(float(stated[waiting].mean()), observed, count))
        waiting = np.zeros(len(codes), dtype=bool)
    return tuple(bins)


def calibration_trusted(bins: tuple[CalibrationBin, ...]) -> bool | None:
    """Return whether stated risks came true; None with too few rows to tell.

    Rule: mean gap at most 5 points (expected calibration error, Naeini 2015), and 8 of 10 bins hold their stated risk
    within the likely range of what happened.
    """
    count = sum(one.count for one in bins)
    if len(bins) < 2 or count < 2 * SMALLEST_CALIBRATION_BIN:
        return None
    error = sum(one.count * abs(one.predicted - one.observed.value) for one in bins) / count
    inside = sum(one.observed.lower <= one.predicted <= one.observed.upper for one in bins)
    return error <= TRUSTED_ERROR and inside >= TRUSTED_SHARE * len(bins)


def _confusion(codes: NDArray[np.int64], said: NDArray[np.int64], classes: int) -> tuple[tuple[int, ...], ...]:
    counts = np.bincount(codes * classes + said, minlength=classes * classes).reshape(classes, classes)
    return tuple(tuple(int(cell) for cell in row) for row in counts)


def _alarm_points(
    codes: NDArray[np.int64], risk: NDArray[np.float64], alarm_line: float | None
) -> tuple[AlarmPoint, ...]:
    """Return counts at no alarm, all alarms, the model's own line and lines between the risks in between."""
    ranked = np.unique(risk)
    between = (ranked[:-1] + ranked[1:]) / 2
    if len(between) > MOST_ALARM_POINTS:
        wanted = np.linspace(0, len(between) - 1, MOST_ALARM_POINTS).round().astype(np.int64)
        between = between[np.unique(wanted)]
    own = [] if alarm_line is None else [alarm_line]
    lines = np.unique(np.concatenate([[0.0], between, own, [np.nextafter(1.0, 2.0)]]))
    positive = np.sort(risk[codes == 1])
    negative = np.sort(risk[codes == 0])
    missed = np.searchsorted(positive, lines, side="left")
    through = np.searchsorted(negative, lines, side="left")
    return tuple(
        AlarmPoint(float(line), len(positive) - int(m), int(m), len(negative) - int(p), int(p))
        for line, m, p in zip(lines, missed, through, strict=True)
    )


def _wrong_rows(
    rows: CheckedRows, codes: NDArray[np.int64], said: NDArray[np.int64], prediction: Prediction
) -> tuple[RowMistake, ...]:
    """Return wrong answers, those with the least probability given to the truth first."""
    wrong = np.flatnonzero(codes != said)
    given_to_truth = prediction[wrong, codes[wrong]]
    worst = wrong[np.argsort(given_to_truth, kind="stable")][:MOST_MISTAKES]
    binary = rows.task.has_risk
    return tuple(
        RowMistake(
            row=int(rows.row_numbers[position]),
            actual=rows.classes[codes[position]],
            predicted=rows.classes[said[position]],
            probability=float(prediction[position, 1 if binary else said[position]]),
            error=None,
            kind=("missed" if codes[position] == 1 else "false_alarm") if binary else "wrong_class",
        )
        for position in worst
    )


def _largest_errors(rows: CheckedRows, prediction: Prediction) -> tuple[RowMistake, ...]:
    errors = prediction - rows.target
    worst = np.argsort(-np.abs(errors), kind="stable")[:MOST_MISTAKES]
    return tuple(
        RowMistake(
            row=int(rows.row_numbers[position]),
            actual=f"{rows.target[position]:.6g}",
            predicted=f"{prediction[position]:.6g}",
            probability=None,
            error=float(errors[position]),
            kind="too_high" if errors[position] > 0 else "too_low",
        )
        for position in worst
    )


def _regression_points(target: Target, prediction: Prediction) -> RegressionPoints:
    shown = np.unique(np.linspace(0, len(target) - 1, min(MOST_POINTS, len(target))).round().astype(np.int64))
    residuals = prediction - target
    counts, edges = np.histogram(residuals, bins=RESIDUAL_BINS)
    return RegressionPoints(
        actual=tuple(float(value) for value in target[shown]),
        predicted=tuple(float(value) for value in prediction[shown]),
        residual_counts=tuple(int(count) for count in counts),
        residual_edges=tuple(float(edge) for edge in edges),
    )
