"""The search as a chart with its reading."""

from automl.domain.events import Phase
from automl.domain.run_state import RunState
from automl.domain.task import Family, Metric
from desktop.charts.data import TrialHistoryData, TrialPoint, best_so_far
from desktop.charts.trial_history import TrialHistoryChart
from desktop.i18n import translate
from desktop.itemmodels.families import SERIES
from desktop.itemmodels.score_words import score_words
from desktop.pages.train.readings import history_caption, history_reading
from desktop.widgets.card import Card

SEARCHING = (Phase.FAMILIES, Phase.TUNE)


class HistoryCard(Card):
    """One dot a recipe, a line for the best so far."""

    def __init__(self) -> None:
        super().__init__()
        self._chart = TrialHistoryChart()
        self.add(self._chart, 1)

    def show_state(self, state: RunState, metric: Metric) -> None:
        """Show the recipes of a run in the order they were tried; guessing is the first dot."""
        trials = [trial for trial in state.complete_trials if trial.value is not None]
        values = [trial.value for trial in trials if trial.value is not None]
        families = [family for family in Family if any(trial.family is family for trial in trials)]
        self._chart.set_reading(history_reading(trials, metric))
        self._chart.set_caption(history_caption(metric))
        self._chart.set_data(
            TrialHistoryData(
                points=tuple(
                    TrialPoint(place + 1, value, SERIES[trial.family])
                    for place, (trial, value) in enumerate(zip(trials, values, strict=True))
                ),
                best=best_so_far(values, lower_is_better=not metric.higher_is_better),
                expected=_expected(state),
                legend=tuple((SERIES[family], translate(f"family.{family.value}")) for family in families),
                format=lambda value: score_words(metric, value),
            )
        )


def _expected(state: RunState) -> int:
    """Return how many recipes there may be in all, judged by the time used so far; 0 when nothing can be said."""
    share = state.progress.fraction if state.progress else None
    searching = state.progress is not None and state.progress.phase in SEARCHING
    if not state.running or not searching or share is None or share < 0.05:
        return 0
    return max(len(state.trials), round(len(state.trials) / share))
