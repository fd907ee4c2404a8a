"""The verdict on a run, by stated rules and never by taste. The limits here are those the help page gives."""

from typing import NamedTuple

import numpy as np

from automl.domain.issues import Parameter
from automl.domain.result import Comparison, InWords
from automl.domain.task import Metric, TaskKind
from automl.evaluation.chart_data import CheckedRows
from automl.evaluation.metrics import Prediction, Scoring, answers, score

FEWEST_ROWS = 30
FEWEST_OF_A_CLASS = 10
CLEAR_GAIN = 0.2
SUSPICIOUS_AUC = 0.995
SUSPICIOUS_R2 = 0.999


class Judged(NamedTuple):
    """What a model answered, and how it is scored: with its own alarm line."""

    scoring: Scoring
    prediction: Prediction


def judge(rows: CheckedRows, model: Judged, baseline: Judged, against_baseline: Comparison) -> InWords:
    """Return the verdict on the chosen model.

    too_few: under 30 checked rows or under 10 of a class. not_proven: not better than guessing beyond chance.
    too_good: ROC area above 0.995 or R2 above 0.999. good_enough: proven, and at least 20 % less loss than guessing.
    better_than_guessing: proven, but by less.
    """
    kind = _kind(rows, model.scoring)
    gain = _gain_over(rows, model, baseline)
    facts = {"gain": gain, **_facts(rows, model.scoring, model.prediction, baseline.prediction)}
    if _too_few(rows):
        return InWords(f"verdict.too_few.{kind}", facts)
    if not against_baseline.proven or gain <= 0:
        return InWords(f"verdict.not_proven.{kind}", facts)
    if _too_good(rows, model.prediction):
        return InWords(f"verdict.too_good.{kind}", facts)
    level = "good_enough" if gain >= CLEAR_GAIN else "better_than_guessing"
    return InWords(f"verdict.{level}.{kind}", facts)


def _kind(rows: CheckedRows, scoring: Scoring) -> str:
    if rows.of_images:
        return f"{rows.task.value}_images"
    return "cost" if scoring.cost is not None and rows.task is TaskKind.BINARY else rows.task.value


def _too_few(rows: CheckedRows) -> bool:
    if len(rows.target) < FEWEST_ROWS:
        return True
    if rows.task is TaskKind.REGRESSION:
        return False
    counts = np.bincount(rows.target.astype(np.int64), minlength=len(rows.classes))
    return bool(counts.min() < FEWEST_OF_A_CLASS) if rows.task.has_risk else bool(counts.max() == len(rows.target))


def _too_good(rows: CheckedRows, prediction: Prediction) -> bool:
    if rows.task is TaskKind.REGRESSION:
        return score(Scoring(Metric.R2), rows.target, prediction) > SUSPICIOUS_R2
    return score(Scoring(Metric.ROC_AUC), rows.target, prediction) > SUSPICIOUS_AUC


def _gain_over(rows: CheckedRows, model: Judged, baseline: Judged) -> float:
    """Return the share of the baseline's loss that is saved, in the metric itself where lower is better.

    Where only good parts were learned a risk is no promise: what counts is which of a good and a flawed part it puts first.
    """
    if rows.task is TaskKind.ANOMALY:
        area = [score(Scoring(Metric.ROC_AUC), rows.target, one.prediction) for one in (model, baseline)]
        return 1.0 - (1.0 - area[0]) / (1.0 - area[1]) if area[1] < 1.0 else 0.0
    if rows.task is TaskKind.REGRESSION:
        scored = Scoring(Metric.RMSE), Scoring(Metric.RMSE)
    elif model.scoring.metric.higher_is_better:
        scored = Scoring(Metric.LOG_LOSS), Scoring(Metric.LOG_LOSS)
    else:
        scored = model.scoring, baseline.scoring
    guessing = score(scored[1], rows.target, baseline.prediction)
    return 1.0 - score(scored[0], rows.target, model.prediction) / guessing if guessing > 0 else 0.0


def _facts(rows: CheckedRows, scoring: Scoring, prediction: Prediction, baseline: Prediction) -> dict[str, Parameter]:
    """Return the numbers a verdict sentence may use."""
    if rows.task is TaskKind.REGRESSION:
        typical = score(Scoring(Metric.RMSE), rows.target, prediction)
        return {
            "rows": len(rows.target),
            "error": typical,
            "guessing": score(Scoring(Metric.RMSE), rows.target, baseline),
        }
    codes = rows.target.astype(np.int64)
    said = answers(prediction, scoring.alarm_line)
    facts: dict[str, Parameter] = {
        "rows": len(codes),
        "right": int((codes == said).sum()),
        "usual": int(np.bincount(codes).max()),
    }
    if rows.task.has_risk:
        facts |= {
            "found": int(((codes == 1) & (said == 1)).sum()),
            "positives": int((codes == 1).sum()),
            "stopped": int(((codes == 0) & (said == 1)).sum()),
            "negatives": int((codes == 0).sum()),
            "positive": rows.classes[1],
        }
    return facts
