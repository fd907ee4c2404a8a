"""Fields and lists to choose from: text with an error line, search, combo box."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QStyledItemDelegate, QVBoxLayout, QWidget

from desktop.i18n import bind_accessible_name, bind_placeholder, bind_text, follow_language, translate
from desktop.theme import theme
from desktop.widgets.painting import draw_box, draw_text, font, painting, text_width
from desktop.widgets.text import plain_label, set_tone


class TextField(QLineEdit):
    """A field with an optional sign at the left ("₩") and a unit at the right ("per part"), both keys or plain text."""

    def __init__(
        self, name: str = "", *, prefix: str = "", suffix: str = "", placeholder: str = "", small: bool = False
    ) -> None:
        super().__init__()
        self._prefix, self._suffix_key, self._suffix = prefix, suffix, ""
        self.setProperty("small", small)
        if name:
            bind_accessible_name(self, name)
        if placeholder:
            bind_placeholder(self, placeholder)
        follow_language(self, self._show_suffix)

    def set_error(self, wrong: bool) -> None:
        """Mark the value as wrong; the words stand in a `FieldRow`."""
        self.setProperty("error", wrong)
        self.style().unpolish(self)
        self.style().polish(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add sign and unit."""
        super().paintEvent(event)
        area = QRectF(self.rect()).adjusted(10, 0, -10, 0)
        with painting(self) as painter:
            draw_text(painter, area, self._prefix, "text-2", font(13))
            if self._suffix:
                draw_text(painter, area, self._suffix, "text-2", font(13), align=Qt.AlignmentFlag.AlignRight)

    def _show_suffix(self) -> None:
        self._suffix = translate(self._suffix_key) if self._suffix_key else ""
        left = round(text_width(self._prefix, font(13))) + 7 if self._prefix else 0
        right = round(text_width(self._suffix, font(13))) + 7 if self._suffix else 0
        self.setTextMargins(left, 0, right, 0)
        self.update()


class FieldRow(QWidget):
    """A field below its name, with a line for what is wrong."""

    def __init__(self, name: str, field: QWidget) -> None:
        super().__init__()
        self.field = field
        self._words = plain_label("", "caption", wrap=True)
        self._words.hide()
        self._name = plain_label("", "caption-2")
        bind_text(self._name, name)
        bind_accessible_name(field, name)
        self._name.setBuddy(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._name)
        column.addWidget(field)
        column.addWidget(self._words)

    def set_error(self, text: str) -> None:
        """Say what is wrong and what would be right; "" when all is well."""
        set_tone(self._words, "bad")
        self._words.setText(text)
        self._words.setVisible(bool(text))
        self.field.setAccessibleDescription(text)
        if isinstance(self.field, TextField):
            self.field.set_error(bool(text))


class SearchField(QLineEdit):
    """A small search in a card header; it filters as you type, so listen to `textChanged`."""

    def __init__(self, hint: str, width: int = 168) -> None:
        super().__init__()
        self.setProperty("small", True)
        self.setFixedWidth(width)
        self.setTextMargins(22, 0, 0, 0)
        self.setClearButtonEnabled(False)
        bind_placeholder(self, hint)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the glass."""
        super().paintEvent(event)
        with painting(self) as painter:
            theme().paint_icon(painter, "search", "text-3", QRectF(10, (self.height() - 14) / 2, 14, 14))


@dataclass(frozen=True)
class Choice:
    """One line of a combo box: its value, its words (a key, or plain text) and an icon."""

    value: str
    key: str = ""
    text: str = ""
    icon: str = ""


class ComboBox(QComboBox):
    """A list to choose from; `chosen` tells the value the user took. The wheel scrolls the page, not the value."""

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[Choice] = (), *, name: str = "", small: bool = False, ink: str = "text"
    ) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self._is_small = small
        self._ink = ink
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(12)
        self.activated.connect(lambda place: self.chosen.emit(self._choices[place].value))
        self.set_choices(choices)
        if name:
            bind_accessible_name(self, name)
        follow_language(self, self._retranslate)
        theme().changed.connect(self._retranslate)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Other lines; the value stays if it is still among them."""
        former = self.value()
        self._choices = tuple(choices)
        self.blockSignals(True)
        self.clear()
        for choice in self._choices:
            self.addItem(_words(choice))
        self.blockSignals(False)
        self._retranslate()
        self.set_value(former)

    def value(self) -> str:
        """The value chosen, "" if there is none."""
        place = self.currentIndex()
        return self._choices[place].value if 0 <= place < len(self._choices) else ""

    def set_value(self, value: str) -> None:
        """Choose without telling; an unknown value changes nothing."""
        places = [place for place, choice in enumerate(self._choices) if choice.value == value]
        if places:
            self.setCurrentIndex(places[0])
            self.update()

    def set_ink(self, ink: str) -> None:
        """Colour token of the words."""
        self._ink = ink
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the longest line."""
        longest = max((text_width(_words(choice), self._font()) for choice in self._choices), default=40.0)
        icon = 24 if any(choice.icon for choice in self._choices) else 0
        return QSize(round(longest) + icon + 44, 24 if self._is_small else 32)

    def minimumSizeHint(self) -> QSize:
        """May be cut in a narrow cell."""
        return QSize(min(96, self.sizeHint().width()), self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame, icon, words and arrow."""
        del event
        radius, height = (4 if self._is_small else 6), self.height()
        with painting(self) as painter:
            fill = "surface" if self.isEnabled() else "surface-2"
            border = "border" if not self.isEnabled() else "text-2" if self.underMouse() else "border-strong"
            draw_box(painter, QRectF(self.rect()), fill, border, radius)
            place = self.currentIndex()
            ink = self._ink if self.isEnabled() else "text-3"
            left = 8.0 if self._is_small else 11.0
            if 0 <= place < len(self._choices):
                choice = self._choices[place]
                if choice.icon:
                    theme().paint_icon(
                        painter,
                        choice.icon,
                        ink if ink == "accent" else "text-3",
                        QRectF(left, (height - 14) / 2, 14, 14),
                    )
                    left += 19
                draw_text(painter, QRectF(left, 0, self.width() - left - 26, height), _words(choice), ink, self._font())
            theme().paint_icon(painter, "chevron-down", "text-3", QRectF(self.width() - 24, (height - 14) / 2, 14, 14))

    def _font(self) -> QFont:
        return font(12 if self._is_small else 13, 600 if self._ink == "accent" else 400)

    def _retranslate(self) -> None:
        for place, choice in enumerate(self._choices):
            self.setItemText(place, _words(choice))
            if choice.icon:
                self.setItemIcon(place, theme().icon(choice.icon, "text-3"))
        self.updateGeometry()
        self.update()


def _words(choice: Choice) -> str:
    return translate(choice.key) if choice.key else choice.text or choice.value
