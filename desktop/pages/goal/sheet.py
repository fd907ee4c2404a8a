"""What the sheets of questions have in common: cards one below the other, and a goal that changes."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget


class QuestionSheet(QWidget):
    """`changed` carries the goal with one answer changed."""

    changed = Signal(object)

    def lay_out(self, cards: Sequence[QWidget]) -> None:
        """Put the cards below each other."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for card in cards:
            self._column.addWidget(card)
        self._column.addStretch(1)
        self.set_gap(16)

    def set_gap(self, gap: int) -> None:
        """Put the cards closer together or further apart."""
        self._column.setSpacing(gap)
