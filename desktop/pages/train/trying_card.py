"""The recipe being tried: what it is, why this one, and how its learning goes."""

from automl.domain.events import Phase
from automl.domain.run_state import RunState
from desktop.charts.data import LearningCurvesData
from desktop.charts.learning_curves import LearningCurvesChart
from desktop.i18n import bind_text, translate
from desktop.itemmodels.score_words import spoken, spoken_all
from desktop.pages.train.readings import curve_reading
from desktop.widgets.card import Card
from desktop.widgets.text import plain_label, rich, rich_label

DELIVERING = (Phase.BLEND, Phase.FINAL_CHECK)


class TryingCard(Card):
    """Between recipes it says what is being done instead."""

    def __init__(self) -> None:
        super().__init__("train.trying.none")
        self._words = rich_label("", "body")
        self._chart = LearningCurvesChart()
        self._chart.set_plot_height(120)
        self._reading = plain_label("", "caption", wrap=True)
        self._next = plain_label("", "secondary", wrap=True)
        for part in (self._words, self._chart, self._reading):
            self.add(part)
        self.add_stretch()
        self.add(self._next)
        self._is_short = False
        self._has_curve = False

    def set_short(self, short: bool) -> None:
        """Leave the picture of the learning to its sentence when there is little room."""
        self._is_short = short
        self._chart.setVisible(self._has_curve and not short)

    def show_state(self, state: RunState, *, live: bool) -> None:
        """Show the running recipe of a run; it is `live` from the moment it is handed to a worker."""
        trial = state.running_trial
        phase = state.progress.phase if state.progress else Phase.PREPARE
        if trial is None:
            bind_text(self.title, "train.trying.phase" if live else "train.trying.none")
            self._words.setText(rich(translate(f"phase.{phase.value}")) if live else "")
        else:
            bind_text(self.title, "train.trying", number=trial.number)
            self._words.setText(rich(_sentence(state)))
        curve = state.curve if trial is not None else ()
        self._has_curve = len(curve) > 1
        self._chart.setVisible(self._has_curve and not self._is_short)
        self._reading.setVisible(self._has_curve)
        self._reading.setText(curve_reading(curve) if curve else "")
        self._chart.set_caption(
            translate("train.curve.caption", step=curve[-1].step, steps=curve[-1].steps) if curve else ""
        )
        self._chart.set_data(
            LearningCurvesData(
                checking=tuple((float(point.step), point.checking) for point in curve),
                learning=tuple((float(point.step), point.learning) for point in curve if point.learning is not None),
                total=float(curve[-1].steps) if curve else 0.0,
            )
        )
        self._next.setText(translate("train.next") if live and phase not in DELIVERING else "")


def _sentence(state: RunState) -> str:
    trial = state.running_trial
    if trial is None:
        return ""
    family = translate(f"family.{trial.family.value}")
    words = spoken_all(trial.words)
    said = translate("train.trying.words", family=family, words=words) if words else f"**{family}**"
    return f"{said}, {spoken(trial.reason)}." if trial.reason else f"{said}."
