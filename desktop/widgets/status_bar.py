"""The status bar: device, memory, the running job; at the right the offline note and the last save."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop.i18n import follow_language, translate
from desktop.theme import theme
from desktop.widgets.card import line
from desktop.widgets.painting import draw_box, draw_text, font, painting, text_width

HEIGHT = 28
BAR = 92.0


class StatusText(QWidget):
    """An icon and a few words."""

    def __init__(self, icon: str = "", *, strong: bool = False) -> None:
        super().__init__()
        self._icon = icon
        self._face = font(12, 600 if strong else 400)
        self._ink = "text" if strong else "text-2"
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, text: str, icon: str = "") -> None:
        """Show another text, and another icon if one is given."""
        self._text = text
        self._icon = icon or self._icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """What it says."""
        return self._text

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        return QSize(round(text_width(self._text, self._face)) + (22 if self._icon else 0) + 2, HEIGHT - 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon and words."""
        del event
        with painting(self) as painter:
            left = 0.0
            if self._icon:
                theme().paint_icon(painter, self._icon, "text-3", QRectF(0, (self.height() - 14) / 2, 14, 14))
                left = 20.0
            draw_text(painter, QRectF(left, 0, self.width() - left, self.height()), self._text, self._ink, self._face)


class StatusJob(QAbstractButton):
    """The running job with its bar; a click goes to it."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._rest = ""
        self._progress: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, name: str, progress: float | None, rest: str) -> None:
        """`name` of the job, share done from 0 to 1 (None if unknown) and words on the time left; "" means no job."""
        self._name, self._progress, self._rest = name, progress, rest
        self.setEnabled(bool(name))
        self.setCursor(Qt.CursorShape.PointingHandCursor if name else Qt.CursorShape.ArrowCursor)
        self.setText(", ".join(part for part in (name or translate("status.no_job"), self._percent(), rest) if part))
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Words, bar, percent and time left."""
        if not self._name:
            return QSize(round(text_width(self.text(), font(12))) + 2, HEIGHT - 2)
        words = text_width(self._name, font(12, 600)) + text_width(self._percent(), font(12, 600))
        return QSize(round(words + text_width(self._rest, font(12)) + BAR + 26), HEIGHT - 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words and bar."""
        del event
        height = self.height()
        with painting(self) as painter:
            if not self._name:
                draw_text(painter, QRectF(0, 0, self.width(), height), self.text(), "text-2", font(12))
                return
            width = text_width(self._name, font(12, 600))
            draw_text(painter, QRectF(0, 0, width + 1, height), self._name, "text", font(12, 600))
            bar = QRectF(width + 8, (height - 6) / 2, BAR, 6)
            draw_box(painter, bar, "surface-3", None, 3)
            share = 0.0 if self._progress is None else min(1.0, max(0.0, self._progress))
            if share > 0:
                draw_box(painter, QRectF(bar.x(), bar.y(), max(6.0, BAR * share), 6), "accent", None, 3)
            left = bar.right() + 8
            percent_width = text_width(self._percent(), font(12, 600))
            draw_text(painter, QRectF(left, 0, percent_width + 1, height), self._percent(), "text", font(12, 600))
            left += percent_width + (6 if self._percent() else 0)
            draw_text(painter, QRectF(left, 0, self.width() - left, height), self._rest, "text-2", font(12))

    def _percent(self) -> str:
        return "" if self._progress is None else f"{int(self._progress * 100)}%"


class StatusBar(QWidget):
    """28 high, on every page."""

    job_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "status-bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._is_narrow = False
        self.device = StatusText("cpu", strong=True)
        self.memory = StatusText("memory")
        self.job = StatusJob()
        self.offline = StatusText("lock")
        self.saved = StatusText()
        self.job.clicked.connect(self.job_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 16, 0)
        row.setSpacing(14)
        for place, part in enumerate((self.device, self.memory, self.job)):
            if place:
                row.addWidget(_divider())
            row.addWidget(part)
        row.addStretch(1)
        self._saved_divider = _divider()
        for part in (_divider(), self.offline, self._saved_divider, self.saved):
            row.addWidget(part)
        self._show_saved("")
        self._job: tuple[str, float | None, str] = ("", None, "")
        follow_language(self, self._retranslate)

    def set_device(self, name: str, *, is_graphics_card: bool) -> None:
        """The device that trains, by its name."""
        self.device.set(name, "gpu" if is_graphics_card else "cpu")

    def set_memory(self, text: str) -> None:
        """Words on the memory in use."""
        self.memory.set(text)

    def set_job(self, name: str, progress: float | None = None, rest: str = "") -> None:
        """The running job (see `StatusJob.set`); "" when none runs."""
        self._job = (name, progress, rest)
        self.job.set(*self._job)

    def set_saved(self, text: str) -> None:
        """When the project was last saved, in words; "" for no project."""
        self._show_saved(text)

    def set_narrow(self, narrow: bool) -> None:
        """A shorter offline note."""
        self._is_narrow = narrow
        self._retranslate()

    def _show_saved(self, text: str) -> None:
        self.saved.set(text)
        self.saved.setVisible(bool(text))
        self._saved_divider.setVisible(bool(text))

    def _retranslate(self) -> None:
        self.setAccessibleName(translate("status.name"))
        self.offline.set(translate("status.offline_short" if self._is_narrow else "status.offline"))
        self.job.set(*self._job)


def _divider() -> QWidget:
    made = line(vertical=True)
    made.setFixedHeight(18)
    return made
