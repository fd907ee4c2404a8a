"""The one file that says what a bundle is: its inputs, its answers, how good it is and what every file must be."""

from dataclasses import asdict, dataclass

from automl.runtime.strict_json import JsonError, canonical_json

MANIFEST_FILE = "manifest.json"
BINARY, MULTICLASS, REGRESSION, ANOMALY = "binary", "multiclass", "regression", "anomaly"


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
    """The table or images learned from: the name of what was imported, the fingerprint over all of it and the count."""

    file_name: str
    fingerprint: str
    row_count: int


@dataclass(frozen=True)
class GoldenFacts:
    """The rows or images with known answers; differences are judged relative to `target_spread` for numbers."""

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
    """What every bundle says about itself.

    `classes` are in the order of the probabilities; with two, the second is the "yes" and `alarm_line` the probability
    from which it is answered. `metrics_on` is holdout or out_of_fold.
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

    def check(self) -> None:
        """Raise JsonError when the fields contradict each other."""
        if len(set(self.classes)) != len(self.classes) or (self.task == BINARY and len(self.classes) != 2):
            raise JsonError("task and classes do not fit together")
        if self.task != REGRESSION and len(self.classes) < 2:
            raise JsonError("a choice needs two classes")
        if self.alarm_line is not None and not 0 <= self.alarm_line <= 1:
            raise JsonError("an alarm line is a probability")
