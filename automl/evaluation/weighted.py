"""Scores of many resamples at once: every resample is a weight a row, and sums over rows become one matrix product."""

import numpy as np
from numpy.typing import NDArray

from automl.domain.task import Metric
from automl.evaluation.metrics import Prediction, Scoring, Target, answers

Weights = NDArray[np.float64]
Scores = NDArray[np.float64]


def weighted_scores(scoring: Scoring, target: Target, prediction: Prediction, weights: Weights) -> Scores:
    """Return the score of every resample, [repeats]; `weights` [repeats, rows] count how often a row was drawn.

    Agrees with `metrics.score` on the drawn rows, NaN where the metric is undefined. Metrics that are no means over rows.
    """
    if scoring.metric is Metric.R2:
        return _r2(target.astype(np.float64), prediction, weights)
    codes = target.astype(np.int64)
    if scoring.metric is Metric.ROC_AUC:
        return _roc_auc(codes, prediction, weights)
    if scoring.metric is Metric.AVERAGE_PRECISION:
        return _average_precision(codes == 1, prediction[:, 1], weights)
    counts = _confusion(codes, answers(prediction, scoring.alarm_line), prediction.shape[1], weights)
    if scoring.metric is Metric.BALANCED_ACCURACY:
        return _balanced_accuracy(counts)
    if scoring.metric is Metric.F1_MACRO:
        return _f1_macro(counts)
    raise ValueError(f"{scoring.metric} is a mean over rows")


def _confusion(codes: NDArray[np.int64], said: NDArray[np.int64], classes: int, weights: Weights) -> Scores:
    """Counts [repeats, true class, answer]."""
    cells = codes * classes + said
    counts = np.stack([weights[:, cells == cell].sum(axis=1) for cell in range(classes * classes)], axis=1)
    return counts.reshape(-1, classes, classes)


def _balanced_accuracy(counts: Scores) -> Scores:
    present = counts.sum(axis=2) > 0
    found = np.diagonal(counts, axis1=1, axis2=2) / np.maximum(counts.sum(axis=2), 1)
    means = np.where(present, found, 0.0).sum(axis=1) / present.sum(axis=1)
    return np.asarray(np.where(present.sum(axis=1) < 2, np.nan, means))


def _f1_macro(counts: Scores) -> Scores:
    """Mean over the classes that are true or answered somewhere."""
    hits = np.diagonal(counts, axis1=1, axis2=2)
    involved = counts.sum(axis=1) + counts.sum(axis=2)
    values = np.where(involved > 0, 2 * hits / np.maximum(involved, 1), 0.0)
    means = values.sum(axis=1) / np.maximum((involved > 0).sum(axis=1), 1)
    return np.asarray(np.where((counts.sum(axis=2) > 0).sum(axis=1) < 2, np.nan, means))


def _r2(target: Scores, prediction: Prediction, weights: Weights) -> Scores:
    total = weights.sum(axis=1)
    mean = weights @ target / total
    spread = weights @ np.square(target) - total * np.square(mean)
    errors = weights @ np.square(target - prediction)
    return np.asarray(np.where(spread > 1e-12 * total, 1 - errors / np.maximum(spread, 1e-300), np.nan))


def _roc_auc(codes: NDArray[np.int64], prediction: Prediction, weights: Weights) -> Scores:
    classes = [1] if prediction.shape[1] == 2 else range(prediction.shape[1])
    areas = np.stack([_area(codes == code, prediction[:, code], weights) for code in classes])
    known = np.isfinite(areas)
    sums = np.where(known, areas, 0.0).sum(axis=0)
    return np.asarray(np.where(known.any(axis=0), sums / np.maximum(known.sum(axis=0), 1), np.nan))


def _steps(positive: NDArray[np.bool_], risk: Scores, weights: Weights) -> tuple[Scores, Scores]:
    """Weight of positives and of others at or above every distinct risk, highest risk first, [repeats, risks]."""
    order = np.argsort(-risk, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(risk[order]) != 0, True))
    ordered, is_positive = weights[:, order], positive[order]
    found = np.cumsum(ordered * is_positive, axis=1)[:, ends]
    stopped = np.cumsum(ordered * ~is_positive, axis=1)[:, ends]
    return found, stopped


def _area(positive: NDArray[np.bool_], risk: Scores, weights: Weights) -> Scores:
    """Area under the ROC curve by trapezoids, which counts equal risks as half right."""
    found, stopped = _steps(positive, risk, weights)
    before = np.pad(found, ((0, 0), (1, 0)))[:, :-1]
    widths = np.diff(stopped, axis=1, prepend=0.0)
    whole = found[:, -1] * stopped[:, -1]
    area = (widths * (found + before) / 2).sum(axis=1)
    return np.asarray(np.where(whole > 0, area / np.maximum(whole, 1e-300), np.nan))


def _average_precision(positive: NDArray[np.bool_], risk: Scores, weights: Weights) -> Scores:
    found, stopped = _steps(positive, risk, weights)
    precision = found / np.maximum(found + stopped, 1e-300)
    gained = np.diff(found, axis=1, prepend=0.0)
    both = (found[:, -1] > 0) & (stopped[:, -1] > 0)
    return np.asarray(np.where(both, (gained * precision).sum(axis=1) / np.maximum(found[:, -1], 1e-300), np.nan))
