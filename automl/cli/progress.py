"""A job as it goes: one moving line on a terminal, plain lines in a pipe, the event stream itself for machines."""

import shutil
import time
from typing import Protocol

import msgspec

from automl.cli.console import BAD_INPUT, CANCELED, DONE, FAULT, Console, shortened, width
from automl.domain import formatting
from automl.domain.events import Event, IssueRaised, JobStarted, Outcome
from automl.domain.run_state import RunState

_BAR_COLUMNS = 24
_PLAIN_EVERY_SECONDS = 10.0
_MOVING_EVERY_SECONDS = 0.1
_MINUTE = 60.0


class Progress(Protocol):
    """Shows a job while it runs."""

    def show(self, state: RunState, events: list[Event]) -> None:
        """Show the state after these events."""
        ...

    def end(self) -> None:
        """Leave the terminal tidy."""
        ...


def progress_for(console: Console, *, as_json: bool, says_findings: bool = True) -> Progress:
    """Return what fits the reader: a machine, a person at a terminal, or a log file; with or without findings."""
    if as_json:
        return _Stream(console)
    kind = _Bar if console.is_terminal and not console.quiet else _Plain
    return kind(console, says_findings=says_findings)


class _Stream:
    """Every event as its line of JSON."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def show(self, state: RunState, events: list[Event]) -> None:
        del state
        self._console.write("".join(f"{msgspec.json.encode(event).decode()}\n" for event in events))

    def end(self) -> None:
        pass


class _Plain:
    """A line for each phase, and one every ten seconds within it."""

    def __init__(self, console: Console, *, says_findings: bool) -> None:
        self._console = console
        self._says_findings = says_findings
        self._phase = ""
        self._said = 0.0

    def show(self, state: RunState, events: list[Event]) -> None:
        _say_news(self._console, events, says_findings=self._says_findings)
        if state.progress is None or not state.running:
            return
        moment = time.monotonic()
        if state.progress.phase != self._phase or moment - self._said >= _PLAIN_EVERY_SECONDS:
            self._phase, self._said = state.progress.phase, moment
            self._console.line(status_line(self._console, state))

    def end(self) -> None:
        pass


class _Bar:
    """One line that is written over itself."""

    def __init__(self, console: Console, *, says_findings: bool) -> None:
        self._console = console
        self._says_findings = says_findings
        self._shown = 0
        self._said = 0.0

    def show(self, state: RunState, events: list[Event]) -> None:
        if any(isinstance(event, IssueRaised | JobStarted) for event in events):
            self.end()
            _say_news(self._console, events, says_findings=self._says_findings)
        moment = time.monotonic()
        if state.progress is None or not state.running or moment - self._said < _MOVING_EVERY_SECONDS:
            return
        self._said = moment
        columns = shutil.get_terminal_size().columns - 1
        line = shortened(f"{self._bar(state)}{status_line(self._console, state)}", columns)
        self._console.write("\r" + line + " " * max(0, self._shown - width(line)))
        self._shown = width(line)

    def end(self) -> None:
        if self._shown:
            self._console.write("\r" + " " * self._shown + "\r")
            self._shown = 0

    def _bar(self, state: RunState) -> str:
        share = state.progress.fraction if state.progress else None
        if share is None:
            return ""
        full, empty = ("█", "░") if "utf" in (self._console.out.encoding or "").lower() else ("#", ".")
        filled = round(min(max(share, 0.0), 1.0) * _BAR_COLUMNS)
        return f"{full * filled}{empty * (_BAR_COLUMNS - filled)} {share * 100:3.0f}%  "


def status_line(console: Console, state: RunState) -> str:
    """Return where a job stands in one line: phase, share done, time left, recipes tried and the best score so far."""
    words, progress = console.words, state.progress
    if progress is None:
        return ""
    parts = [words.text(f"phase.{progress.phase}")]
    if progress.doing is not None:
        parts.append(words.say(progress.doing))
    elif progress.total is not None and progress.total > 1:
        done, total = formatting.number(round(progress.done)), formatting.number(round(progress.total))
        parts.append(words.text("cli.progress.of", done=done, total=total))
    if progress.eta_seconds is not None and state.running:
        seconds = progress.eta_seconds[1]
        parts.append(
            words.text("cli.progress.left" if seconds >= _MINUTE else "cli.progress.left_soon", seconds=seconds)
        )
    if state.trials:
        parts.append(words.text("cli.progress.recipes", count=len(state.trials)))
    return " · ".join(parts)


def _say_news(console: Console, events: list[Event], *, says_findings: bool) -> None:
    """Say what deserves a line of its own: where the job runs and why, and issues."""
    for event in events:
        if isinstance(event, JobStarted) and event.device_reason is not None:
            console.line(console.words.say(event.device_reason))
        elif isinstance(event, IssueRaised) and says_findings:
            console.issues([event.issue])


def exit_code(state: RunState) -> int:
    """Return the exit code a job's end asks for."""
    if state.finished is None:
        return FAULT
    if state.finished.outcome is Outcome.COMPLETED:
        return DONE
    if state.finished.outcome is Outcome.CANCELED:
        return CANCELED
    is_fault = any(issue.code.startswith("fault.") for issue in state.finished.issues)
    return FAULT if is_fault or not state.finished.issues else BAD_INPUT
