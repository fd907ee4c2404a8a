"""A choice as a card: radio button, name, a few words, and whatever shows what it means."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import bind_text, follow_language
from desktop.widgets.choices import draw_radio
from desktop.widgets.icon_view import IconView
from desktop.widgets.painting import draw_box, painting
from desktop.widgets.text import label, plain_label, set_tone


class ChoiceCard(QAbstractButton):
    """Chosen: two pixels of accent on a soft fill. Put several into a `ChoiceGroup`."""

    def __init__(self, name: str, words: str = "", *, icon: str = "", hint: str = "") -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._radio_at_right = bool(icon)
        bind_text(self, name)
        self.hint = label(hint, "body", wrap=True) if hint else plain_label("", "body", wrap=True)
        self.hint.setVisible(bool(hint))
        self.words = label(words, "caption-2", wrap=True)
        self.words.setVisible(bool(words))
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        self._lay_out(name, icon)
        self.toggled.connect(lambda chosen: set_tone(self.hint, "accent" if chosen else ""))
        follow_language(self, self._announce)

    def add(self, widget: QWidget) -> None:
        """Put something below the words, such as a drawing of the choice."""
        self.body.addWidget(widget)

    def sizeHint(self) -> QSize:
        """As its content needs."""
        return self._outer.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As its content needs."""
        return self._outer.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box and radio sign."""
        del event
        with painting(self) as painter:
            rect = QRectF(self.rect())
            if self.isChecked():
                draw_box(painter, rect, "accent-soft", "accent", 6, width=2)
            else:
                draw_box(painter, rect, "surface", "text-2" if self.underMouse() else "border", 6)
            left = self.width() - 28 if self._radio_at_right else 13
            draw_radio(painter, QRectF(left, 12, 16, 16), chosen=self.isChecked(), enabled=self.isEnabled())

    def hitButton(self, position: QPoint) -> bool:
        """The whole card can be pressed."""
        del position
        return True

    def _lay_out(self, name: str, icon: str) -> None:
        column = QVBoxLayout()
        column.setSpacing(3)
        title = label(name, "strong", wrap=True)
        column.addWidget(title)
        column.addWidget(self.hint)
        if icon:
            column.addWidget(self.words)
        for part in (title, self.hint, self.words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout()
        row.setSpacing(12)
        if icon:
            row.addWidget(IconView(icon, "text-2", 20), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 11, 38 if icon else 14, 11)
        outer.setSpacing(6)
        row.setContentsMargins(0 if icon else 23, 0, 0, 0)
        outer.addLayout(row)
        outer.addLayout(self.body)
        if not icon:
            outer.addWidget(self.words)
        outer.addStretch(1)

    def _announce(self) -> None:
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(f"{self.hint.text()} {self.words.text()}".strip())


class ChoiceGroup(QWidget):
    """Choice cards side by side; `chosen` tells the value the user took; arrows move the choice."""

    chosen = Signal(str)

    def __init__(self, spacing: int = 12) -> None:
        super().__init__()
        self._cards: dict[str, ChoiceCard] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(spacing)

    def add(self, value: str, card: ChoiceCard) -> ChoiceCard:
        """Put a card at the right end; the first is chosen."""
        self._cards[value] = card
        card.setChecked(len(self._cards) == 1)
        card.clicked.connect(lambda _checked=False: self.chosen.emit(value))
        self._row.addWidget(card, 1)
        return card

    def value(self) -> str:
        """The value chosen, "" without cards."""
        return next((value for value, card in self._cards.items() if card.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Choose without telling."""
        self._cards[value].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the choice among the cards that can be chosen."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        if event.key() not in steps:
            super().keyPressEvent(event)
            return
        values = [value for value, card in self._cards.items() if card.isEnabled()]
        place = values.index(self.value()) + steps[Qt.Key(event.key())]
        if 0 <= place < len(values):
            self._cards[values[place]].setFocus(Qt.FocusReason.TabFocusReason)
            self._cards[values[place]].click()
