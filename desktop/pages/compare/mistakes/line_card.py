"""Where the line lies among good and flawed images, and what another line would do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from automl.domain.image_result import DecisionBand, ImageEvaluation
from desktop.charts.data import TwoHistogramsData
from desktop.charts.two_histograms import TwoHistogramsChart
from desktop.i18n import translate, translator
from desktop.pages.compare.mistakes.kinds import LineCounts, counts_at, line_that_finds_all
from desktop.pages.compare.mistakes.readings import line_reading, score_words
from desktop.widgets.buttons import text_button
from desktop.widgets.card import Card
from desktop.widgets.card import line as rule
from desktop.widgets.text import label, plain_label

LOWEST_PLOT = 200
STEPS_A_UNIT = 100


class LineCard(Card):
    """`moved` tells the line a person tries. Moving tries it out; the model keeps its own."""

    moved = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._evaluation: ImageEvaluation | None = None
        self._chart = TwoHistogramsChart()
        self._chart.set_lowest_plot(LOWEST_PLOT)
        self._chart.moved.connect(self.moved)
        self.add(self._chart, 1)

    def show_line(self, evaluation: ImageEvaluation, line: float) -> None:
        """Show the judged images with the line at a place."""
        counts, histogram = counts_at(evaluation, line), evaluation.histogram
        self._chart.set_reading(line_reading(counts, line))
        self._chart.set_caption(translate("image_mistakes.line.caption", images=len(evaluation.judged)))
        self._chart.set_data(
            TwoHistogramsData(
                histogram.edges,
                histogram.good,
                histogram.flawed,
                (translate("image_mistakes.really_good"), translate("image_mistakes.really_flawed")),
                translate("image_mistakes.how_unusual"),
                score_words,
            )
        )
        self._chart.set_line(line)


class FoundCard(Card):
    """What the line finds and stops; `tried` asks for another line, `None` for the model's own."""

    tried = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._other: float | None = None
        self._found, self._stopped = plain_label("", "metric"), plain_label("", "metric")
        self._found_words, self._stopped_words = plain_label("", "caption"), plain_label("", "caption")
        self._alternative = plain_label("", "secondary", wrap=True)
        self._try, self._back = text_button("image_mistakes.try"), text_button("image_mistakes.back")
        self._band = plain_label("", "caption", wrap=True)
        grid = QGridLayout(figures := QWidget())
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        for column, (figure, name, words) in enumerate(
            (
                (self._found, "image_mistakes.found", self._found_words),
                (self._stopped, "image_mistakes.stopped", self._stopped_words),
            )
        ):
            grid.addWidget(figure, 0, column)
            grid.addWidget(label(name, "secondary"), 1, column)
            grid.addWidget(words, 2, column)
            grid.setColumnStretch(column, 1)
        self.add(figures)
        self._rule = rule()
        self.add(self._rule)
        row = self.add_row(self._alternative, self._try, self._back, stretch_last=True)
        row.setStretch(0, 1)
        self.add(self._band)
        self._try.clicked.connect(lambda _checked=False: self.tried.emit(self._other))
        self._back.clicked.connect(lambda _checked=False: self.tried.emit(None))

    def show_line(self, evaluation: ImageEvaluation, line: float, own: float) -> None:
        """Show the figures at a line; the model's own is offered when it is another one."""
        counts = counts_at(evaluation, line)
        self._found.setText(_share(counts.found, counts.flawed))
        self._stopped.setText(_share(counts.stopped, counts.good))
        self._found_words.setText(translate("image_mistakes.of", part=counts.found, whole=counts.flawed))
        self._stopped_words.setText(translate("image_mistakes.of", part=counts.stopped, whole=counts.good))
        moved = line != own
        self._back.setVisible(moved)
        self._show_alternative(evaluation, counts, line)
        self._try.setVisible(self._other is not None and not moved)
        words, band = self._words(evaluation, moved, own), evaluation.band
        self._alternative.setText(words)
        self._alternative.setVisible(bool(words))
        # Lines that coincide leave nobody between them.
        handed_over = band is not None and band.lower < band.upper
        self._band.setVisible(handed_over)
        if band is not None and handed_over:
            self._band.setText(_band_words(band))
        self._rule.setVisible(bool(words) or handed_over)

    def _show_alternative(self, evaluation: ImageEvaluation, counts: LineCounts, line: float) -> None:
        all_found = line_that_finds_all(evaluation)
        missed = counts.flawed - counts.found
        lower = None if all_found is None else int(all_found * STEPS_A_UNIT) / STEPS_A_UNIT
        self._other = lower if missed and lower is not None and lower < line else None

    def _words(self, evaluation: ImageEvaluation, moved: bool, own: float) -> str:
        if moved:
            return translate("image_mistakes.moved", line=score_words(own))
        if self._other is None:
            return ""
        stopped = counts_at(evaluation, self._other).stopped
        return translate("image_mistakes.alternative", line=score_words(self._other), stopped=stopped)


def _share(part: int, whole: int) -> str:
    return translator().percent(part / whole, 1) if whole else "–"


def _band_words(band: DecisionBand) -> str:
    return translate(
        "image_mistakes.band",
        lower=score_words(band.lower),
        upper=score_words(band.upper),
        person=band.to_person.value,
        missed=band.missed.value,
        most_missed=band.missed.upper,
        stopped=band.stopped.value,
        most_stopped=band.stopped.upper,
    )
