"""The rail: six numbered steps, each with its state and one live line, always in sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import follow_language, translate
from desktop.theme import theme
from desktop.widgets.card import line
from desktop.widgets.laid_out import laid_out_once
from desktop.widgets.painting import draw_box, draw_text, font, painting, text_width

WIDE, NARROW = 216, 76


class StepState(StrEnum):
    """Where a step stands."""

    TO_DO = "to_do"
    HERE = "here"
    RUNNING = "running"
    DONE = "done"
    LOOK = "look"
    ACT = "act"


@dataclass(frozen=True)
class SignColors:
    """Tokens of the sign of a step in one state; `badge` is empty where there is none."""

    fill: str
    ring: str
    ink: str
    badge: str = ""
    badge_icon: str = ""


SIGNS = {
    StepState.TO_DO: SignColors("chrome", "border-strong", "text-2"),
    StepState.HERE: SignColors("accent", "accent", "on-accent"),
    StepState.RUNNING: SignColors("surface", "surface-3", "accent"),
    StepState.DONE: SignColors("ok-soft", "ok-mark", "ok", "ok-mark", "check"),
    StepState.LOOK: SignColors("warn-soft", "warn-mark", "warn", "warn", "!"),
    StepState.ACT: SignColors("bad-soft", "bad-mark", "bad", "bad-mark", "!"),
}
LINE_INK = {StepState.LOOK: "warn", StepState.ACT: "bad"}


@dataclass(frozen=True)
class SubPage:
    """A page under a step: its id, the key of its name and an optional count."""

    page: str
    key: str
    count: int | None = None


class RailStep(QAbstractButton):
    """One step: sign, name and live line; over each other when narrow."""

    def __init__(self, number: int, total: int, name_key: str) -> None:
        super().__init__()
        self._number = number
        self._total = total
        self._name_key = name_key
        self._line_key, self._line_parameters = "", dict[str, object]()
        self._state = StepState.TO_DO
        self._progress: float | None = None
        self._is_current = False
        self._is_narrow = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        follow_language(self, self._announce)

    def set_state(
        self, state: StepState, line_key: str = "", *, progress: float | None = None, **parameters: object
    ) -> None:
        """Show where the step stands; `progress` from 0 to 1 while it runs."""
        self._state = state
        self._line_key, self._line_parameters = line_key, parameters
        self._progress = progress
        self._announce()

    def state(self) -> StepState:
        """Where the step stands."""
        return self._state

    def set_current(self, current: bool) -> None:
        """Whether its page is the one shown."""
        self._is_current = current
        self._announce()

    def set_narrow(self, narrow: bool) -> None:
        """The number over the name."""
        self._is_narrow = narrow
        self.updateGeometry()
        self._announce()

    def live_line(self) -> str:
        """The line under the name."""
        return translate(self._line_key, **self._line_parameters) if self._line_key else ""

    def sizeHint(self) -> QSize:
        """48 high; 58 when narrow."""
        return QSize(NARROW - 12, 58) if self._is_narrow else QSize(WIDE - 16, 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, sign, name and line."""
        del event
        with painting(self) as painter:
            if self._is_current:
                draw_box(painter, QRectF(self.rect()), "surface", "border", 6)
            elif self.underMouse():
                draw_box(painter, QRectF(self.rect()), "surface-3", None, 6)
            if self._is_narrow:
                self._paint_narrow(painter)
            else:
                self._paint_wide(painter)

    def _paint_wide(self, painter: QPainter) -> None:
        self._paint_sign(painter, QRectF(8, 7, 24, 24))
        room = self.width() - 42 - 6
        reached = self._state is not StepState.TO_DO
        draw_text(painter, QRectF(42, 6, room, 18), self.text(), self._name_ink(), font(13, 600 if reached else 500))
        draw_text(painter, QRectF(42, 23, room, 16), self.live_line(), LINE_INK.get(self._state, "text-3"), font(12))

    def _paint_narrow(self, painter: QPainter) -> None:
        self._paint_sign(painter, QRectF(self.width() / 2 - 12, 7, 24, 24))
        face = font(12, 600 if self._is_current else 500)
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, QRectF(2, 33, self.width() - 4, 18), self.text(), self._name_ink(), face, align=middle)

    def _name_ink(self) -> str:
        return "accent" if self._is_current else "text" if self._state is not StepState.TO_DO else "text-2"

    def _paint_sign(self, painter: QPainter, box: QRectF) -> None:
        state = StepState.HERE if self._is_current and self._state is StepState.TO_DO else self._state
        colors = SIGNS[state]
        tokens = theme()
        painter.setBrush(tokens.color(colors.fill))
        painter.setPen(QPen(tokens.color(colors.ring), 2.5 if state is StepState.RUNNING else 1.25))
        painter.drawEllipse(box.adjusted(0.75, 0.75, -0.75, -0.75))
        if state is StepState.RUNNING:
            ring = QPen(tokens.color("accent"), 2.5)
            ring.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(ring)
            share = 0.25 if self._progress is None else self._progress
            painter.drawArc(box.adjusted(0.75, 0.75, -0.75, -0.75), 90 * 16, round(-share * 360 * 16))
        draw_text(painter, box, str(self._number), colors.ink, font(12, 600), align=Qt.AlignmentFlag.AlignHCenter)
        if colors.badge:
            _paint_badge(painter, QRectF(box.right() - 7, box.bottom() - 8, 13, 13), colors)

    def _announce(self) -> None:
        self.setText(translate(self._name_key))
        name = translate("rail.step_spoken", number=self._number, total=self._total, name=self.text())
        self.setAccessibleName(f"{name}, {translate(f'rail.state.{self._state.value}')}")
        self.setAccessibleDescription(self.live_line())
        tooltip = f"{self.text()}\n{self.live_line()}" if self.live_line() else self.text()
        self.setToolTip(tooltip if self._is_narrow else "")
        self.update()


def _paint_badge(painter: QPainter, box: QRectF, colors: SignColors) -> None:
    tokens = theme()
    painter.setPen(QPen(tokens.color("chrome"), 1.5))
    painter.setBrush(tokens.color(colors.badge))
    painter.drawEllipse(box)
    if colors.badge_icon == "!":
        draw_text(painter, box, "!", "surface", font(10, 700), align=Qt.AlignmentFlag.AlignHCenter)
    else:
        tokens.paint_icon(painter, colors.badge_icon, "surface", box.adjusted(2, 2, -2, -2))


class RailLink(QAbstractButton):
    """A sub-page, or a line at the bottom of the rail with an icon and its key."""

    def __init__(self, key: str, *, icon: str = "", hint: str = "", count: int | None = None) -> None:
        super().__init__()
        self._key = key
        self._icon = icon
        self._hint = hint if count is None else str(count)
        self._is_key = bool(hint)
        self._is_current = False
        self._is_narrow = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        follow_language(self, self._announce)

    def set_current(self, current: bool) -> None:
        """Whether this is the sub-page shown."""
        self._is_current = current
        self.update()

    def set_count(self, count: int | None) -> None:
        """Show another count of a sub-page."""
        self._hint = "" if count is None else str(count)
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """The icon alone, its name in the tooltip."""
        self._is_narrow = narrow
        self._announce()

    def sizeHint(self) -> QSize:
        """28 high, 32 with an icon."""
        return QSize(NARROW - 16 if self._is_narrow else WIDE - 16, 32 if self._icon else 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw fill, icon, name and count."""
        del event
        with painting(self) as painter:
            if self._is_current or self.underMouse():
                draw_box(painter, QRectF(self.rect()), "accent-soft" if self._is_current else "surface-3", None, 4)
            if self._icon:
                left = (self.width() - 16) / 2 if self._is_narrow else 12
                theme().paint_icon(painter, self._icon, "text-2", QRectF(left, (self.height() - 16) / 2, 16, 16))
            if not self._is_narrow:
                self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        left = 38 if self._icon else 42
        ink = "accent" if self._is_current else "text-2"
        face = font(13, 600 if self._is_current else 400)
        draw_text(painter, QRectF(left, 0, self.width() - left - 32, self.height()), self.text(), ink, face)
        if not self._hint:
            return
        width = text_width(self._hint, font(12)) + (12 if self._is_key else 0)
        box = QRectF(self.width() - width - (12 if self._is_key else 8), (self.height() - 18) / 2, width, 18)
        if self._is_key:
            draw_box(painter, box, "surface", "border", 4)
        size = 11 if self._is_key else 12
        draw_text(painter, box, self._hint, "text-2", font(size), align=Qt.AlignmentFlag.AlignHCenter)

    def _announce(self) -> None:
        self.setText(translate(self._key))
        self.setAccessibleName(self.text())
        self.setToolTip(self.text() if self._is_narrow else "")
        self.updateGeometry()
        self.update()


class Rail(QWidget):
    """The steps from top to bottom, the sub-pages of the current one under it, log and help at the bottom."""

    step_chosen = Signal(str)
    sub_page_chosen = Signal(str, str)
    log_requested = Signal()
    help_requested = Signal()

    def __init__(self, steps: Sequence[tuple[str, str]]) -> None:
        """`steps` are pairs of page id and key of its name."""
        super().__init__()
        self.setProperty("surface", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._steps = {page: RailStep(place, len(steps), key) for place, (page, key) in enumerate(steps, 1)}
        self._links: dict[str, list[tuple[SubPage, RailLink]]] = {page: [] for page, _ in steps}
        self._shelves = {page: _column() for page, _ in steps}
        self._current = ""
        self._current_sub_page = ""
        self._is_narrow = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 12, 9, 12)
        self._column.setSpacing(4)
        for page, step in self._steps.items():
            step.clicked.connect(lambda _checked=False, chosen=page: self.step_chosen.emit(chosen))
            self._column.addWidget(step)
            self._column.addLayout(self._shelves[page])
        self._column.addStretch(1)
        self._column.addWidget(line())
        self._bottom = (RailLink("rail.log", icon="history"), RailLink("rail.help", icon="help-circle", hint="F1"))
        bottom = _column()
        self._column.addLayout(bottom)
        for link, signal in zip(self._bottom, (self.log_requested, self.help_requested), strict=True):
            link.clicked.connect(signal)
            bottom.addWidget(link)
        self.setFixedWidth(WIDE)
        follow_language(self, lambda: self.setAccessibleName(translate("rail.name")))

    def step(self, page: str) -> RailStep:
        """The step of a page, to set its state. Raises KeyError for a page that is no step."""
        return self._steps[page]

    def set_current(self, page: str, sub_page: str = "") -> None:
        """Mark the page shown; "" or a page that is no step marks none."""
        self._current, self._current_sub_page = page, sub_page
        self._refresh()

    def set_sub_pages(self, page: str, sub_pages: Sequence[SubPage]) -> None:
        """The pages under a step; they show while the step is current. Other counts alone move nothing."""
        links = [link for _, link in self._links[page]]
        if [(one.page, one.key) for one, _ in self._links[page]] == [(one.page, one.key) for one in sub_pages]:
            for link, sub_page in zip(links, sub_pages, strict=True):
                link.set_count(sub_page.count)
            self._links[page] = list(zip(sub_pages, links, strict=True))
            return
        for former in links:
            self._shelves[page].removeWidget(former)
            former.hide()
            former.deleteLater()
        made = []
        for sub_page in sub_pages:
            link = RailLink(sub_page.key, count=sub_page.count)
            link.clicked.connect(lambda _checked=False, chosen=sub_page.page: self.sub_page_chosen.emit(page, chosen))
            self._shelves[page].addWidget(link)
            made.append((sub_page, link))
        self._links[page] = made
        self._refresh()

    def set_narrow(self, narrow: bool) -> None:
        """76 wide: numbers over names, sub-pages hidden."""
        self._is_narrow = narrow
        self.setFixedWidth(NARROW if narrow else WIDE)
        self._column.setContentsMargins(6 if narrow else 8, 8 if narrow else 12, 7 if narrow else 9, 12)
        for step in self._steps.values():
            step.set_narrow(narrow)
        for link in self._bottom:
            link.set_narrow(narrow)
        self._refresh()

    def _refresh(self) -> None:
        with laid_out_once(self._column):
            for page, step in self._steps.items():
                step.set_current(page == self._current)
                for sub_page, link in self._links[page]:
                    link.setVisible(page == self._current and not self._is_narrow)
                    link.set_current(sub_page.page == self._current_sub_page)


def _column() -> QVBoxLayout:
    made = QVBoxLayout()
    made.setSpacing(0)
    return made
