"""Which columns a model relies on: how much larger its error is when one of them says nothing."""

from desktop.charts.bars import BarsChart
from desktop.charts.data import BarItem, BarsData, plain_number, whole_percent
from desktop.i18n import translate
from desktop.pages.compare.readings import importance_reading, relative, undisturbed_loss
from desktop.pages.compare.shown import Shown
from desktop.widgets.card import Card

HALF_PERCENT = 0.005


class ImportanceCard(Card):
    """The `most` columns that matter most, as bars with whiskers."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._chart = BarsChart()
        self.add(self._chart, 1)

    def show_model(self, shown: Shown) -> None:
        """Show what a model relies on."""
        bars = shown.evaluation.importance
        loss = undisturbed_loss(shown.model, shown.task)
        self._chart.set_reading(importance_reading(bars, loss))
        self._chart.set_caption(translate("compare.why.caption") if bars else translate("compare.why.none.caption"))
        items = []
        for place, bar in enumerate(bars[: self._most]):
            drop = relative(bar, loss) if loss is not None else bar.drop
            items.append(BarItem(bar.column, drop.value, drop.lower, drop.upper, strong=place == 0))
        self._chart.set_data(BarsData(tuple(items), _share if loss is not None else plain_number))


def _share(value: float) -> str:
    return whole_percent(value if abs(value) >= HALF_PERCENT else 0.0)
