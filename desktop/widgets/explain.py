"""Words that explain themselves: a dotted underline, and a popover on hover, click or F1."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QFocusEvent, QHideEvent, QKeyEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import follow_language, translate
from desktop.theme import theme
from desktop.widgets.painting import draw_text, font, painting, text_width
from desktop.widgets.text import label, rich_label

DELAY_MS = 300
WIDTH = 300


@dataclass(frozen=True)
class Explanation:
    """Keys of a question, its plain answer, an example, and the technical name last; empty ones are left out."""

    question: str
    answer: str
    example: str = ""
    technical_name: str = ""


class ExplainPopover(QFrame):
    """The box with question, answer, example and technical name."""

    def __init__(
        self, parent: QWidget, explanation: Explanation, parameters: dict[str, object], *, closes_by_click: bool = False
    ) -> None:
        """Closed by whoever opened it, or by itself with the next click."""
        super().__init__(parent, Qt.WindowType.Popup if closes_by_click else Qt.WindowType.ToolTip)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, closes_by_click)
        self.setProperty("popover", True)
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(label(explanation.question, "strong", tone="", wrap=True, **parameters))
        column.addWidget(rich_label(explanation.answer, "secondary", tone="", wrap=True, **parameters))
        if explanation.example:
            column.addWidget(rich_label(explanation.example, "caption", tone="", wrap=True, **parameters))
        if explanation.technical_name:
            column.addWidget(label(explanation.technical_name, "caption"))

    def open_at(self, anchor: QWidget) -> None:
        """Open below `anchor`, or above it near the bottom of the screen."""
        self.resize(WIDTH, self.heightForWidth(WIDTH) if self.hasHeightForWidth() else self.sizeHint().height())
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        area = anchor.screen().availableGeometry()
        if corner.y() + self.height() > area.bottom():
            corner = anchor.mapToGlobal(QPoint(0, -self.height() - 4))
        corner.setX(max(area.left(), min(corner.x(), area.right() - self.width())))
        self.move(corner)
        self.show()


class ExplainLabel(QAbstractButton):
    """A word or number with an explanation behind it."""

    def __init__(
        self, key: str, explanation: Explanation, *, style: int = 13, ink: str = "text", **parameters: object
    ) -> None:
        super().__init__()
        self._key, self._parameters = key, parameters
        self._explanation = explanation
        self._popover: ExplainPopover | None = None
        self._face = font(style, 500)
        self._ink = ink
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(DELAY_MS)
        self._delay.timeout.connect(self.open)
        self.clicked.connect(self.open)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.WhatsThisCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow_language(self, self._show_text)

    def set_text(self, key: str, **parameters: object) -> None:
        """Other words."""
        self._key, self._parameters = key, parameters
        self._show_text()

    def open(self) -> None:
        """Show the explanation."""
        self.close_popover()
        self._popover = ExplainPopover(self, self._explanation, self._parameters)
        self._popover.open_at(self)

    def close_popover(self) -> None:
        """Hide the explanation."""
        self._delay.stop()
        if self._popover is not None:
            self._popover.hide()
            self._popover.deleteLater()
            self._popover = None

    def popover(self) -> ExplainPopover | None:
        """The explanation on the screen, None if closed."""
        return self._popover

    def sizeHint(self) -> QSize:
        """Room for the words; a target of 24 at least."""
        return QSize(round(text_width(self.text(), self._face)) + 2, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words and dots."""
        del event
        with painting(self) as painter:
            draw_text(painter, QRectF(0, 0, self.width(), self.height()), self.text(), self._ink, self._face)
            pen = QPen(theme().color("text-3"), 1, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(0, self.height() - 3, self.width() - 2, self.height() - 3)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Open soon."""
        self._delay.start()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Close."""
        self.close_popover()
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close."""
        self.close_popover()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Close."""
        self.close_popover()
        super().hideEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep F1 for the explanation; the window would open the help of the page."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F1:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1, Enter and Space open; Escape closes."""
        if event.key() == Qt.Key.Key_Escape and self._popover is not None:
            self.close_popover()
        elif event.key() in {Qt.Key.Key_F1, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open()
        else:
            super().keyPressEvent(event)

    def _show_text(self) -> None:
        self.setText(translate(self._key, **self._parameters))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(translate(self._explanation.question, **self._parameters))
        self.updateGeometry()
        self.update()
