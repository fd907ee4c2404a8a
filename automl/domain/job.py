"""Long work as frozen orders. A job is written to its run folder as job.json and carried out by the worker process."""

import msgspec

from automl.domain.dataset import ReadOptions
from automl.domain.recipe import RecipeStep
from automl.domain.task import Goal


class _Job(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="job", kw_only=True):
    """Base of all jobs. `project` is the project folder as an absolute path."""

    job_id: str
    project: str


class ImportJob(_Job, frozen=True, tag="import", kw_only=True):
    """Read a file into a new dataset version, profile and check it. `target` may be empty."""

    path: str
    options: ReadOptions = msgspec.field(default_factory=ReadOptions)
    target: str = ""


class ProfileJob(_Job, frozen=True, tag="profile", kw_only=True):
    """Profile and check the dataset again, after types, roles or the target changed."""

    version: int
    steps: tuple[RecipeStep, ...]
    target: str = ""


class TrainJob(_Job, frozen=True, tag="train", kw_only=True):
    """Search models for a goal on one dataset version with one recipe. `resumes` names an unfinished run to go on with."""

    version: int
    steps: tuple[RecipeStep, ...]
    goal: Goal
    resumes: str = ""


class ExportJob(_Job, frozen=True, tag="export", kw_only=True):
    """Write a verified bundle of one model to `to` (a folder, or a file ending in .zip)."""

    run_id: str
    model_id: str
    to: str


class PredictJob(_Job, frozen=True, tag="predict", kw_only=True):
    """Predict every row of a table file with a bundle and write a CSV. `project` may be empty.

    `trust_columns` accepts columns that look swapped as they are; `trust_key` accepts a bundle of this project that is
    signed with another key than the last one. `language` is that of the column issues, empty for the person's own.
    """

    bundle: str
    data: str
    to: str
    options: ReadOptions = msgspec.field(default_factory=ReadOptions)
    trust_columns: bool = False
    trust_key: bool = False
    language: str = ""


class VerifyJob(_Job, frozen=True, tag="verify", kw_only=True):
    """Check a bundle: nothing added, lost or changed, who signed it, and whether it still gives its golden answers."""

    bundle: str


Job = ImportJob | ProfileJob | TrainJob | ExportJob | PredictJob | VerifyJob
