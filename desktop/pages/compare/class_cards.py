"""Several classes: what is taken for what, and how much of each class is found."""

from desktop.charts.bars import BarsChart
from desktop.charts.confusion import HeatTable
from desktop.charts.data import BarItem, BarsData, HeatTableData, whole_percent
from desktop.i18n import translate
from desktop.itemmodels.unit_words import said_of
from desktop.pages.compare.readings import classes_reading, found_of_classes, heat_reading
from desktop.pages.compare.shown import Shown
from desktop.widgets.card import Card

MOST_CLASSES = 12


class HeatCard(Card):
    """Classes by classes; with more than twelve the most frequent ones."""

    def __init__(self) -> None:
        super().__init__()
        self._chart = HeatTable()
        self.add(self._chart, 1)

    def show_model(self, shown: Shown) -> None:
        """Show what a model takes for what."""
        confusion, classes = shown.evaluation.confusion, shown.leaderboard.classes
        kept = most_frequent(confusion)
        whole = len(kept) == len(classes)
        self._chart.set_reading(heat_reading(confusion, of_images=shown.of_images))
        self._chart.set_caption(
            said_of(shown.of_images, "compare.heat.caption" if whole else "compare.heat.part", count=len(kept))
        )
        self._chart.set_data(
            HeatTableData(
                names=tuple(classes[place] for place in kept),
                counts=tuple(tuple(confusion[row][column] for column in kept) for row in kept),
                row_title=translate("compare.heat.really"),
                column_title=translate("compare.heat.said"),
            )
        )


class ClassesCard(Card):
    """One bar a class: how much of it is found, the least first."""

    def __init__(self) -> None:
        super().__init__()
        self._chart = BarsChart()
        self.add(self._chart, 1)

    def show_model(self, shown: Shown) -> None:
        """Show how much of each class a model finds."""
        confusion, classes = shown.evaluation.confusion, shown.leaderboard.classes
        found = found_of_classes(confusion)
        known = sorted((share, classes[place]) for place, share in enumerate(found) if share is not None)
        self._chart.set_reading(classes_reading(confusion, classes, of_images=shown.of_images))
        self._chart.set_caption(translate("compare.classes.caption"))
        items = tuple(BarItem(name, share, strong=place == 0) for place, (share, name) in enumerate(known))
        self._chart.set_data(BarsData(items[:MOST_CLASSES], whole_percent))


def most_frequent(confusion: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
    """Return the places of the twelve most frequent classes in their own order."""
    by_count = sorted(range(len(confusion)), key=lambda place: -sum(confusion[place]))
    return tuple(sorted(by_count[:MOST_CLASSES]))
