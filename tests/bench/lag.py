"""How long an event loop keeps a person waiting."""

import time

from PySide6.QtCore import QTimer


class LagMeter:
    """The longest time between two turns of the event loop: on the wall, and of work (without waiting for a core)."""

    def __init__(self) -> None:
        self._wall = self._work = 0.0
        self._last = (time.perf_counter(), time.thread_time())
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def stop(self) -> str:
        """Return both in words."""
        self._timer.stop()
        return f"{self._wall * 1000:.0f} ms ({self._work * 1000:.0f} ms of work)"

    def _turn(self) -> None:
        wall, work = time.perf_counter(), time.thread_time()
        self._wall = max(self._wall, wall - self._last[0])
        self._work = max(self._work, work - self._last[1])
        self._last = (wall, work)
