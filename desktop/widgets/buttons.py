"""Push buttons: primary (one per page), normal, accent (the likely answer), danger and text; and a small icon button."""

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QFont, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QToolButton

from desktop.i18n import bind_accessible_name, bind_text, bind_tooltip
from desktop.theme import theme
from desktop.widgets.key_cap import draw_key, key_width
from desktop.widgets.painting import draw_box, draw_spinner, draw_text, font, moves, painting, text_width


class ButtonKind(StrEnum):
    """How a button looks and how much it matters."""

    PRIMARY = "primary"
    NORMAL = "normal"
    ACCENT = "accent"
    DANGER = "danger"
    TEXT = "text"


class Button(QPushButton):
    """A button as wide as its words, with an icon before or after them and a busy state; `hint` is the key that presses it."""

    def __init__(
        self,
        kind: ButtonKind,
        key: str = "",
        *,
        icon: str = "",
        trailing: str = "",
        small: bool = False,
        hint: str = "",
        **parameters: object,
    ) -> None:
        super().__init__()
        self._kind = kind
        self._icon = icon
        self._trailing = trailing
        self._hint = hint
        self._is_small = small
        self._is_busy = False
        self._turn = 0.0
        self._spin = QVariantAnimation(self)
        self._spin.setStartValue(0.0)
        self._spin.setEndValue(1.0)
        self._spin.setDuration(900)
        self._spin.setLoopCount(-1)
        self._spin.valueChanged.connect(self._set_turn)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if key:
            bind_text(self, key, **parameters)

    def set_text(self, key: str, **parameters: object) -> None:
        """Bind the words to another text."""
        bind_text(self, key, **parameters)

    def set_icon(self, icon: str) -> None:
        """Another icon before the words, "" for none."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: ButtonKind) -> None:
        """Change what it looks like, for a button that becomes the next step."""
        self._kind = kind
        self.updateGeometry()
        self.update()

    def is_primary(self) -> bool:
        """Whether this is the filled button."""
        return self._kind is ButtonKind.PRIMARY

    def set_busy(self, busy: bool) -> None:
        """Busy: a spinner instead of the icon, and it cannot be pressed."""
        self._is_busy = busy
        self.setEnabled(not busy)
        if busy and moves(self):
            self._spin.start()
        else:
            self._spin.stop()
        self.updateGeometry()
        self.update()

    def is_busy(self) -> bool:
        """Whether it waits for its own work."""
        return self._is_busy

    def sizeHint(self) -> QSize:
        """Width of icon and words with their padding; 32 high, 28 when small."""
        icons = sum(1 for name in (self._icon or self._is_busy, self._trailing) if name)
        gaps = icons * (self._icon_size() + (8 if not self._is_small else 6)) + self._hint_width()
        return QSize(
            round(text_width(self.text(), self._font()) + gaps + 2 * self._padding()) + 1, 28 if self._is_small else 32
        )

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame, icon and words."""
        del event
        fill, border, ink = self._colors()
        with painting(self) as painter:
            if fill:
                draw_box(painter, QRectF(self.rect()), fill, border, 6)
            self._paint_content(painter, ink)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing turns unseen."""
        self._spin.stop()
        super().hideEvent(event)

    def _paint_content(self, painter: QPainter, ink: str) -> None:
        size, gap = float(self._icon_size()), 6.0 if self._is_small else 8.0
        face = self._font()
        words = text_width(self.text(), face)
        total = words + sum(size + gap for name in (self._icon or self._is_busy, self._trailing) if name)
        total += self._hint_width()
        x = (
            max(self._padding() - 2.0, (self.width() - total) / 2)
            if self._kind is not ButtonKind.TEXT
            else self._padding()
        )
        box = QRectF(x, (self.height() - size) / 2, size, size)
        if self._is_busy:
            draw_spinner(painter, box, ink, self._turn)
        elif self._icon:
            theme().paint_icon(painter, self._icon, ink, box)
        if self._is_busy or self._icon:
            x += size + gap
        if self._kind is ButtonKind.TEXT and self.isEnabled() and self.underMouse():
            face.setUnderline(True)
        draw_text(painter, QRectF(x, 0, words + 1, self.height()), self.text(), ink, face)
        if self._trailing:
            theme().paint_icon(painter, self._trailing, ink, QRectF(x + words + gap, box.y(), size, size))
            x += size + gap
        if self._hint:
            draw_key(painter, x + words + gap, self.height() / 2, self._hint)

    def _colors(self) -> tuple[str | None, str | None, str]:
        if self._kind is ButtonKind.TEXT:
            return None, None, "text-3" if not self.isEnabled() else "accent-press" if self.isDown() else "accent"
        if not self.isEnabled() and not self._is_busy:
            return (
                ("surface-3", None, "text-3") if self._kind is ButtonKind.PRIMARY else ("surface-2", "border", "text-3")
            )
        pressed, hovered = self.isDown(), self.underMouse() and self.isEnabled()
        if self._kind is ButtonKind.PRIMARY:
            return "accent-press" if pressed else "accent-hover" if hovered else "accent", None, "on-accent"
        fill = "border" if pressed else "surface-3" if hovered else "surface"
        if self._kind is ButtonKind.ACCENT:
            return fill, "accent", "accent"
        return fill, "border-strong", "bad" if self._kind is ButtonKind.DANGER else "text"

    def _font(self) -> QFont:
        is_strong = self._kind in (ButtonKind.PRIMARY, ButtonKind.ACCENT)
        return font(12 if self._is_small else 13, 600 if is_strong else 500)

    def _hint_width(self) -> float:
        return key_width(self._hint) + (6 if self._is_small else 8) if self._hint else 0.0

    def _padding(self) -> int:
        if self._kind is ButtonKind.TEXT:
            return 0
        return 11 if self._is_small else 15

    def _icon_size(self) -> int:
        return 14 if self._is_small else 16

    def _set_turn(self, turn: float) -> None:
        self._turn = turn
        self.update()


def primary_button(key: str, *, icon: str = "", trailing: str = "", **parameters: object) -> Button:
    """The one filled button of a page, named after what happens next."""
    return Button(ButtonKind.PRIMARY, key, icon=icon, trailing=trailing, small=False, hint="", **parameters)


def button(
    key: str, *, icon: str = "", trailing: str = "", small: bool = False, hint: str = "", **parameters: object
) -> Button:
    """A button with an edge; `hint` names the key that does the same."""
    return Button(ButtonKind.NORMAL, key, icon=icon, trailing=trailing, small=small, hint=hint, **parameters)


def accent_button(key: str, *, hint: str = "", **parameters: object) -> Button:
    """The likely answer to a question in the page: blue, but not filled."""
    return Button(ButtonKind.ACCENT, key, icon="", trailing="", small=False, hint=hint, **parameters)


def danger_button(key: str, *, icon: str = "", small: bool = False, **parameters: object) -> Button:
    """A button that stops or removes something."""
    return Button(ButtonKind.DANGER, key, icon=icon, trailing="", small=small, hint="", **parameters)


def text_button(key: str, *, icon: str = "", trailing: str = "", small: bool = False, **parameters: object) -> Button:
    """A link inside a card."""
    return Button(ButtonKind.TEXT, key, icon=icon, trailing=trailing, small=small, hint="", **parameters)


class IconButton(QToolButton):
    """An icon that stands alone (close, more, settings): its name is bound as tooltip and accessible name."""

    def __init__(self, icon: str, key: str, *, size: int = 28, ink: str = "text-2") -> None:
        super().__init__()
        self._icon = icon
        self._ink = ink
        self.setFixedSize(size, size)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        bind_tooltip(self, key)
        bind_accessible_name(self, key)

    def set_icon(self, icon: str) -> None:
        """Another icon."""
        self._icon = icon
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon, on a fill while the pointer is over it."""
        del event
        with painting(self) as painter:
            if self.isEnabled() and (self.underMouse() or self.isDown()):
                draw_box(painter, QRectF(self.rect()), "border" if self.isDown() else "surface-3", None, 6)
            theme().paint_icon(painter, self._icon, self._ink if self.isEnabled() else "text-3", centered(self, 16))


def centered(widget: QAbstractButton, size: float) -> QRectF:
    """A square of `size` in the middle of the widget."""
    return QRectF((widget.width() - size) / 2, (widget.height() - size) / 2, size, size)
