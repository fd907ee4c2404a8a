"""Whether a process of former days still lives. A number alone is reused; number and start time together are not."""

import contextlib
import os
import signal
import sys
import time

import psutil

_CLOCK_TOLERANCE_SECONDS = 2.0


def myself() -> tuple[int, float]:
    """Return the number and start time of this process."""
    try:
        return os.getpid(), psutil.Process().create_time()
    except psutil.Error:
        return os.getpid(), time.time()


def is_alive(process: int, started: float) -> bool:
    """Whether the process of that number and start time still runs."""
    try:
        found = psutil.Process(process)
        same = abs(found.create_time() - started) < _CLOCK_TOLERANCE_SECONDS
        return same and found.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def end_group(process: int) -> None:
    """End a process that leads its own session, and everything it started, at once; it may be gone already."""
    if sys.platform == "win32":
        with contextlib.suppress(psutil.Error):
            leader = psutil.Process(process)
            for one in (*leader.children(recursive=True), leader):
                one.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)
