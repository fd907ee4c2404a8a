"""Check box, radio button and switch, drawn alike in both themes."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy

from desktop.i18n import bind_accessible_name, bind_text
from desktop.theme import theme
from desktop.widgets.painting import draw_box, draw_text, font, painting, text_width

SIGN = 16.0
ROOM = 24


class CheckBox(QCheckBox):
    """A check box with words; it can stand half way (`Qt.CheckState.PartiallyChecked`)."""

    def __init__(self, key: str = "", **parameters: object) -> None:
        super().__init__()
        _prepare(self, key, parameters)

    def sizeHint(self) -> QSize:
        """Sign and words."""
        return _size(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw sign and words."""
        del event
        with painting(self) as painter:
            box = QRectF(0, (self.height() - SIGN) / 2, SIGN, SIGN)
            draw_check(painter, box, self.checkState(), enabled=self.isEnabled(), hovered=self.underMouse())
            _draw_words(self, painter)


class RadioButton(QRadioButton):
    """One of several choices."""

    def __init__(self, key: str = "", **parameters: object) -> None:
        super().__init__()
        _prepare(self, key, parameters)

    def sizeHint(self) -> QSize:
        """Sign and words."""
        return _size(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw sign and words."""
        del event
        with painting(self) as painter:
            box = QRectF(0, (self.height() - SIGN) / 2, SIGN, SIGN)
            draw_radio(painter, box, chosen=self.isChecked(), enabled=self.isEnabled(), hovered=self.underMouse())
            _draw_words(self, painter)


class Switch(QAbstractButton):
    """On or off, working at once."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFixedSize(32, ROOM)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        bind_accessible_name(self, key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track and knob."""
        del event
        with painting(self) as painter:
            track = QRectF(0, 3, 32, 18)
            fill = "surface-3" if not self.isEnabled() else "accent" if self.isChecked() else "border-strong"
            draw_box(painter, track, fill, None, 9)
            draw_box(painter, QRectF(16 if self.isChecked() else 2, 5, 14, 14), "surface", None, 7)


def draw_check(
    painter: QPainter, box: QRectF, state: Qt.CheckState, *, enabled: bool = True, hovered: bool = False
) -> None:
    """The sign of a check box; delegates draw it in tables."""
    if state is Qt.CheckState.Unchecked:
        border = "border" if not enabled else "text-2" if hovered else "border-strong"
        draw_box(painter, box, "surface" if enabled else "surface-2", border, 4, width=1.25)
        return
    draw_box(painter, box, "accent" if enabled else "surface-3", None, 4)
    name = "check" if state is Qt.CheckState.Checked else "minus"
    theme().paint_icon(painter, name, "on-accent" if enabled else "text-3", box.adjusted(2, 2, -2, -2))


def draw_radio(painter: QPainter, box: QRectF, *, chosen: bool, enabled: bool = True, hovered: bool = False) -> None:
    """The sign of a radio button."""
    radius = box.width() / 2
    if not chosen:
        border = "border" if not enabled else "text-2" if hovered else "border-strong"
        draw_box(painter, box, "surface" if enabled else "surface-2", border, radius, width=1.25)
        return
    draw_box(painter, box, "accent" if enabled else "surface-3", None, radius)
    inner = box.width() * 0.32
    draw_box(painter, box.adjusted(inner, inner, -inner, -inner), "on-accent", None, radius)


def _prepare(button: QAbstractButton, key: str, parameters: dict[str, object]) -> None:
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    if key:
        bind_text(button, key, **parameters)


def _size(button: QAbstractButton) -> QSize:
    words = round(text_width(button.text(), font(13))) + 10 if button.text() else 8
    return QSize(int(SIGN) + words, ROOM)


def _draw_words(button: QAbstractButton, painter: QPainter) -> None:
    area = QRectF(SIGN + 8, 0, button.width() - SIGN - 8, button.height())
    draw_text(painter, area, button.text(), "text" if button.isEnabled() else "text-3", font(13))
