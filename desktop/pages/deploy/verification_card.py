"""The verification run: what will be checked, how far it is, and what was found."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.events import Phase
from automl.domain.issues import Issue, Parameter
from automl.domain.run_state import RunState
from automl.domain.verification import VerificationCheck, VerificationReport
from desktop.i18n import translate, translator
from desktop.pages.deploy.readings import CHECKS, IMAGE_CHECKS
from desktop.pages.issue_words import issue_detail, issue_next, issue_title
from desktop.widgets.buttons import text_button
from desktop.widgets.card import Card, line
from desktop.widgets.icon_view import IconView
from desktop.widgets.note import Note
from desktop.widgets.pill import Pill
from desktop.widgets.progress import ProgressBar, ProgressState
from desktop.widgets.spinner import Spinner
from desktop.widgets.text import plain_label

_PHASES = (Phase.PREPARE, Phase.WRITE, Phase.VERIFY)


class VerificationCard(Card):
    """`again_requested` asks to check the bundle once more."""

    again_requested = Signal()

    def __init__(self) -> None:
        super().__init__("deploy.verification")
        self.pill = Pill("deploy.verification.passed", "ok", icon="check")
        self.add_header_widget(self.pill)
        self._when = plain_label("", "caption")
        self.add_action(self._when)
        self._took = plain_label("", "caption")
        self._bar = ProgressBar()
        self._note = Note("bad")
        self.again = text_button("deploy.verification.again", icon="refresh")
        self.again.clicked.connect(lambda _checked=False: self.again_requested.emit())
        self._phase: int | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.setSpacing(10)
        self.add(self._note)
        self.add(self._bar)
        self.body.addLayout(self._rows)
        row = QHBoxLayout()
        row.addWidget(self.again)
        row.addStretch(1)
        row.addWidget(self._took)
        self.body.addLayout(row)
        self.show_promise()

    def show_promise(self, *, of_images: bool = False) -> None:
        """Say what every bundle goes through before it is handed out."""
        checks = IMAGE_CHECKS if of_images else CHECKS
        self._show(pill=None, when=translate("deploy.verification.to_come"))
        self._fill([_CheckRow("circle-dashed", "text-3", translate(f"deploy.check.{code}")) for code in checks])

    def show_running(self, state: RunState, *, waiting: bool, canceling: bool) -> None:
        """Show how far the work is: preparing, writing, verifying."""
        phase = state.progress.phase if state.progress is not None else None
        share = state.progress.fraction if state.progress is not None else None
        words = "waiting" if waiting else "canceling" if canceling else ""
        when = translate(f"deploy.verification.{words}") if words else ""
        self._show(pill=("deploy.verification.running", "accent", ""), when=when)
        self._bar.show()
        self._bar.set(ProgressState.UNKNOWN if share is None else ProgressState.RUNNING, share or 0.0)
        place = _PHASES.index(phase) if phase in _PHASES else -1
        # Rows made anew at every step would begin to turn anew.
        if place != self._phase:
            self._fill([_PhaseRow(each, place - number) for number, each in enumerate(_PHASES)])
            self._phase = place

    def show_report(self, report: VerificationReport) -> None:
        """Show what the checks found."""
        passed = report.passed
        pill = ("deploy.verification.passed", "ok", "check") if passed else ("deploy.verification.failed", "bad", "x")
        self._show(pill=pill, when=_when(report), issues=() if passed else report.issues)
        self.again.show()
        self._took.setText(translate("deploy.verification.took", seconds=report.seconds))
        self._took.show()
        self._fill([_check_row(check) for check in report.checks])

    def show_refusal(self, issues: Sequence[Issue]) -> None:
        """Say why there is no bundle and what to do."""
        self._show(pill=("deploy.verification.refused", "bad", "x"), when="", issues=issues)
        self._fill([])

    def _show(self, *, pill: tuple[str, str, str] | None, when: str, issues: Sequence[Issue] = ()) -> None:
        self._bar.hide()
        self.again.hide()
        self.pill.setVisible(pill is not None)
        if pill is not None:
            self.pill.set(pill[0], pill[1], icon=pill[2])
        self._when.setText(when)
        self._took.hide()
        self._note.setVisible(bool(issues))
        if issues:
            first = issues[0]
            second = " ".join(words for words in (issue_detail(first), issue_next(first)) if words)
            self._note.set_words("bad", issue_title(first), second)

    def _fill(self, rows: Sequence[QWidget]) -> None:
        self._phase = None
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row in rows:
            self._rows.addWidget(line())
            self._rows.addWidget(row)


class _CheckRow(QWidget):
    def __init__(self, icon: str, ink: str, title: str, detail: str = "", *, spins: bool = False) -> None:
        super().__init__()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(plain_label(title, "medium" if detail else "body", wrap=True))
        if detail:
            words.addWidget(plain_label(detail, "caption", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 7, 0, 7)
        row.setSpacing(10)
        side = Qt.AlignmentFlag.AlignTop if detail else Qt.AlignmentFlag.AlignVCenter
        row.addWidget(Spinner() if spins else IconView(icon, ink), 0, side)
        row.addLayout(words, 1)
        self.setAccessibleName(f"{title} {detail}".strip())


class _PhaseRow(_CheckRow):
    """`ahead` is how many phases the work is ahead of this one: 0 at it, less not there yet."""

    def __init__(self, phase: Phase, ahead: int) -> None:
        done = ahead > 0
        super().__init__(
            "check-circle" if done else "circle-dashed",
            "ok-mark" if done else "text-3",
            translate(f"deploy.phase.{phase.value}"),
            spins=ahead == 0,
        )


def _check_row(check: VerificationCheck) -> _CheckRow:
    icon, ink = ("check-circle", "ok-mark") if check.passed else ("alert-octagon", "bad")
    key = f"verification.{check.code}"
    numbers = {name: _readable(value) for name, value in check.parameters.items()}
    detail = translate(f"{key}.detail", **numbers) if translator().has(f"{key}.detail") else ""
    return _CheckRow(icon, ink, translate(f"{key}.title", **numbers), detail)


def _readable(value: Parameter) -> Parameter:
    """Two figures are enough for a difference or a time."""
    return float(f"{value:.2g}") if isinstance(value, float) else value


def _when(report: VerificationReport) -> str:
    if not report.finished:
        return ""
    finished = datetime.fromisoformat(report.finished).astimezone()
    return translate("deploy.verification.when", time=finished)
