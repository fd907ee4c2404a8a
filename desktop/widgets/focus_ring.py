"""The focus ring: two pixels of accent around the control that the keyboard moved to, never after a click."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from desktop.widgets.painting import draw_box, painting

REACH = 4
BY_KEYBOARD = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
PLACE_CHANGES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}


class FocusRings(QObject):
    """Draws the ring around whatever has the focus; one per application."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._ring: _Ring | None = None
        self._target: QWidget | None = None
        application.installEventFilter(self)

    def ring(self) -> QWidget | None:
        """The ring on the screen, None if there is none."""
        return self._ring if self._ring is not None and isValid(self._ring) and not self._ring.isHidden() else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus and the place of its widget."""
        kind = event.type()
        if kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent) and isinstance(watched, QWidget):
            self._move_to(watched if event.reason() in BY_KEYBOARD and _takes_ring(watched) else None)
        elif self._target is not None:
            if kind == QEvent.Type.MouseButtonPress or (watched is self._target and kind == QEvent.Type.FocusOut):
                self._move_to(None)
            elif watched is self._target and kind in PLACE_CHANGES:
                self._place()
        return False

    def _move_to(self, target: QWidget | None) -> None:
        self._target = target
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        parent = target.parentWidget() if target is not None else None
        self._ring = _Ring(parent) if parent is not None else None
        self._place()

    def _place(self) -> None:
        if self._ring is None or self._target is None or not isValid(self._ring):
            return
        self._ring.setGeometry(self._target.geometry().adjusted(-REACH, -REACH, REACH, REACH))
        self._ring.setVisible(not self._target.isHidden())
        self._ring.raise_()


class _Ring(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        del event
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), None, "accent", 9, width=2)


def _takes_ring(widget: QWidget) -> bool:
    return not widget.isWindow() and not isinstance(widget, QAbstractItemView | QScrollArea)
