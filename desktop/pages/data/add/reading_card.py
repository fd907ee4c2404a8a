"""While a file is read: how far, how long still, and a way to stop."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from automl.domain.events import Phase
from automl.domain.run_state import RunState
from desktop.i18n import bind_text, translate
from desktop.pages.job_words import time_left_words
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.progress import ProgressRow, ProgressState
from desktop.widgets.text import label

_PHASES = {
    Phase.READ: "data.reading.read",
    Phase.CHECK: "data.reading.check",
    Phase.WRITE: "data.reading.write",
}
_WIDTH = 480


class ReadingCard(Card):
    """`cancel_requested` stops the reading; nothing in the project has changed by then."""

    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._state = RunState()
        self._title = label("", "page-title")
        self.progress = ProgressRow()
        self.cancel = button("data.reading.cancel", icon="x")
        self.cancel.clicked.connect(self.cancel_requested)
        box = QWidget()
        box.setFixedWidth(_WIDTH)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(label("data.reading.detail", "secondary"))
        column.addSpacing(12)
        column.addWidget(self.progress)
        column.addSpacing(8)
        column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_stretch()
        self.body.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        self.add_stretch()

    def show_state(self, file_name: str, state: RunState, *, canceling: bool) -> None:
        """Show how far the reading is."""
        self._state = state
        bind_text(self._title, "data.reading.title", file=file_name)
        self.cancel.setEnabled(not canceling)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the progress again."""
        progress = self._state.progress
        phase = progress.phase if progress else None
        words = translate(_PHASES[phase]) if phase in _PHASES else translate("data.reading.wait")
        share = progress.fraction if progress else None
        if share is None:
            self.progress.set(words, time_left_words(self._state), ProgressState.UNKNOWN)
        else:
            self.progress.set(words, time_left_words(self._state), ProgressState.RUNNING, share)
