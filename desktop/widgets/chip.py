"""A chip with a name and a count: one of several filters."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.theme import theme
from desktop.widgets.class_sign import draw_class_sign
from desktop.widgets.painting import draw_box, draw_text, font, painting, text_width

CHIP_HEIGHT = 28
_LONGEST = 150.0
_SIGN, _GAP, _EDGE = 10.0, 6.0, 10.0


class Chip(QAbstractButton):
    """One filter: sign, name and count; long names are cut and whole in the tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._count, self._place, self._icon = "", 0, -1, ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_count(self, name: str, count: int, *, place: int = -1, icon: str = "") -> None:
        """Show a name with its count; `place` is that of a class, `icon` stands before anything else."""
        self._name, self._count, self._place, self._icon = name, count, place, icon
        self.setText(f"{name} {count:,}")
        self.setAccessibleName(self.text())
        self.setToolTip(name if text_width(name, font(12, 600)) > _LONGEST else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the words in bold, so that nothing moves when it is chosen."""
        sign = _SIGN + _GAP if self._place >= 0 else 14 + _GAP if self._icon else 0.0
        words = min(_LONGEST, text_width(self._name, font(12, 600)))
        count = text_width(f"{self._count:,}", font(12))
        return QSize(round(_EDGE * 2 + sign + words + _GAP + count) + 2, CHIP_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        del event
        chosen = self.isChecked()
        with painting(self) as painter:
            fill = "accent-soft" if chosen else "surface-3" if self.underMouse() else "surface"
            draw_box(painter, QRectF(self.rect()), fill, "accent" if chosen else "border", 4)
            left, middle = _EDGE, self.height() / 2
            if self._place >= 0:
                draw_class_sign(painter, QRectF(left, middle - _SIGN / 2, _SIGN, _SIGN), self._place)
                left += _SIGN + _GAP
            elif self._icon:
                theme().paint_icon(painter, self._icon, "text-3", QRectF(left, middle - 7, 14, 14))
                left += 14 + _GAP
            face = font(12, 600 if chosen else 500)
            words = min(_LONGEST, text_width(self._name, font(12, 600)))
            draw_text(painter, QRectF(left, 0, words, CHIP_HEIGHT), self._name, "accent" if chosen else "text", face)
            count = QRectF(left + words + _GAP, 0, self.width() - left - words - _GAP, CHIP_HEIGHT)
            draw_text(painter, count, f"{self._count:,}", "accent" if chosen else "text-2", font(12))
