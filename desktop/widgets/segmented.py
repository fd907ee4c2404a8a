"""The segmented control: a few choices side by side, one of them chosen."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from desktop.i18n import bind_text, unbind_text
from desktop.widgets.painting import draw_box, draw_text, font, painting, text_width


class Segment(QAbstractButton):
    """One choice."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the words in bold, so that nothing moves when the choice changes."""
        return QSize(round(text_width(self.text(), font(12, 600))) + 24, 24)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the segment."""
        del event
        with painting(self) as painter:
            if self.isChecked():
                draw_box(painter, QRectF(self.rect()), "surface", None, 5)
            ink = "text-3" if not self.isEnabled() else "text" if self.isChecked() or self.underMouse() else "text-2"
            face = font(12, 600 if self.isChecked() else 500)
            draw_text(painter, QRectF(self.rect()), self.text(), ink, face, align=Qt.AlignmentFlag.AlignHCenter)


class SegmentedControl(QWidget):
    """Left and Right move the choice; `chosen` tells the value the user took."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        """`choices` are pairs of value and key of its words; the first is chosen."""
        super().__init__()
        self._group = QButtonGroup(self)
        self._segments: dict[str, Segment] = {}
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for value, key in choices:
            segment = Segment()
            if key:
                bind_text(segment, key)
            segment.clicked.connect(lambda _checked=False, taken=value: self.chosen.emit(taken))
            self._group.addButton(segment)
            self._segments[value] = segment
            row.addWidget(segment)
        self._segments[choices[0][0]].setChecked(True)

    def value(self) -> str:
        """The value chosen."""
        return next(value for value, segment in self._segments.items() if segment.isChecked())

    def set_value(self, value: str) -> None:
        """Choose without telling."""
        self._segments[value].setChecked(True)

    def set_text(self, value: str, words: str) -> None:
        """Words that are not translated."""
        unbind_text(self._segments[value])
        self._segments[value].setText(words)

    def bind(self, value: str, key: str, **parameters: object) -> None:
        """Other words, such as a new count."""
        bind_text(self._segments[value], key, **parameters)

    def offer(self, values: Collection[str]) -> None:
        """Show only these choices; the first one is chosen when the one before is not among them."""
        for value, segment in self._segments.items():
            segment.setVisible(value in values)
        if self.value() not in values:
            self.set_value(next(value for value in self._segments if value in values))

    def set_enabled(self, value: str, enabled: bool, why_not: str = "") -> None:
        """Whether a choice can be taken; `why_not` is shown as its tooltip."""
        self._segments[value].setEnabled(enabled)
        self._segments[value].setToolTip("" if enabled else why_not)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the choice with the arrows."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() not in steps:
            super().keyPressEvent(event)
            return
        values = [value for value, segment in self._segments.items() if segment.isEnabled() and not segment.isHidden()]
        place = values.index(self.value()) + steps[Qt.Key(event.key())]
        if 0 <= place < len(values):
            self._segments[values[place]].setFocus(Qt.FocusReason.TabFocusReason)
            self._segments[values[place]].click()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track."""
        del event
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), "surface-3", None, 6)
