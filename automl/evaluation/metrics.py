"""Scores of predictions. Classification: target codes int64[n], probabilities float[n, K]. Regression: numbers float[n]."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata
from sklearn.metrics import average_precision_score, f1_score

from automl.domain.task import Metric, MistakeCost, TaskKind

Target = NDArray[np.int64] | NDArray[np.float64]
Prediction = NDArray[np.float64]

SMALLEST_PROBABILITY = 1e-7
ROW_WISE = (Metric.LOG_LOSS, Metric.ACCURACY, Metric.RMSE, Metric.MAE, Metric.COST)


@dataclass(frozen=True)
class Scoring:
    """How predictions are judged: the metric, and for a yes/no answer the alarm line and the cost of mistakes."""

    metric: Metric
    alarm_line: float = 0.5
    cost: MistakeCost | None = None


def shown_metrics(task: TaskKind, cost: MistakeCost | None) -> tuple[Metric, ...]:
    """Return all metrics a leaderboard shows for a task."""
    if task is TaskKind.REGRESSION:
        return (Metric.RMSE, Metric.MAE, Metric.R2)
    shared = (Metric.LOG_LOSS, Metric.ACCURACY, Metric.BALANCED_ACCURACY, Metric.ROC_AUC, Metric.F1_MACRO)
    if task is TaskKind.MULTICLASS:
        return shared
    return (*shared, Metric.AVERAGE_PRECISION, *((Metric.COST,) if cost else ()))


def answers(prediction: Prediction, alarm_line: float = 0.5) -> NDArray[np.int64]:
    """Return class codes: yes/no by the alarm line (an alarm when risk >= line), otherwise the likeliest class."""
    if prediction.shape[1] == 2:
        return np.asarray(prediction[:, 1] >= alarm_line, dtype=np.int64)
    return np.asarray(prediction.argmax(axis=1), dtype=np.int64)


def score(scoring: Scoring, target: Target, prediction: Prediction) -> float:
    """Return the score of predictions; NaN where the metric is undefined (one class only, one row only)."""
    if len(target) == 0:
        return float("nan")
    if scoring.metric in ROW_WISE:
        mean = float(row_losses(scoring, target, prediction).mean())
        return float(np.sqrt(mean)) if scoring.metric is Metric.RMSE else mean
    if scoring.metric is Metric.R2:
        spread = float(np.square(target - target.mean()).sum())
        return 1.0 - float(np.square(target - prediction).sum()) / spread if spread > 0 else float("nan")
    codes = target.astype(np.int64)
    if scoring.metric is Metric.ROC_AUC:
        return _roc_auc(codes, prediction)
    if len(np.unique(codes)) < 2:
        return float("nan")
    if scoring.metric is Metric.AVERAGE_PRECISION:
        return float(average_precision_score(codes, prediction[:, 1]))
    said = answers(prediction, scoring.alarm_line)
    if scoring.metric is Metric.BALANCED_ACCURACY:
        return float(np.mean([np.mean(said[codes == code] == code) for code in np.unique(codes)]))
    return float(f1_score(codes, said, average="macro", zero_division=0.0))


def row_losses(scoring: Scoring, target: Target, prediction: Prediction) -> NDArray[np.float64]:
    """Return one value a row whose mean is the score (RMSE: whose mean is the squared score). Row-wise metrics only."""
    metric = scoring.metric
    if metric is Metric.RMSE:
        return np.square(target - prediction)
    if metric is Metric.MAE:
        return np.abs(target - prediction)
    codes = target.astype(np.int64)
    if metric is Metric.LOG_LOSS:
        of_truth = prediction[np.arange(len(codes)), codes]
        return np.asarray(-np.log(np.clip(of_truth, SMALLEST_PROBABILITY, 1.0)))
    said = answers(prediction, scoring.alarm_line)
    if metric is Metric.ACCURACY:
        return np.asarray(said == codes, dtype=np.float64)
    if metric is Metric.COST and scoring.cost is not None:
        missed = (codes == 1) & (said == 0)
        false_alarm = (codes == 0) & (said == 1)
        return np.asarray(1000.0 * (scoring.cost.miss * missed + scoring.cost.false_alarm * false_alarm))
    raise ValueError(f"{metric} is not a mean over rows, or its cost is unknown")


def _roc_auc(codes: NDArray[np.int64], prediction: Prediction) -> float:
    """Return the area under the ROC curve; for several classes the mean of one class against the rest (Hand & Till 2001)."""
    classes = [1] if prediction.shape[1] == 2 else range(prediction.shape[1])
    areas = [_rank_area(codes == code, prediction[:, code]) for code in classes]
    known = [area for area in areas if not np.isnan(area)]
    return float(np.mean(known)) if known else float("nan")


def _rank_area(positive: NDArray[np.bool_], risk: NDArray[np.float64]) -> float:
    count = int(positive.sum())
    others = len(positive) - count
    if count == 0 or others == 0:
        return float("nan")
    return float((rankdata(risk)[positive].sum() - count * (count + 1) / 2) / (count * others))
