"""A running job in words."""

from math import ceil

from automl.domain.job import Job
from automl.domain.run_state import RunState
from desktop.i18n import translate


def job_word(job: Job) -> str:
    """Return what the job does: "Training"."""
    return translate(f"app.job.{type(job).__struct_config__.tag}")


def time_left_words(state: RunState) -> str:
    """Return the time left in whole minutes, as a range where it is one; empty while there is no estimate."""
    eta = state.progress.eta_seconds if state.progress else None
    if eta is None:
        return ""
    low, high = eta
    if ceil(low / 60) >= ceil(high / 60):
        return translate("app.job.left", low=high)
    return translate("app.job.left_range", low=low, high=high)
