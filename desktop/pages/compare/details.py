"""The four cards on one model, as its kind of answer asks for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from automl.domain.task import TaskKind
from desktop.itemmodels.thumbnails import Thumbnails
from desktop.pages.compare.alarm_card import AlarmCard
from desktop.pages.compare.calibration_card import CalibrationCard
from desktop.pages.compare.class_cards import ClassesCard, HeatCard
from desktop.pages.compare.confused_card import ConfusedCard
from desktop.pages.compare.curve_card import CurveCard
from desktop.pages.compare.importance_card import ImportanceCard
from desktop.pages.compare.mistakes_card import MistakesCard
from desktop.pages.compare.number_cards import ResidualCard, ScatterCard
from desktop.pages.compare.shown import Shown
from desktop.widgets.card import Card

# Above the cards on images one more note says what the scores stand on.
LOWEST_CARD, LOWEST_IMAGE_CARD = 340, 268
MOST_BARS = 8
WIDE_COLUMNS, NARROW_COLUMNS = 4, 2
SHARES = (16, 13, 13, 14)
GAP, NARROW_GAP = 16, 12


class Details(QWidget):
    """Yes or no: alarm line, curve, calibration, mistakes. Several classes and numbers have cards of their own.

    Of images, the fourth card shows what was taken for what; `images_taken` tells those a person wants to see closely.
    """

    images_taken = Signal(object)

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._confused = ConfusedCard(thumbnails)
        self._confused.taken.connect(self.images_taken)
        self.alarm, self._curve = AlarmCard(), CurveCard()
        self._calibration, self._mistakes = CalibrationCard(), MistakesCard()
        self._heat, self._classes = HeatCard(), ClassesCard()
        self._scatter, self._residuals = ScatterCard(), ResidualCard()
        self._importance = ImportanceCard(MOST_BARS)
        self._columns = WIDE_COLUMNS
        self._grid = QGridLayout(self)
        self._grid.setSpacing(GAP)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._every_card: tuple[Card, ...] = (
            *(self.alarm, self._curve, self._heat, self._classes, self._scatter, self._residuals, self._importance),
            *(self._calibration, self._mistakes, self._confused),
        )
        self._shown_cards = self._cards(TaskKind.BINARY, of_images=False)
        for card in self._every_card:
            card.setParent(self)
            card.setMinimumHeight(LOWEST_CARD)
            card.hide()
        self.alarm.moved.connect(self._curve.show_point)
        self._arrange()

    def show_model(self, shown: Shown) -> None:
        """Show one model."""
        wanted = self._cards(shown.task, of_images=shown.images is not None)
        if wanted != self._shown_cards:
            self._shown_cards = wanted
            lowest = LOWEST_IMAGE_CARD if shown.images is not None else LOWEST_CARD
            for card in wanted:
                card.setMinimumHeight(lowest)
            self._arrange()
        if shown.task.has_risk:
            self.alarm.show_model(shown)
            self._curve.show_model(shown, self.alarm.point())
        elif shown.task is TaskKind.MULTICLASS:
            self._heat.show_model(shown)
            self._classes.show_model(shown)
        else:
            self._scatter.show_model(shown)
            self._residuals.show_model(shown)
            self._importance.show_model(shown)
        if shown.task is not TaskKind.REGRESSION:
            self._calibration.show_model(shown)
        if shown.images is not None:
            self._confused.show_evaluation(shown.images)
        else:
            self._mistakes.show_model(shown)

    def set_narrow(self, narrow: bool) -> None:
        """Two cards a line instead of four."""
        self._columns = NARROW_COLUMNS if narrow else WIDE_COLUMNS
        self._grid.setSpacing(NARROW_GAP if narrow else GAP)
        self._arrange()

    def cards(self) -> tuple[Card, ...]:
        """Return the cards on the screen."""
        return self._shown_cards

    def _cards(self, task: TaskKind, *, of_images: bool) -> tuple[Card, ...]:
        last = self._confused if of_images else self._mistakes
        if task is TaskKind.REGRESSION:
            return (self._scatter, self._residuals, self._importance, last)
        if task is TaskKind.MULTICLASS:
            return (self._heat, self._classes, self._calibration, last)
        return (self.alarm, self._curve, self._calibration, last)

    def _arrange(self) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        for column in range(WIDE_COLUMNS):
            wide = self._columns == WIDE_COLUMNS
            self._grid.setColumnStretch(column, SHARES[column] if wide else int(column < NARROW_COLUMNS))
        for card in self._every_card:
            card.setVisible(card in self._shown_cards)
        for place, card in enumerate(self._shown_cards):
            self._grid.addWidget(card, place // self._columns, place % self._columns)
