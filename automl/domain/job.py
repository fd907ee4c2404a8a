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
    """Read a file into a new dataset version, profile and check it. `target` may be empty.

    A folder, zip or list of images gives a dataset of images; with `adds` its images join those of the current version.
    """

    path: str
    options: ReadOptions = msgspec.field(default_factory=ReadOptions)
    target: str = ""
    adds: bool = False


class ProfileJob(_Job, frozen=True, tag="profile", kw_only=True):
    """Profile and check the dataset again, after types, roles or the target changed."""

    version: int
    steps: tuple[RecipeStep, ...]
    target: str = ""


class SuggestJob(_Job, frozen=True, tag="suggest", kw_only=True):
    """Learn from the labels there are and suggest the others; stays ready while images are being labelled.

    Each time it hears the word `refit` it reads the labels again and writes suggestions.json into its run folder, telling so
    by ArtifactWritten(kind="suggestions"). It ends when it hears `finish`. With `once` it ends after the first fit.
    """

    version: int
    once: bool = False


class VariationsJob(_Job, frozen=True, tag="variations", kw_only=True):
    """Draw variations of one image as training would, for a person to say whether they still show the same class.

    They are written as PNG files into the run folder, the image itself first.
    """

    version: int
    image: int
    strength: float
    any_orientation: bool = False
    seed: int = 0


class ImportWeightsJob(_Job, frozen=True, tag="import_weights", kw_only=True):
    """Take a network's weights into the project: from a .safetensors file, or by its timm name from the network when asked.

    `path` is a file, or `download` a name; exactly one is set. `licence` is what the person says it is, if the file does not.
    """

    path: str = ""
    download: str = ""
    licence: str = ""


class TrainJob(_Job, frozen=True, tag="train", kw_only=True):
    """Search models for a goal on one dataset version with one recipe. `resumes` names an unfinished run to go on with.

    For images `labels` names the object with the labels as they were when the job was made (JSON tuple of `Label`).
    """

    version: int
    steps: tuple[RecipeStep, ...]
    goal: Goal
    resumes: str = ""
    labels: str = ""


class ExportJob(_Job, frozen=True, tag="export", kw_only=True):
    """Write a verified bundle of one model to `to` (a folder, or a file ending in .zip).

    `smaller_numbers` asks for an INT8 graph where it measures faster here and loses at most half a point (images only).
    """

    run_id: str
    model_id: str
    to: str
    smaller_numbers: bool = False


class PredictJob(_Job, frozen=True, tag="predict", kw_only=True):
    """Predict every row of a table, or every image of a folder, file list or zip, with a bundle and write a CSV.

    `project` may be empty. `heatmaps` is the folder that heatmaps are written to, empty for none (images only).

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
    heatmaps: str = ""


class VerifyJob(_Job, frozen=True, tag="verify", kw_only=True):
    """Check a bundle: nothing added, lost or changed, who signed it, and whether it still gives its golden answers."""

    bundle: str


Job = (
    ImportJob
    | ProfileJob
    | SuggestJob
    | VariationsJob
    | ImportWeightsJob
    | TrainJob
    | ExportJob
    | PredictJob
    | VerifyJob
)
