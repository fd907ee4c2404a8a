"""The four cards on one model, as its kind of answer asks for."""

from PySide6.QtWidgets import QGridLayout, QWidget

from automl.domain.task import TaskKind
from desktop.pages.compare.alarm_card import AlarmCard
from desktop.pages.compare.calibration_card import CalibrationCard
from desktop.pages.compare.class_cards import ClassesCard, HeatCard
from desktop.pages.compare.curve_card import CurveCard
from desktop.pages.compare.importance_card import ImportanceCard
from desktop.pages.compare.mistakes_card import MistakesCard
from desktop.pages.compare.number_cards import ResidualCard, ScatterCard
from desktop.pages.compare.shown import Shown
from desktop.widgets.card import Card

LOWEST_CARD = 340
MOST_BARS = 8
WIDE_COLUMNS, NARROW_COLUMNS = 4, 2
SHARES = (16, 13, 13, 14)
GAP, NARROW_GAP = 16, 12


class Details(QWidget):
    """Yes or no: alarm line, curve, calibration, mistakes. Several classes and numbers have cards of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.alarm, self._curve = AlarmCard(), CurveCard()
        self._calibration, self._mistakes = CalibrationCard(), MistakesCard()
        self._heat, self._classes = HeatCard(), ClassesCard()
        self._scatter, self._residuals = ScatterCard(), ResidualCard()
        self._importance = ImportanceCard(MOST_BARS)
        self._columns = WIDE_COLUMNS
        self._grid = QGridLayout(self)
        self._grid.setSpacing(GAP)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._cards: dict[TaskKind, tuple[Card, Card, Card, Card]] = {
            TaskKind.BINARY: (self.alarm, self._curve, self._calibration, self._mistakes),
            TaskKind.MULTICLASS: (self._heat, self._classes, self._calibration, self._mistakes),
            TaskKind.REGRESSION: (self._scatter, self._residuals, self._importance, self._mistakes),
        }
        self._task = TaskKind.BINARY
        for card in dict.fromkeys(card for cards in self._cards.values() for card in cards):
            card.setParent(self)
            card.setMinimumHeight(LOWEST_CARD)
            card.hide()
        self.alarm.moved.connect(self._curve.show_point)
        self._arrange()

    def show_model(self, shown: Shown) -> None:
        """Show one model."""
        if shown.task is not self._task:
            self._task = shown.task
            self._arrange()
        if shown.task is TaskKind.BINARY:
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
        self._mistakes.show_model(shown)

    def set_narrow(self, narrow: bool) -> None:
        """Two cards a line instead of four."""
        self._columns = NARROW_COLUMNS if narrow else WIDE_COLUMNS
        self._grid.setSpacing(NARROW_GAP if narrow else GAP)
        self._arrange()

    def cards(self) -> tuple[Card, ...]:
        """Return the cards on the screen."""
        return self._cards[self._task]

    def _arrange(self) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        for column in range(WIDE_COLUMNS):
            wide = self._columns == WIDE_COLUMNS
            self._grid.setColumnStretch(column, SHARES[column] if wide else int(column < NARROW_COLUMNS))
        shown = self._cards[self._task]
        for cards in self._cards.values():
            for card in cards:
                card.setVisible(card in shown)
        for place, card in enumerate(shown):
            self._grid.addWidget(card, place // self._columns, place % self._columns)
