"""The parts of a training as a row of signs: done, running, to come."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.events import Phase
from automl.domain.run_state import RunState
from desktop.i18n import bind_text, translate
from desktop.widgets.icon_view import IconView
from desktop.widgets.spinner import Spinner
from desktop.widgets.text import label, plain_label

PHASES = (Phase.PREPARE, Phase.FEATURES, Phase.FAMILIES, Phase.TUNE, Phase.BLEND, Phase.FINAL_CHECK)
# Only a training on images looks at images first, and it says so at its start.
_ANNOUNCED = frozenset({Phase.FEATURES})


class PhaseState(StrEnum):
    """Where a phase stands."""

    DONE = "done"
    RUNNING = "running"
    TO_COME = "to_come"
    LEFT_OUT = "left_out"


def phases_of(state: RunState) -> tuple[Phase, ...]:
    """Return the phases a run goes through."""
    announced = state.started.phases if state.started is not None else ()
    return tuple(phase for phase in PHASES if phase not in _ANNOUNCED or phase in announced)


def phase_states(state: RunState, *, live: bool) -> tuple[PhaseState, ...]:
    """Return where each phase of a run stands; `live` from the moment it is handed to a worker."""
    phases = phases_of(state)
    if state.succeeded:
        return (PhaseState.DONE,) * len(phases)
    current = state.progress.phase if state.progress else Phase.PREPARE
    place = phases.index(current) if current in phases else 0
    at_place = PhaseState.RUNNING if live else PhaseState.LEFT_OUT
    after = PhaseState.TO_COME if live else PhaseState.LEFT_OUT
    return (*(PhaseState.DONE,) * place, at_place, *(after,) * (len(phases) - place - 1))


class PhaseRow(QWidget):
    """The phases side by side."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self._steps = {phase: _PhaseStep(phase) for phase in PHASES}
        for step in self._steps.values():
            row.addWidget(step, 1)

    def show_state(self, state: RunState, *, live: bool) -> None:
        """Show where each phase stands."""
        progress, phases = state.progress, phases_of(state)
        for phase, step in self._steps.items():
            step.setVisible(phase in phases)
        for phase, stands in zip(phases, phase_states(state, live=live), strict=True):
            step = self._steps[phase]
            count = ""
            if progress is not None and progress.phase is step.phase and progress.total and live:
                count = translate("train.phase.count", done=round(progress.done), total=round(progress.total))
            step.show_state(stands, count)


class _PhaseStep(QWidget):
    def __init__(self, phase: Phase) -> None:
        super().__init__()
        self.phase = phase
        self._sign = IconView("circle", "text-3", 16)
        self._spinner = Spinner()
        self._spinner.hide()
        self._name = label(f"train.phase.{phase.value}", "body")
        self._words = plain_label("", "caption-2")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._name)
        column.addWidget(self._words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._spinner, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def show_state(self, stands: PhaseState, count: str) -> None:
        running = stands is PhaseState.RUNNING
        self._spinner.setVisible(running)
        self._sign.setVisible(not running)
        self._sign.set(
            "check-circle" if stands is PhaseState.DONE else "circle",
            "ok-mark" if stands is PhaseState.DONE else "text-3",
        )
        self._name.setProperty("type", "strong" if running else "body")
        self._name.style().unpolish(self._name)
        self._name.style().polish(self._name)
        if count:
            self._words.setText(count)
        else:
            bind_text(self._words, f"train.phase.{stands.value}")
