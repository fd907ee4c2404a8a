"""A small turning ring: something is being done right here."""

from PySide6.QtCore import QRectF, QVariantAnimation
from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.i18n import bind_accessible_name
from desktop.widgets.painting import draw_spinner, moves, painting


class Spinner(QWidget):
    """Turns only while it can be seen, and stands still where the system wants no motion."""

    def __init__(self, size: int = 16) -> None:
        super().__init__()
        self.setFixedSize(size, size)
        self._turn = 0.0
        self._motion = QVariantAnimation(self)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.setDuration(900)
        self._motion.setLoopCount(-1)
        self._motion.valueChanged.connect(self._set_turn)
        bind_accessible_name(self, "widget.working")

    def showEvent(self, event: QShowEvent) -> None:
        """Start."""
        super().showEvent(event)
        if moves(self):
            self._motion.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop."""
        self._motion.stop()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        del event
        with painting(self) as painter:
            draw_spinner(painter, QRectF(self.rect()), "accent", self._turn)

    def _set_turn(self, turn: float) -> None:
        self._turn = turn
        self.update()
