"""What a test must not leave behind: child processes, threads, running Qt timers."""

import threading
import time
import weakref
from collections.abc import Callable
from unittest import mock

import psutil
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer

PATIENCE = 3.0  # seconds something that is already ending may take
# Python's own bookkeeper of shared memory lives until the interpreter ends.
HARMLESS_PROCESS = "resource_tracker"

_started_timers: "weakref.WeakSet[QTimer]" = weakref.WeakSet()


def watch_timers() -> None:
    """Remember every QTimer that Python code starts."""
    start: Callable[..., None] = QTimer.start

    def remembered_start(timer: QTimer, *arguments: object) -> None:
        _started_timers.add(timer)
        start(timer, *arguments)

    mock.patch.object(QTimer, "start", remembered_start).start()


class Census:
    """Everything alive at one moment, to be compared with a later one."""

    def __init__(self) -> None:
        self._processes = set(psutil.Process().children())
        self._threads = set(threading.enumerate())
        self._timers = _running_timers()

    def left_behind(self) -> list[str]:
        """Name what has been started since and is still alive after a short wait."""
        return [*self._left_processes(), *self._left_threads(), *self._left_timers()]

    def _left_processes(self) -> list[str]:
        started = [process for process in psutil.Process().children() if process not in self._processes]
        _, alive = psutil.wait_procs([process for process in started if _matters(process)], timeout=PATIENCE)
        return [f"process {_command(process)}" for process in alive]

    def _left_threads(self) -> list[str]:
        started = [thread for thread in threading.enumerate() if thread not in self._threads and _can_be_joined(thread)]
        deadline = time.monotonic() + PATIENCE
        for thread in started:
            thread.join(max(0.0, deadline - time.monotonic()))
        return [f"thread {thread.name}" for thread in started if thread.is_alive()]

    def _left_timers(self) -> list[str]:
        if QCoreApplication.instance() is None:
            return []
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return [f"timer of {timer.parent()!r}" for timer in _running_timers() - self._timers]


def _running_timers() -> set[QTimer]:
    return {timer for timer in list(_started_timers) if shiboken6.isValid(timer) and timer.isActive()}


def _can_be_joined(thread: threading.Thread) -> bool:
    return not isinstance(thread, threading._DummyThread) and thread is not threading.current_thread()


def _matters(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE and HARMLESS_PROCESS not in _command(process)
    except psutil.NoSuchProcess:
        return False


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return f"number {process.pid}"
