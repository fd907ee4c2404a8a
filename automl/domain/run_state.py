"""The one reducer: a run as it stands is the fold of its events. Window, command line and tests read nothing else."""

from collections.abc import Iterable
from functools import reduce

import msgspec

from automl.domain.events import (
    ArtifactWritten,
    Event,
    IssueRaised,
    JobFinished,
    JobProgress,
    JobStarted,
    ModelFitted,
    Outcome,
    ResourceSampled,
    TrialFinished,
    TrialReported,
    TrialStarted,
    TrialState,
)
from automl.domain.issues import Issue
from automl.domain.result import ModelSummary

KEPT_SAMPLES = 60


class RunState(msgspec.Struct, frozen=True, kw_only=True):
    """A job as the events tell it. Trials and models are in the order they happened; samples are the last minute's."""

    job_id: str = ""
    started: JobStarted | None = None
    progress: JobProgress | None = None
    running_trial: TrialStarted | None = None
    curve: tuple[TrialReported, ...] = ()
    trials: tuple[TrialFinished, ...] = ()
    models: tuple[ModelSummary, ...] = ()
    issues: tuple[Issue, ...] = ()
    artifacts: tuple[ArtifactWritten, ...] = ()
    samples: tuple[ResourceSampled, ...] = ()
    finished: JobFinished | None = None
    crashed: bool = False

    @property
    def running(self) -> bool:
        """Whether the job has begun and neither finished nor crashed."""
        return self.started is not None and self.finished is None and not self.crashed

    @property
    def succeeded(self) -> bool:
        """Whether the job finished its work."""
        return self.finished is not None and self.finished.outcome is Outcome.COMPLETED

    @property
    def complete_trials(self) -> tuple[TrialFinished, ...]:
        """The trials that were scored to the end."""
        return tuple(trial for trial in self.trials if trial.state is TrialState.COMPLETE)


def fold(events: Iterable[Event], state: RunState | None = None) -> RunState:
    """Return the state after all events, starting from `state` or from nothing."""
    return reduce(advance, events, state or RunState())


def advance(state: RunState, event: Event) -> RunState:
    """Return the state after one more event. Pure: neither argument changes."""
    change = msgspec.structs.replace
    match event:
        case JobStarted():
            return RunState(job_id=event.job_id, started=event)
        case JobProgress():
            return change(state, progress=event)
        case IssueRaised(issue=issue):
            return change(state, issues=(*state.issues, issue))
        case TrialStarted():
            return change(state, running_trial=event, curve=())
        case TrialReported():
            return change(state, curve=(*state.curve, event))
        case TrialFinished():
            return change(state, trials=(*state.trials, event), running_trial=None)
        case ModelFitted(summary=summary):
            return change(state, models=(*_without(state.models, summary.model_id), summary))
        case ArtifactWritten():
            return change(state, artifacts=(*state.artifacts, event))
        case ResourceSampled():
            return change(state, samples=(*state.samples, event)[-KEPT_SAMPLES:])
        case JobFinished():
            return change(state, finished=event, running_trial=None, issues=(*state.issues, *event.issues))


def mark_crashed(state: RunState) -> RunState:
    """Return the state of a job whose process ended without a last event."""
    return msgspec.structs.replace(state, crashed=True, running_trial=None)


def _without(models: tuple[ModelSummary, ...], model_id: str) -> tuple[ModelSummary, ...]:
    return tuple(model for model in models if model.model_id != model_id)
