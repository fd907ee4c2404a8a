"""How far the training is, how long still, and its phases."""

from datetime import datetime, timedelta

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.run_state import RunState
from desktop.i18n import translate, translator
from desktop.pages.job_words import time_left_words
from desktop.pages.train.phases import PhaseRow
from desktop.pages.train.readings import ending
from desktop.widgets.card import Card
from desktop.widgets.note import Note
from desktop.widgets.progress import ProgressBar, ProgressState
from desktop.widgets.text import plain_label

TONES = {"canceled": "warn", "failed": "bad", "crashed": "bad"}


class ProgressCard(Card):
    """Percent, time left in words, bar and phases; after a stop what was kept."""

    def __init__(self) -> None:
        super().__init__()
        self._percent = plain_label("", "metric")
        self._left = plain_label("", "strong")
        self._tried = plain_label("", "secondary")
        self._latest = plain_label("", "secondary")
        self._bar = ProgressBar()
        self._phases = PhaseRow()
        self._ending = Note("warn")
        self._ending.hide()
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for words in (self._percent, self._left, self._tried):
            row.addWidget(words)
        row.addStretch(1)
        row.addWidget(self._latest)
        column = QVBoxLayout()
        column.setSpacing(10)
        for widget in (head, self._bar, self._phases, self._ending):
            column.addWidget(widget)
        self.body.addLayout(column)

    def show_state(self, state: RunState, *, live: bool, paused: bool, canceling: bool, why: str) -> None:
        """Show a run; it is `live` from the moment it is handed to a worker; `why` says in words why it stopped."""
        share = state.progress.fraction if state.progress and state.progress.fraction is not None else None
        done = state.succeeded
        self._percent.setText(translator().percent(1.0 if done else share or 0.0, 0))
        self._left.setText(_standing(state, paused=paused, canceling=canceling))
        self._tried.setText(translate("train.tried", count=len(state.trials)) if state.trials else "")
        self._latest.setText(_latest_end(state) if state.running and not paused else "")
        self._bar.set(_bar_state(state, paused=paused, known=share is not None), 1.0 if done else share or 0.0)
        self._phases.show_state(state, live=live)
        end = ending(state)
        self._ending.setVisible(end in TONES)
        if end in TONES:
            kept = translate("train.kept", recipes=len(state.complete_trials), models=len(state.models))
            self._ending.set_words(TONES[end], why or translate(f"train.ended.{end}"), kept)


def _bar_state(state: RunState, *, paused: bool, known: bool) -> ProgressState:
    if state.succeeded:
        return ProgressState.DONE
    if ending(state) in ("failed", "crashed"):
        return ProgressState.FAILED
    if paused or ending(state) == "canceled":
        return ProgressState.PAUSED
    return ProgressState.RUNNING if known else ProgressState.UNKNOWN


def _standing(state: RunState, *, paused: bool, canceling: bool) -> str:
    end = ending(state)
    if end:
        return translate(f"train.standing.{end}")
    if canceling:
        return translate("app.job.canceling")
    if paused:
        return translate("train.standing.paused")
    return time_left_words(state) or translate("train.standing.no_estimate")


def _latest_end(state: RunState) -> str:
    started = state.started
    if started is None or started.budget_seconds is None or not started.time:
        return ""
    began = datetime.fromisoformat(started.time.replace("Z", "+00:00")).astimezone()
    return translate("train.ends_by", time=translator().clock(began + timedelta(seconds=started.budget_seconds)))
