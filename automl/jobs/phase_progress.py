"""Progress of the phases of a job as shares of the whole job, asking at every step whether to stop."""

from collections.abc import Mapping

from automl.data.connection import Progress
from automl.domain.events import Phase
from automl.jobs.context import JobContext


def progress_of(context: JobContext, phase: Phase, parts: Mapping[Phase, tuple[float, float]]) -> Progress:
    """Return the progress of one phase; `parts` say from where to where of the job each phase goes."""
    start, stop = parts[phase]

    def report(done: float, total: float | None) -> None:
        context.check_stop()
        share = min(done / total, 1.0) if total else 0.0
        context.progress(phase, done, total, fraction=start + (stop - start) * share)

    return report
