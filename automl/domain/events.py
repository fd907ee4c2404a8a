"""The one stream of typed events a job writes: JSON Lines, strict both ways.

A stream begins with JobStarted and ends with exactly one JobFinished; a process that ends without one has crashed.
"""

from enum import StrEnum

import msgspec

from automl.domain.issues import Issue, Parameter
from automl.domain.result import InWords, ModelSummary
from automl.domain.task import Family

EVENT_VERSION = 1


class Outcome(StrEnum):
    """How a job ended."""

    COMPLETED = "completed"
    FAILED = "failed"
    CANCELED = "canceled"


class TrialState(StrEnum):
    """How a trial (one recipe of a model) ended."""

    COMPLETE = "complete"
    PRUNED = "pruned"
    FAILED = "failed"


class Phase(StrEnum):
    """Parts of a job a person can follow."""

    READ = "read"
    CHECK = "check"
    PREPARE = "prepare"
    FAMILIES = "families"
    TUNE = "tune"
    BLEND = "blend"
    FINAL_CHECK = "final_check"
    WRITE = "write"
    VERIFY = "verify"
    PREDICT = "predict"
    FEATURES = "features"
    SUGGEST = "suggest"


class _Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="event", kw_only=True):
    """Base of all events. `v` format version, `seq` counts from 0, `time` is UTC in ISO 8601."""

    v: int = EVENT_VERSION
    seq: int = 0
    time: str = ""
    job_id: str = ""


class JobStarted(_Event, frozen=True, tag="job.started", kw_only=True):
    """The worker has begun. `phases` are those to come, in order; `device` names what is used, `device_reason` why."""

    kind: str
    phases: tuple[Phase, ...] = ()
    device: str = ""
    device_reason: InWords | None = None
    budget_seconds: float | None = None


class JobProgress(_Event, frozen=True, tag="job.progress", kw_only=True):
    """Progress of a phase. `total` None: length unknown. `fraction` is of the whole job; `eta_seconds` (low, high) or None."""

    phase: Phase
    done: float
    total: float | None = None
    fraction: float | None = None
    eta_seconds: tuple[float, float] | None = None
    doing: InWords | None = None


class IssueRaised(_Event, frozen=True, tag="issue.raised", kw_only=True):
    """Something a person should know; the job goes on unless job.finished says otherwise."""

    issue: Issue


class TrialStarted(_Event, frozen=True, tag="trial.started", kw_only=True):
    """A recipe is being tried. `reason` says in words why this one."""

    number: int
    family: Family
    words: tuple[InWords, ...] = ()
    reason: InWords | None = None


class TrialReported(_Event, frozen=True, tag="trial.reported", kw_only=True):
    """One point of a learning curve: error while learning and while checking after `step` of `steps`."""

    number: int
    step: int
    steps: int
    checking: float
    learning: float | None = None


class TrialFinished(_Event, frozen=True, tag="trial.finished", kw_only=True):
    """A recipe was tried. `value` is the checking score (None when failed), with its likely range."""

    number: int
    family: Family
    state: TrialState
    value: float | None
    lower: float | None = None
    upper: float | None = None
    seconds: float = 0.0
    parameters: dict[str, Parameter] = msgspec.field(default_factory=dict)
    words: tuple[InWords, ...] = ()
    found: float | None = None
    reason: InWords | None = None


class ModelFitted(_Event, frozen=True, tag="model.fitted", kw_only=True):
    """A finished model was stored and can predict from now on."""

    summary: ModelSummary


class ArtifactWritten(_Event, frozen=True, tag="artifact.written", kw_only=True):
    """A file or folder was written whole. `kind` is dataset, profile, leaderboard, model, bundle or predictions."""

    kind: str
    path: str
    sha256: str = ""


class ResourceSampled(_Event, frozen=True, tag="resource.sampled", kw_only=True):
    """What the job uses: CPU of all cores in percent, cores in use, memory of the computer and of the job in bytes, GPU if any."""

    cpu_percent: float
    cores_used: float
    cores: int
    memory_used: int
    memory_total: int
    job_memory: int
    gpu_percent: float | None = None
    gpu_memory_used: int | None = None
    gpu_memory_total: int | None = None


class JobFinished(_Event, frozen=True, tag="job.finished", kw_only=True):
    """The last event of every stream. `issues` say why a job failed or what was kept when it was canceled."""

    outcome: Outcome
    issues: tuple[Issue, ...] = ()
    kept_trials: int = 0


Event = (
    JobStarted
    | JobProgress
    | IssueRaised
    | TrialStarted
    | TrialReported
    | TrialFinished
    | ModelFitted
    | ArtifactWritten
    | ResourceSampled
    | JobFinished
)
