"""Sliders: a track with an accent fill, marks or an allowed range, and a field beside it where the value can be typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.i18n import bind_accessible_name, follow_language, translate
from desktop.theme import theme
from desktop.widgets.fields import TextField
from desktop.widgets.painting import draw_box, draw_text, font, painting, text_width

HANDLE = 16.0
STEPS = 100


@dataclass(frozen=True)
class Mark:
    """A named place on the track: keys of its name and of the words under it."""

    value: float
    name: str
    words: str = ""


class Slider(QWidget):
    """A value between `lowest` and `highest`. Moves with pointer and arrows; `moved` tells every change by the user."""

    moved = Signal(float)

    def __init__(
        self, lowest: float, highest: float, *, name: str = "", allowed: tuple[float, float] | None = None
    ) -> None:
        super().__init__()
        self._lowest, self._highest = lowest, highest
        self._allowed = allowed
        self._value = lowest
        self._pressed = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if name:
            bind_accessible_name(self, name)

    def value(self) -> float:
        """The value now."""
        return self._value

    def set_value(self, value: float) -> None:
        """Move without telling; a value outside is brought to the nearest end."""
        self._value = min(self._highest, max(self._lowest, value))
        self.setAccessibleDescription(f"{self._value:.4g}")
        self.update()

    def sizeHint(self) -> QSize:
        """20 high."""
        return QSize(160, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track, fill and handle."""
        del event
        with painting(self) as painter:
            self._paint_track(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump to the pointer."""
        self._pressed = True
        self._take(self._value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if self._pressed:
            self._take(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        del event
        self._pressed = False
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by a hundredth, page keys by a tenth."""
        step = (self._highest - self._lowest) / STEPS
        moves = {
            Qt.Key.Key_Left: -step,
            Qt.Key.Key_Down: -step,
            Qt.Key.Key_Right: step,
            Qt.Key.Key_Up: step,
            Qt.Key.Key_PageDown: -10 * step,
            Qt.Key.Key_PageUp: 10 * step,
            Qt.Key.Key_Home: self._lowest - self._highest,
            Qt.Key.Key_End: self._highest - self._lowest,
        }
        if event.key() in moves:
            self._take(self._value + moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _paint_track(self, painter: QPainter) -> None:
        middle = 12.0
        draw_box(painter, QRectF(0, middle - 2, self.width(), 4), "surface-3", None, 2)
        here = self._place_of(self._value)
        if self._allowed is not None:
            left, right = (self._place_of(end) for end in self._allowed)
            draw_box(painter, QRectF(left, middle - 2, right - left, 4), "accent-line", None, 0.5)
        else:
            draw_box(
                painter, QRectF(0, middle - 2, here, 4), "accent" if self.isEnabled() else "border-strong", None, 2
            )
        fill = "accent" if self._pressed else "accent-soft" if self.underMouse() and self.isEnabled() else "surface"
        edge = "accent" if self.isEnabled() else "border-strong"
        box = QRectF(here - HANDLE / 2, middle - HANDLE / 2, HANDLE, HANDLE)
        draw_box(painter, box, fill, edge, HANDLE / 2, width=2)

    def _take(self, value: float) -> None:
        before = self._value
        self.set_value(value)
        if self._value != before:
            self.moved.emit(self._value)

    def _place_of(self, value: float) -> float:
        share = (value - self._lowest) / (self._highest - self._lowest)
        return HANDLE / 2 + share * (self.width() - HANDLE)

    def _value_at(self, x: float) -> float:
        share = (x - HANDLE / 2) / max(1.0, self.width() - HANDLE)
        return self._lowest + share * (self._highest - self._lowest)


class MarkedSlider(Slider):
    """A slider that stops only at its marks; the name of the chosen one is blue. `taken` tells the place of the mark."""

    taken = Signal(int)

    def __init__(self, marks: Sequence[Mark], *, name: str = "") -> None:
        super().__init__(0, len(marks) - 1, name=name)
        self._marks = tuple(marks)
        self.moved.connect(lambda value: self.taken.emit(round(value)))
        follow_language(self, self._announce)

    def sizeHint(self) -> QSize:
        """Room for the words below."""
        return QSize(380, 62)

    def set_value(self, value: float) -> None:
        """The nearest mark."""
        super().set_value(round(value))
        self._announce()

    def place(self) -> int:
        """The place of the chosen mark."""
        return round(self.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from mark to mark."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
        if event.key() in steps:
            self._take(self.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw marks and words around the track."""
        del event
        with painting(self) as painter:
            painter.setPen(QPen(theme().color("border-strong"), 1.5))
            for place in range(len(self._marks)):
                x = self._place_of(place)
                painter.drawLine(QPointF(x, 6), QPointF(x, 18))
            self._paint_track(painter)
            for place, mark in enumerate(self._marks):
                self._paint_words(painter, place, mark)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say the mark."""
        self._announce()
        super().focusInEvent(event)

    def _paint_words(self, painter: QPainter, place: int, mark: Mark) -> None:
        chosen = place == self.place()
        face, words = font(13, 600 if chosen else 400), translate(mark.words) if mark.words else ""
        width = max(text_width(translate(mark.name), face), text_width(words, font(12))) + 4
        left = min(max(0.0, self._place_of(place) - width / 2), self.width() - width)
        middle = Qt.AlignmentFlag.AlignHCenter
        at_end = Qt.AlignmentFlag.AlignLeft if place == 0 else Qt.AlignmentFlag.AlignRight
        align = middle if 0 < place < len(self._marks) - 1 else at_end
        ink = "accent" if chosen else "text"
        draw_text(painter, QRectF(left, 26, width, 18), translate(mark.name), ink, face, align=align)
        draw_text(painter, QRectF(left, 44, width, 16), words, "text-3", font(12), align=align)

    def _announce(self) -> None:
        mark = self._marks[self.place()]
        words = f", {translate(mark.words)}" if mark.words else ""
        self.setAccessibleDescription(f"{translate(mark.name)}{words}")
        self.update()


class ValueSlider(QWidget):
    """A slider with a field where the value can be typed; `moved` tells both ways of changing it."""

    moved = Signal(float)

    def __init__(
        self, lowest: float, highest: float, *, name: str, scale: float = 1.0, suffix: str = "", digits: int = 1
    ) -> None:
        """The field shows `value * scale` with `digits` decimals: `scale=100` for a share typed in percent."""
        super().__init__()
        self._scale, self._digits = scale, digits
        self._ends = (lowest, highest)
        self.slider = Slider(lowest, highest, name=name)
        self.field = TextField(name, suffix=suffix, small=True)
        self.field.setFixedWidth(76)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.editingFinished.connect(self._take_text)
        self.slider.moved.connect(self._take_slider)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.slider, 1)
        row.addWidget(self.field)
        self.set_value(lowest)

    def value(self) -> float:
        """The value now."""
        return self.slider.value()

    def set_value(self, value: float) -> None:
        """Set without telling."""
        self.slider.set_value(value)
        self._show_text()

    def _take_slider(self, value: float) -> None:
        self._show_text()
        self.moved.emit(value)

    def _take_text(self) -> None:
        before = self.value()
        try:
            typed = float(self.field.text().replace(",", "").replace("%", "").strip()) / self._scale
        except ValueError:
            self.field.set_error(True)
            return
        self.slider.set_value(typed)
        self._show_text()
        if self.value() != before:
            self.moved.emit(self.value())

    def _show_text(self) -> None:
        self.field.set_error(False)
        self.field.setText(f"{self.value() * self._scale:.{self._digits}f}")
