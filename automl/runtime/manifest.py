"""The one file that says what a bundle is: its inputs, its answers, how good it is and what every file must be."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from automl.runtime.parsing import NUMBER, TEXT, TIME, YES_NO, ColumnFormat, time_reader
from automl.runtime.problems import RefusedError, refused
from automl.runtime.strict_json import JsonError, as_record, canonical_json, read_json

FORMAT = 1
MANIFEST_FILE = "manifest.json"
BINARY, MULTICLASS, REGRESSION = "binary", "multiclass", "regression"


@dataclass(frozen=True, kw_only=True)
class InputColumn:
    """One column the model needs: how its texts are read, and what the learning rows held.

    Numbers and times have the range (epoch seconds for times); texts their categories, most frequent first, or only
    their hashes when there are very many, or neither.
    """

    name: str
    kind: str
    decimal: str = "."
    thousands: str = ""
    unit: str = ""
    time_format: str = ""
    missing_values: tuple[str, ...] = ("",)
    lower_limit: float | None = None
    upper_limit: float | None = None
    missing_share: float = 0.0
    minimum: float | None = None
    median: float | None = None
    maximum: float | None = None
    category_count: int = 0
    categories: tuple[str, ...] = ()
    category_hashes: tuple[str, ...] = ()

    def format(self) -> ColumnFormat:
        """Return how the texts of this column are read."""
        limited = self.lower_limit is not None and self.upper_limit is not None
        return ColumnFormat(
            kind=self.kind,
            decimal=self.decimal,
            thousands=self.thousands,
            unit=self.unit,
            time_format=self.time_format,
            missing_values=self.missing_values,
            limits=(self.lower_limit or 0.0, self.upper_limit or 0.0) if limited else None,
        )


@dataclass(frozen=True)
class Score:
    """A score with its likely range (95 %)."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Cost:
    """Money lost by one missed case and one false alarm."""

    miss: float
    false_alarm: float
    currency: str


@dataclass(frozen=True)
class SplitFacts:
    """How rows were divided into those learned from and those kept to check."""

    kind: str
    column: str
    learn_rows: int
    holdout_rows: int
    folds: int
    boundary: str = ""


@dataclass(frozen=True)
class DataFacts:
    """The table that was learned from: its file name, the fingerprint over all its cells and its size."""

    file_name: str
    fingerprint: str
    row_count: int


@dataclass(frozen=True)
class GoldenFacts:
    """The rows with known answers in the bundle; differences are judged relative to `target_spread` for numbers."""

    rows: int
    tolerance: float
    target_spread: float


@dataclass(frozen=True)
class FileFacts:
    """What one file of the bundle must be."""

    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """Everything a bundle says about itself.

    `classes` are in the order of the probabilities; with two, the second is the "yes" and `alarm_line` the probability
    from which it is answered. `interval_halfwidths` are those of a number's likely range at 80 % and 95 %. `metrics_on`
    is holdout or out_of_fold. `recipe` lists the steps applied to the data before learning.
    """

    format: int
    made_by: str
    created: str
    project: str
    project_id: str
    model: str
    model_id: str
    family: str
    task: str
    target: str
    classes: tuple[str, ...]
    alarm_line: float | None
    cost: Cost | None
    interval_halfwidths: tuple[float, ...]
    inputs: tuple[InputColumn, ...]
    recipe: tuple[dict[str, object], ...]
    metric: str
    metrics: dict[str, Score]
    metrics_on: str
    split: SplitFacts
    data: DataFacts
    versions: dict[str, str]
    golden: GoldenFacts
    key_id: str
    files: dict[str, FileFacts]

    def to_json(self) -> bytes:
        """Return the canonical bytes that are signed."""
        return canonical_json(asdict(self))


def read_manifest(content: bytes) -> Manifest:
    """Read manifest.json. Refuses a newer format, unknown or odd fields, and bytes that are not the canonical form."""
    try:
        value = read_json(content)
        if isinstance(value, Mapping) and isinstance(value.get("format"), int) and value["format"] > FORMAT:
            raise refused("bundle.newer_format", file=MANIFEST_FILE, found=value["format"], known=FORMAT)
        manifest = as_record(Manifest, value)
        _check(manifest)
        # Judged on what was read, not on this version's record: fields added later must not shut out older bundles.
        if canonical_json(value) != content:
            raise JsonError("not in canonical form")
    except (JsonError, ValueError) as error:
        raise _unreadable(str(error)) from error
    return manifest


def _unreadable(reason: str) -> RefusedError:
    return refused("bundle.manifest_unreadable", file=MANIFEST_FILE, reason=reason)


def _check(manifest: Manifest) -> None:
    if manifest.format != FORMAT:
        raise JsonError(f"format {manifest.format} is not known")
    expected_classes = {BINARY: manifest.classes[:2], REGRESSION: (), MULTICLASS: manifest.classes}
    if expected_classes.get(manifest.task) != manifest.classes or len(set(manifest.classes)) != len(manifest.classes):
        raise JsonError("task and classes do not fit together")
    if manifest.task != REGRESSION and len(manifest.classes) < 2:
        raise JsonError("a choice needs two classes")
    if manifest.alarm_line is not None and manifest.task != BINARY:
        raise JsonError("only a yes or no has an alarm line")
    if manifest.alarm_line is not None and not 0 <= manifest.alarm_line <= 1:
        raise JsonError("an alarm line is a probability")
    if len(manifest.interval_halfwidths) not in (0, 2) or min(manifest.interval_halfwidths, default=0.0) < 0:
        raise JsonError("a likely range has two half-widths, at 80 % and 95 %")
    names = [column.name for column in manifest.inputs]
    if not names or len(set(names)) != len(names):
        raise JsonError("inputs must be there and have different names")
    for column in manifest.inputs:
        _check_column(column)


def _check_column(column: InputColumn) -> None:
    if column.kind not in (NUMBER, TIME, TEXT, YES_NO):
        raise JsonError(f"input {column.name}: kind {column.kind} is not known")
    if column.kind == NUMBER and (len(column.decimal) != 1 or column.decimal == column.thousands):
        raise JsonError(f"input {column.name}: decimal mark")
    if column.kind == TIME:
        time_reader(column.time_format)
    limits = (column.lower_limit, column.upper_limit)
    if (limits[0] is None) != (limits[1] is None) or (limits[0] or 0.0) > (limits[1] or 0.0):
        raise JsonError(f"input {column.name}: limits")
    if column.minimum is not None and (column.median is None or column.maximum is None):
        raise JsonError(f"input {column.name}: range")
