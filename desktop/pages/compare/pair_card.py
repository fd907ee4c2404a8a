"""Two models side by side."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from automl.domain.result import Leaderboard, ModelSummary
from automl.domain.task import Metric
from desktop.charts.bars import DifferenceChart
from desktop.charts.data import DifferenceData
from desktop.i18n import translate
from desktop.itemmodels.families import SERIES
from desktop.itemmodels.model_words import model_name
from desktop.pages.compare.side_by_side import Pair, difference_words, headline, pair_of, sentences
from desktop.widgets.card import Card
from desktop.widgets.cells import draw_shape
from desktop.widgets.flow import Flow
from desktop.widgets.painting import draw_box, draw_text, font, painting, text_width
from desktop.widgets.text import label

CHIP_HEIGHT = 22


class PairCard(Card):
    """Says how far the two models ticked are apart, and whether that is more than chance."""

    def __init__(self) -> None:
        super().__init__("compare.pair.title")
        self._names = Flow(6)
        self._chart = DifferenceChart()
        self._hint = label("compare.pair.hint", "secondary", wrap=True)
        for part in (self._names, self._chart, self._hint):
            self.add(part)
        self.body.setSpacing(6)
        self.add_stretch()

    def show_pair(self, leaderboard: Leaderboard, ticked: tuple[str, ...]) -> None:
        """Show the difference of the models ticked; with fewer than two the way to it."""
        pair = pair_of(leaderboard, *ticked) if len(ticked) == 2 else None
        for part in (self._names, self._chart):
            part.setVisible(pair is not None)
        self._hint.setVisible(pair is None)
        if pair is None:
            self._chart.set_data(None)
            return
        self._names.clear()
        self._names.add(_Chip(pair.second))
        against = label("compare.pair.against", "secondary")
        against.setFixedHeight(CHIP_HEIGHT)
        self._names.add(against)
        self._names.add(_Chip(pair.first))
        self._chart.set_reading(headline(pair))
        self._chart.set_caption(sentences(pair))
        # Two models with the same answers have no range to draw.
        has_range = pair.difference.lower < pair.difference.upper
        self._chart.set_data(_difference(pair) if has_range else None)


def _difference(pair: Pair) -> DifferenceData:
    key = "compare.pair.cheaper" if pair.metric is Metric.COST else "compare.pair.better"
    names = [translate(key, name=model_name(one)) for one in (pair.second, pair.first)]
    left, right = reversed(names) if pair.metric.higher_is_better else names
    difference, metric = pair.difference, pair.metric
    return DifferenceData(
        difference.value,
        difference.lower,
        difference.upper,
        left,
        right,
        lambda value: difference_words(metric, value),
    )


class _Chip(QWidget):
    """The name of a model behind the sign of its family."""

    def __init__(self, model: ModelSummary) -> None:
        super().__init__()
        self._name, self._series = model_name(model), SERIES[model.family]
        self.setAccessibleName(self._name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as the name."""
        return QSize(round(text_width(self._name, font(12, 500))) + 34, CHIP_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, sign and name."""
        del event
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), "surface-3", None, 4)
            draw_shape(painter, QPointF(13, 11), self._series, 4.2)
            draw_text(painter, QRectF(25, 0, self.width() - 30, 22), self._name, "text", font(12, 500))
