"""What a project remembers about itself: who holds it, its runs, its bundles, its audit log; and the computer it stands on."""

from enum import StrEnum

import msgspec

from automl.domain.issues import Parameter


class ProjectInfo(msgspec.Struct, frozen=True):
    """The file project.json. `format` is the version of the folder's layout; unknown fields belong to newer formats."""

    format: int
    name: str
    id: str
    created: str


class Holder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who has a project open for writing: user, computer, process and since when (UTC, ISO 8601)."""

    user: str
    computer: str
    since: str
    process: int


class RunStatus(StrEnum):
    """Where a run stands. STOPPED: its process ended without a last word; what it finished is kept."""

    WAITING = "waiting"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELED = "canceled"
    STOPPED = "stopped"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen in this run."""
        return self not in (RunStatus.WAITING, RunStatus.RUNNING)


class RunRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One run of a job; `kind` is the tag of its job. `trials` counts finished ones, `chosen` is the model a person picked."""

    run_id: str
    kind: str
    status: RunStatus
    created: str
    ended: str = ""
    trials: int = 0
    models: int = 0
    chosen: str = ""


class BundleRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One bundle that was written and verified. `sha256` is that of its manifest, `size_bytes` of all its files."""

    number: int
    run_id: str
    model_id: str
    path: str
    sha256: str
    size_bytes: int
    created: str


class AuditEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line of the audit log: what was done, when (UTC, ISO 8601), by whom and on which computer."""

    number: int
    time: str
    user: str
    computer: str
    action: str
    parameters: dict[str, Parameter]


class GraphicsCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A graphics card as its driver names it."""

    name: str
    memory_total: int


class Computer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The computer at this moment; sizes in bytes. `no_gpu_reason` is a code of ``words.`` when there is no usable card."""

    system: str
    processor: str
    cores: int
    memory_total: int
    memory_used: int
    disk_free: int
    gpu: GraphicsCard | None = None
    no_gpu_reason: str = ""
