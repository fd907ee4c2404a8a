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
from automl.evaluation.verdict import Judged, judge


@dataclass(frozen=True)
class CheckedModel:
    """A finished model with its predictions on the rows it is judged on. `summary.metrics` and `.holdout` are filled here.

    `guide_loss` is its out-of-fold loss in the smooth measure that steered the search (log loss, typical error).
    """

    summary: ModelSummary
    prediction: Prediction
    guide_loss: float


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
    """Return the leaderboard, best checking score first; a baseline must be among the models.

    Scores that hang on an alarm line jump from row to row. Among the models that are not clearly worse than the best
    checking score, the one with the smallest guide loss is suggested.
    """
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
            # Sealed rows of one class only leave some metrics undefined; then there is no score to claim.
            holdout=interval_of(value, resampled[:, index]) if rows.on_holdout and np.isfinite(value) else None,
            metrics=metrics[index],
        )
        for index, (model, value) in enumerate(zip(ranked, values, strict=True))
    )
    baseline = next(rank for rank, model in enumerate(ranked) if model.summary.family is Family.BASELINE)
    place = _suggested(ranked)
    chosen = ranked[place]
    # One question asked before the holdout was read, so it is not corrected for the many pairs people may look at.
    against_guessing = compare_pairs(
        [names[place], names[baseline]], [values[place], values[baseline]], resampled[:, [place, baseline]]
    )[0]
    return Leaderboard(
        run_id=run.run_id,
        goal=run.goal,
        task=rows.task,
        classes=rows.classes,
        metric=run.metric,
        split=run.split,
        models=summaries,
        comparisons=tuple(one for one in comparisons if np.isfinite(one.difference.value)),
        chosen=chosen.summary.model_id,
        verdict=judge(
            rows,
            Judged(scorings[place], chosen.prediction),
            Judged(scorings[baseline], ranked[baseline].prediction),
            against_guessing,
        ),
        left_out=run.left_out,
        warnings=run.warnings,
        holdout_reads=run.holdout_reads,
    )


def _rank(summary: ModelSummary, metric: Metric) -> float:
    value = summary.checking.value
    if not np.isfinite(value):
        return float("inf")
    return -value if metric.higher_is_better else value


def _suggested(ranked: Sequence[CheckedModel]) -> int:
    best = ranked[0].summary.checking.value
    close = [
        place
        for place, model in enumerate(ranked)
        if model.summary.checking.lower <= best <= model.summary.checking.upper or place == 0
    ]
    return min(close, key=lambda place: ranked[place].guide_loss)


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
