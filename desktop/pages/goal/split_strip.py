"""A strip of twenty cells that shows which rows teach and which check."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.painting import draw_box, painting

CELLS = 20
_SCATTER = 7


class SplitStrip(QWidget):
    """Blue cells learn, orange cells check: the last ones, or scattered ones for a random mix."""

    def __init__(self, *, scattered: bool) -> None:
        super().__init__()
        self._scattered = scattered
        self._check = 4
        self.setFixedHeight(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float) -> None:
        """Show another share of checking rows, 0 for none."""
        self._check = round(share * CELLS)
        self.update()

    def checking_cells(self) -> frozenset[int]:
        """Return the places of the cells that check."""
        if self._scattered:
            return frozenset((place * _SCATTER + 2) % CELLS for place in range(self._check))
        return frozenset(range(CELLS - self._check, CELLS))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(180, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells."""
        del event
        checking = self.checking_cells()
        step = self.width() / CELLS
        with painting(self) as painter:
            for place in range(CELLS):
                cell = QRectF(place * step, 0, step - 2, self.height())
                draw_box(painter, cell, "s2" if place in checking else "accent-line", None, 2)
