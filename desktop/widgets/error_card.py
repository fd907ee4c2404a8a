"""The error card: what happened with counts, what you can do (one way suggested), a code for IT, and "Copy details"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.buttons import button, text_button
from desktop.widgets.card import Card
from desktop.widgets.fitting import FitsItsWords
from desktop.widgets.icon_view import IconView
from desktop.widgets.painting import draw_box, painting
from desktop.widgets.pill import Pill
from desktop.widgets.text import label, plain_label


class ProblemBanner(FitsItsWords):
    """What happened, in one strong sentence and one quiet one; both come translated."""

    def __init__(self, title: str = "", detail: str = "") -> None:
        super().__init__()
        self._title = plain_label("", "card-title", wrap=True)
        self._detail = plain_label("", "secondary", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(12)
        row.addWidget(IconView("alert-octagon", "bad", 20), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.set_words(title, detail)

    def set_words(self, title: str, detail: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(f"{title} {detail}".strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw fill and line."""
        del event
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), "bad-soft", "bad-line", 8)


@dataclass(frozen=True)
class WayOut:
    """One thing the user can do. Title and words come translated; `key` names the button, `act` is what it does."""

    icon: str
    title: str
    words: str
    key: str = ""
    act: Callable[[], None] | None = None
    suggested: bool = False


class WaysOut(Card):
    """What you can do: the ways out, the suggested one first, and the code for IT at the bottom."""

    def __init__(self, ways: Sequence[WayOut], code: str = "", details: str = "") -> None:
        super().__init__("error.what_you_can_do")
        self.body.setSpacing(0)
        for way in ways:
            self.add_line()
            self.add(_WayOutRow(way))
        self.add_stretch()
        if code:
            words = label("error.code", "caption", code=code)
            copy = text_button("error.copy_details")
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details or code))
            copy.clicked.connect(lambda: copy.set_text("error.copied"))
            self.set_footer(words, copy)


class _WayOutRow(FitsItsWords):
    def __init__(self, way: WayOut) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(plain_label(way.title, "strong"))
        if way.suggested:
            head.addWidget(Pill("error.suggested"))
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addLayout(head)
        words.addWidget(plain_label(way.words, "secondary", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 10, 0, 12)
        row.setSpacing(12)
        row.addWidget(IconView(way.icon, "text-2", 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        if way.key and way.act is not None:
            press = button(way.key, small=True)
            press.clicked.connect(lambda _checked=False, act=way.act: act())
            row.addWidget(press, 0, Qt.AlignmentFlag.AlignTop)


class ErrorCard(QWidget):
    """Banner and ways out together, for a page or a job that failed. All sentences come translated."""

    def __init__(self, title: str, detail: str, ways: Sequence[WayOut], code: str = "", details: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.banner = ProblemBanner(title, detail)
        self.ways = WaysOut(ways, code, details)
        column.addWidget(self.banner)
        column.addWidget(self.ways, 1)
