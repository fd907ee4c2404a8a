"""The boundary of the window: a fault of the program is written down and shown as a card, and the window lives on."""

import hashlib
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QStandardPaths

_MOST_KEPT = 20


@dataclass(frozen=True)
class Fault:
    """`code` is the same for the same fault, so that an IT team can look it up; `details` are for them too."""

    code: str
    details: str


class FaultBoundary:
    """While it stands, `sys.excepthook` leads here: the file of faults gets an entry, then `show` gets the fault."""

    def __init__(self) -> None:
        self._show: Callable[[Fault], None] | None = None
        self._former = sys.excepthook
        self._showing = False

    def show_with(self, show: Callable[[Fault], None]) -> None:
        """Say how faults reach the person; before that they are only written down."""
        self._show = show

    def __enter__(self) -> "FaultBoundary":
        sys.excepthook = self._catch
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.excepthook = self._former

    def _catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        fault = fault_of(kind, error, trace)
        _write_down(fault)
        # A fault while a fault is shown would go round in circles.
        if self._show is not None and not self._showing:
            self._showing = True
            self._show(fault)
            self._showing = False


def fault_of(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> Fault:
    """Return the fault with a code made of the places it came through, not of the data in it."""
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.name}" for frame in traceback.extract_tb(trace)]
    digest = hashlib.sha256(" ".join([kind.__name__, *places]).encode()).hexdigest()
    details = "".join(traceback.format_exception(kind, error, trace))
    return Fault(code=f"LT-{digest[:6].upper()}", details=details)


def faults_folder() -> Path:
    """Return where faults are written down."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(place) / "faults"


def _write_down(fault: Fault) -> None:
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    try:
        folder = faults_folder()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{moment} {fault.code}.txt").write_text(fault.details, encoding="utf-8")
        for old in sorted(folder.glob("*.txt"))[:-_MOST_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        # Where nothing can be written the card still shows the details.
        return
