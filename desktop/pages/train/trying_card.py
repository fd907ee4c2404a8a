"""The recipe being tried: what it is, why this one, and how its learning goes."""

from automl.domain.run_state import RunState
from desktop.charts.data import LearningCurvesData
from desktop.charts.learning_curves import LearningCurvesChart
from desktop.i18n import bind_text, translate
from desktop.itemmodels.score_words import spoken, spoken_all
from desktop.pages.train.readings import curve_reading
from desktop.widgets.card import Card
from desktop.widgets.text import plain_label, rich, rich_label


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

    def show_state(self, state: RunState) -> None:
        """Show the running recipe of a run."""
        trial = state.running_trial
        if trial is None:
            doing = state.progress.phase.value if state.progress and state.running else "none"
            bind_text(self.title, "train.trying.phase" if state.running else "train.trying.none")
            self._words.setText(rich(translate(f"phase.{doing}") if doing != "none" else ""))
        else:
            bind_text(self.title, "train.trying", number=trial.number)
            self._words.setText(rich(_sentence(state)))
        curve = state.curve if trial is not None else ()
        self._chart.setVisible(len(curve) > 1)
        self._reading.setVisible(len(curve) > 1)
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
        self._next.setText(translate("train.next") if state.running else "")


def _sentence(state: RunState) -> str:
    trial = state.running_trial
    if trial is None:
        return ""
    family = translate(f"family.{trial.family.value}")
    words = spoken_all(trial.words)
    said = translate("train.trying.words", family=family, words=words) if words else f"**{family}**"
    return f"{said}, {spoken(trial.reason)}." if trial.reason else f"{said}."
