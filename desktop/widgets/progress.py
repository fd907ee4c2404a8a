"""Progress: how far, how long still, and what is being done; also when it is not known, paused, failed or done."""

from enum import StrEnum

from PySide6.QtCore import QRectF, QVariantAnimation
from PySide6.QtGui import QAccessible, QAccessibleEvent, QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.painting import draw_box, moves, painting
from desktop.widgets.text import plain_label


class ProgressState(StrEnum):
    """What the bar says by its colour."""

    RUNNING = "running"
    UNKNOWN = "unknown"
    PAUSED = "paused"
    FAILED = "failed"
    DONE = "done"


FILLS = {
    ProgressState.RUNNING: "accent",
    ProgressState.UNKNOWN: "accent",
    ProgressState.PAUSED: "s0",
    ProgressState.FAILED: "bad-mark",
    ProgressState.DONE: "ok-mark",
}
GLIDE_MS = 250
SWEEP_MS = 1600
SWEEP_SHARE = 0.24


class ProgressBar(QWidget):
    """8 high; glides to a new share; sweeps while the length is unknown."""

    def __init__(self) -> None:
        super().__init__()
        self._state = ProgressState.RUNNING
        self._target = 0.0
        self._shown = 0.0
        self._announced = (ProgressState.RUNNING, 0)
        self._motion = QVariantAnimation(self)
        self._motion.valueChanged.connect(self._move)
        self.setFixedHeight(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, state: ProgressState, share: float = 0.0) -> None:
        """`share` done from 0 to 1; for an unknown length it does not matter."""
        former, self._state = self._state, state
        self._target = 1.0 if state is ProgressState.DONE else min(1.0, max(0.0, share))
        if state is ProgressState.UNKNOWN:
            self._sweep()
        else:
            self._glide(at_once=former is ProgressState.UNKNOWN)
        self._announce()
        self.update()

    def state(self) -> ProgressState:
        """What it says."""
        return self._state

    def share(self) -> float:
        """How far it is, from 0 to 1."""
        return self._target

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track and bar."""
        del event
        width = float(self.width())
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), "surface-3", None, 4)
            if self._state is ProgressState.UNKNOWN:
                left = (width * (1 + SWEEP_SHARE)) * self._shown - width * SWEEP_SHARE
                bar = QRectF(left, 0, width * SWEEP_SHARE, 8).intersected(QRectF(self.rect()))
            else:
                bar = QRectF(0, 0, width * self._shown, 8)
            if bar.width() > 0:
                draw_box(painter, bar, FILLS[self._state], None, min(4.0, bar.width() / 2))

    def showEvent(self, event: QShowEvent) -> None:
        """Sweep again."""
        super().showEvent(event)
        if self._state is ProgressState.UNKNOWN:
            self._sweep()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing moves unseen."""
        self._motion.stop()
        self._shown = self._target
        super().hideEvent(event)

    def _glide(self, *, at_once: bool) -> None:
        self._motion.stop()
        if at_once or not self.isVisible() or not moves(self):
            self._shown = self._target
            return
        self._motion.setLoopCount(1)
        self._motion.setDuration(GLIDE_MS)
        self._motion.setStartValue(self._shown)
        self._motion.setEndValue(self._target)
        self._motion.start()

    def _sweep(self) -> None:
        running = self._motion.state() is QVariantAnimation.State.Running
        if not self.isVisible() or (running and self._motion.loopCount() < 0):
            return
        self._motion.stop()
        if not moves(self):
            self._shown = 0.5
            return
        self._motion.setLoopCount(-1)
        self._motion.setDuration(SWEEP_MS)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.start()

    def _move(self, value: float) -> None:
        self._shown = value
        self.update()

    def _announce(self) -> None:
        """Say so at each quarter and when the state changes, not with every step."""
        self.setAccessibleDescription(f"{int(self._target * 100)}%")
        quarter = (self._state, int(self._target * 4))
        if quarter != self._announced:
            self._announced = quarter
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))


class ProgressRow(QWidget):
    """A name, words on the time left, and the bar below."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = ProgressBar()
        self._name = plain_label("")
        self._rest = plain_label("", "caption-2")
        words = QHBoxLayout()
        words.addWidget(self._name, 1)
        words.addWidget(self._rest)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(words)
        column.addWidget(self.bar)

    def set(self, name: str, rest: str, state: ProgressState, share: float = 0.0) -> None:
        """Words come translated; say them again after a change of language."""
        self._name.setText(name)
        self._rest.setText(rest)
        self.bar.set(state, share)
        self.bar.setAccessibleName(name)
        self.setAccessibleName(f"{name}, {rest}")
