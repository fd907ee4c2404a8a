"""What training needs from whoever runs it: a voice, an ear and a clock."""

from typing import Protocol

from automl.domain.events import Event


class Host(Protocol):
    """The running job as training sees it."""

    @property
    def finish_requested(self) -> bool:
        """Whether a person wants the best so far, now."""
        ...

    @property
    def deadline(self) -> float | None:
        """When the budget ends, on the clock of `time.monotonic`; None without a budget. Pauses move it."""
        ...

    @property
    def elapsed(self) -> float:
        """Seconds of work so far, pauses left out."""
        ...

    def emit(self, event: Event) -> None:
        """Tell what happened."""
        ...

    def check_stop(self) -> None:
        """Wait while paused; raise when the job was canceled."""
        ...
