"""A project at a glance: enough to say where it stands without opening it."""

import msgspec

from automl.domain.dataset import DataKind
from automl.domain.project import RunStatus
from automl.domain.result import Interval
from automl.domain.task import Metric


class ProjectGlance(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a list of projects shows. `found` is False when the folder is gone or cannot be read; the rest is then empty.

    `rows` (images of a dataset of images) is None without data, `training` the state of the newest training run, `score` that
    of its chosen or best model.
    """

    folder: str
    name: str
    found: bool = True
    kind: DataKind = DataKind.TABLE
    rows: int | None = None
    open_findings: int = 0
    target: str = ""
    training: RunStatus | None = None
    models: int = 0
    model_chosen: bool = False
    bundles: int = 0
    metric: Metric | None = None
    score: Interval | None = None
    changed: str = ""
