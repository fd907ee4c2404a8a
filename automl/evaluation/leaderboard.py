"""The leaderboard of a run: every finished model with honest intervals, who differs from whom, and a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from automl.domain.issues import Issue
from automl.domain.result import Interval, Leaderboard, LeftOut, ModelSummary, SplitSummary
from automl.domain.task import Family, Goal, Metric
from automl.evaluation.chart_data import CheckedRows
from automl.evaluation.metrics import Prediction, Scoring, score, shown_metrics
from automl.evaluation.uncertainty import bootstrap_scores, compare_pairs, interval_of
from automl.evaluation.verdict import judge


@dataclass(frozen=True)
class CheckedModel:
    """A finished model with its predictions on the rows it is judged on. `summary.metrics` and `.holdout` are filled here."""

    summary: ModelSummary
    prediction: Prediction


@dataclass(frozen=True)
class RunFacts:
    """What the leaderboard says about the run as a whole."""

    run_id: str
    goal: Goal
    metric: Metric
    split: SplitSummary
    left_out: tuple[LeftOut, ...]
    warnings: tuple[Issue, ...]
    holdout_reads: int


def build_leaderboard(run: RunFacts, rows: CheckedRows, models: Sequence[CheckedModel], seed: int = 0) -> Leaderboard:
    """Return the leaderboard, best checking score first. A baseline must be among the models; it is never chosen if beaten."""
    ranked = sorted(models, key=lambda model: _rank(model.summary, run.metric))
    scorings = [_scoring(run, model.summary, run.metric) for model in ranked]
    predictions = [model.prediction for model in ranked]
    resampled = bootstrap_scores(scorings, rows.target, predictions, seed)
    values = [score(scoring, rows.target, one) for scoring, one in zip(scorings, predictions, strict=True)]
    names = [model.summary.model_id for model in ranked]
    comparisons = compare_pairs(names, values, resampled)
    metrics = _all_metrics(run, rows, ranked, seed)
    summaries = tuple(
        msgspec.structs.replace(
            model.summary,
            holdout=interval_of(value, resampled[:, index]) if rows.on_holdout else None,
            metrics=metrics[index],
        )
        for index, (model, value) in enumerate(zip(ranked, values, strict=True))
    )
    baseline = next(place for place, model in enumerate(ranked) if model.summary.family is Family.BASELINE)
    chosen = ranked[0]
    # One question asked before the holdout was read, so it is not corrected for the many pairs people may look at.
    against_guessing = compare_pairs(
        [names[0], names[baseline]], [values[0], values[baseline]], resampled[:, [0, baseline]]
    )[0]
    return Leaderboard(
        run_id=run.run_id,
        goal=run.goal,
        task=rows.task,
        classes=rows.classes,
        metric=run.metric,
        split=run.split,
        models=summaries,
        comparisons=comparisons,
        chosen=chosen.summary.model_id,
        verdict=judge(rows, scorings[0], chosen.prediction, ranked[baseline].prediction, against_guessing),
        left_out=run.left_out,
        warnings=run.warnings,
        holdout_reads=run.holdout_reads,
    )


def _rank(summary: ModelSummary, metric: Metric) -> float:
    value = summary.checking.value
    if not np.isfinite(value):
        return float("inf")
    return -value if metric.higher_is_better else value


def _scoring(run: RunFacts, summary: ModelSummary, metric: Metric) -> Scoring:
    return Scoring(metric, 0.5 if summary.alarm_line is None else summary.alarm_line, run.goal.cost)


def _all_metrics(
    run: RunFacts, rows: CheckedRows, models: Sequence[CheckedModel], seed: int
) -> list[dict[str, Interval]]:
    """Return for every model its shown metrics with intervals."""
    found: list[dict[str, Interval]] = [{} for _ in models]
    predictions = [model.prediction for model in models]
    for metric in shown_metrics(rows.task, run.goal.cost):
        scorings = [_scoring(run, model.summary, metric) for model in models]
        resampled: NDArray[np.float64] = bootstrap_scores(scorings, rows.target, predictions, seed)
        for index, (scoring, one) in enumerate(zip(scorings, predictions, strict=True)):
            value = score(scoring, rows.target, one)
            if np.isfinite(value):
                found[index][metric.value] = interval_of(value, resampled[:, index])
    return found
