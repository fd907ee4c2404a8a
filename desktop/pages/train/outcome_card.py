"""What a training that is over has tried: every family with its count and its best score."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from automl.domain.events import TrialFinished
from automl.domain.run_state import RunState
from automl.domain.task import Family, Metric
from desktop.i18n import translate, translator
from desktop.itemmodels.families import SERIES
from desktop.itemmodels.score_words import score_words
from desktop.itemmodels.trials import ranked
from desktop.widgets.card import Card
from desktop.widgets.cells import draw_shape
from desktop.widgets.painting import painting
from desktop.widgets.text import plain_label

NAME, TRIED, SCORE = 1, 2, 3


class OutcomeCard(Card):
    """Families in the order of their best recipe; those without a score come last."""

    def __init__(self) -> None:
        super().__init__("train.outcome")
        self._facts = plain_label("", "secondary", wrap=True)
        self._families = QWidget()
        self._grid = QGridLayout(self._families)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(NAME, 1)
        self._where = plain_label("", "caption", wrap=True)
        for part in (self._facts, self._families, self._where):
            self.add(part)
        self.add_stretch()

    def show_state(self, state: RunState, metric: Metric) -> None:
        """Show a run that is over."""
        complete = state.complete_trials
        self._facts.setText(
            translate(
                "train.outcome.facts",
                recipes=len(complete),
                time=translator().duration(sum(trial.seconds for trial in state.trials)),
            )
        )
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for row, (family, tried) in enumerate(_by_family(complete, metric)):
            self._show_family(row, family, tried, metric)
        self._families.setVisible(bool(complete))
        self._where.setText(translate("train.outcome.compare" if state.succeeded else "train.outcome.kept"))

    def _show_family(self, row: int, family: Family, tried: Sequence[TrialFinished], metric: Metric) -> None:
        best = ranked(tried, metric)
        count = plain_label(translate("train.outcome.tried", count=len(tried)), "caption")
        score = plain_label(score_words(metric, best[0].value or 0.0) if best else "–", "strong")
        score.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(_Sign(SERIES[family]), row, 0)
        self._grid.addWidget(plain_label(translate(f"family.{family.value}"), "body", wrap=True), row, NAME)
        self._grid.addWidget(count, row, TRIED)
        self._grid.addWidget(score, row, SCORE)


def _by_family(trials: Sequence[TrialFinished], metric: Metric) -> Sequence[tuple[Family, tuple[TrialFinished, ...]]]:
    in_order = dict.fromkeys(trial.family for trial in (*ranked(trials, metric), *trials))
    return [(family, tuple(trial for trial in trials if trial.family is family)) for family in in_order]


class _Sign(QWidget):
    """The shape of a family, as in the chart beside it."""

    def __init__(self, series: str) -> None:
        super().__init__()
        self._series = series
        self.setFixedSize(14, 18)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape."""
        del event
        with painting(self) as painter:
            draw_shape(painter, QPointF(6, 9), self._series, 4.2)
