"""The sentences of the Train page, computed from a run. Pure."""

from collections.abc import Sequence

from automl.domain.events import Outcome, TrialFinished, TrialReported
from automl.domain.run_state import RunState
from automl.domain.task import Metric
from desktop.charts.data import best_so_far
from desktop.i18n import translate
from desktop.itemmodels.score_words import score_words

QUIET_TRIALS = 3


def history_reading(trials: Sequence[TrialFinished], metric: Metric) -> str:
    """Return how far the search came and how long ago it last got better."""
    values = [trial.value for trial in trials if trial.value is not None]
    if not values:
        return translate("train.reading.none")
    best = best_so_far(values, lower_is_better=not metric.higher_is_better)
    first, now = score_words(metric, best[0]), score_words(metric, best[-1])
    quiet = len(values) - 1 - values.index(best[-1])
    name = translate(f"train.score.{metric.value}")
    started = translate("train.reading.first", name=name, now=now)
    moved = translate("train.reading.moved", name=name, now=now, first=first)
    said = moved if best[-1] != best[0] else started
    if quiet >= QUIET_TRIALS:
        return f"{said} {translate('train.reading.quiet', count=quiet)}"
    return said


def history_caption(metric: Metric) -> str:
    """Return what is drawn and which way is better."""
    better = "higher" if metric.higher_is_better else "lower"
    return translate(f"train.caption.{better}", name=translate(f"train.score.{metric.value}"))


def curve_reading(curve: Sequence[TrialReported]) -> str:
    """Return what the learning curves of the running recipe say."""
    if len(curve) < 3:
        return translate("train.curve.early")
    checking = [point.checking for point in curve]
    lowest = checking.index(min(checking))
    if lowest >= len(checking) - 2:
        return translate("train.curve.falling")
    return translate("train.curve.rising", step=curve[lowest].step)


def ending(state: RunState) -> str:
    """Return the key of how a run ended: completed, canceled, failed, crashed; empty while it runs."""
    if state.crashed:
        return "crashed"
    if state.finished is None:
        return ""
    return {Outcome.COMPLETED: "completed", Outcome.CANCELED: "canceled", Outcome.FAILED: "failed"}[
        state.finished.outcome
    ]
