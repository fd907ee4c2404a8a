"""Silence about harmless oddities of image files, such as metadata that is cut off."""

import threading
import warnings
from types import TracebackType


class _QuietReading:
    """Keeps Pillow from warning in a block. Blocks of several threads may overlap: the last to leave restores the filters."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._inside = 0
        self._filters = warnings.catch_warnings()

    def __enter__(self) -> None:
        with self._guard:
            if self._inside == 0:
                self._filters = warnings.catch_warnings()
                self._filters.__enter__()
                warnings.filterwarnings("ignore", module=r"PIL\.")
            self._inside += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._guard:
            self._inside -= 1
            if self._inside == 0:
                self._filters.__exit__(None, None, None)


# The filters belong to the process, so all threads share one way to change them.
QUIET_READING = _QuietReading()
