"""What a model is for: target, kind of answer, how it will be used, what a mistake costs, how long to search."""

import math
from enum import StrEnum

import msgspec


class TaskKind(StrEnum):
    """The kind of answer: yes or no, one of several classes, a number, or how unlike the good ones (images only)."""

    BINARY = "binary"
    MULTICLASS = "multiclass"
    REGRESSION = "regression"
    ANOMALY = "anomaly"

    @property
    def has_risk(self) -> bool:
        """Whether an answer is one risk, with a line from which it raises an alarm."""
        return self in (TaskKind.BINARY, TaskKind.ANOMALY)


TABLE_TASKS = (TaskKind.BINARY, TaskKind.MULTICLASS, TaskKind.REGRESSION)


class Metric(StrEnum):
    """How good a model is. COST is the money lost by mistakes per 1,000 rows."""

    LOG_LOSS = "log_loss"
    ROC_AUC = "roc_auc"
    AVERAGE_PRECISION = "average_precision"
    ACCURACY = "accuracy"
    BALANCED_ACCURACY = "balanced_accuracy"
    F1_MACRO = "f1_macro"
    RMSE = "rmse"
    MAE = "mae"
    R2 = "r2"
    COST = "cost"

    @property
    def higher_is_better(self) -> bool:
        """Whether a larger value is a better model."""
        return self not in (Metric.LOG_LOSS, Metric.RMSE, Metric.MAE, Metric.COST)

    @property
    def limits(self) -> tuple[float, float]:
        """The worst or best values there can be: losses are never negative, shares never above one."""
        if self is Metric.R2:
            return -math.inf, 1.0
        return 0.0, (1.0 if self.higher_is_better else math.inf)


class Family(StrEnum):
    """Kinds of models, in the order they are tried. BLEND mixes the best of the others.

    For tables: LINEAR to NEURAL. For images: CLASSICAL heads on descriptors that need no weights, BACKBONE heads on frozen
    features of built-in or imported weights, IMAGE_NETWORK a network trained or fine-tuned here; from good images alone
    PATCHES remembers what good patches look like, SELF_TAUGHT learns to find flaws it draws itself.
    """

    BASELINE = "baseline"
    LINEAR = "linear"
    FOREST = "forest"
    BOOSTED = "boosted"
    NEURAL = "neural"
    CLASSICAL = "classical"
    BACKBONE = "backbone"
    IMAGE_NETWORK = "image_network"
    PATCHES = "patches"
    SELF_TAUGHT = "self_taught"
    BLEND = "blend"


SEARCHED_FAMILIES = (Family.LINEAR, Family.FOREST, Family.BOOSTED, Family.NEURAL)
IMAGE_FAMILIES = (Family.CLASSICAL, Family.BACKBONE, Family.IMAGE_NETWORK)
ANOMALY_FAMILIES = (Family.PATCHES, Family.SELF_TAUGHT)


class RandomSplit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="random"):
    """Rows are alike and their order does not matter."""


class TimeSplit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="time"):
    """The model is used on rows that come later: learn on earlier rows, check on later ones."""

    column: str


class GroupSplit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="group"):
    """The model is used on machines or lots it has not seen: a group is never on both sides."""

    column: str


Split = RandomSplit | TimeSplit | GroupSplit


class MistakeCost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Money lost by one missed case (`miss`) and one false alarm, both > 0, in one currency sign."""

    miss: float
    false_alarm: float
    currency: str = "₩"

    def alarm_line(self) -> float:
        """Return the risk above which an alarm is cheaper than silence, for calibrated risks (Elkan 2001)."""
        return self.false_alarm / (self.false_alarm + self.miss)


class Device(StrEnum):
    """Where to train: AUTO takes the graphics card when there is a usable one."""

    AUTO = "auto"
    CPU = "cpu"
    GPU = "gpu"


class ImageGoal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a person says beyond the rest of the goal when the inputs are images.

    `good` are the classes that mean a good part (empty: no class does, the answer is the name of a class). `most_missed`
    and `most_stopped` are the shares of flawed parts passed and good parts stopped that are bearable; what lies between
    the two lines is handed to a person. `any_orientation` says that turning and mirroring do not change the class.
    `augmentation` is the strength of drawn variations, 0 to 1, None lets the search choose.
    """

    good: tuple[str, ...] = ()
    most_missed: float = 0.01
    most_stopped: float = 0.05
    any_orientation: bool = False
    augmentation: float | None = None


class Goal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything a person says before training. `task` None means "find out"; `metric` None means the task's usual one.

    `holdout` is the share of rows sealed until the end, None gives all rows to the search. `positive` is the class that
    counts as "yes" (empty: the rarer one). `budget_seconds` bounds the whole job, final check included. `image` is set
    for images only; their split is always by group.
    """

    target: str
    task: TaskKind | None = None
    split: Split | None = None
    metric: Metric | None = None
    cost: MistakeCost | None = None
    positive: str = ""
    budget_seconds: float = 600.0
    holdout: float | None = 0.2
    families: tuple[Family, ...] = SEARCHED_FAMILIES
    seed: int = 0
    device: Device = Device.AUTO
    image: ImageGoal | None = None


def usual_metric(task: TaskKind, cost: MistakeCost | None) -> Metric:
    """Return the metric used when nobody chose one: money if its cost is known, else log loss or typical squared error.

    Without labelled flaws (ANOMALY) it is the area under the ROC curve.
    """
    if task is TaskKind.ANOMALY:
        return Metric.ROC_AUC
    if task is TaskKind.REGRESSION:
        return Metric.RMSE
    return Metric.COST if task is TaskKind.BINARY and cost is not None else Metric.LOG_LOSS


def metric_of(goal: Goal, task: TaskKind) -> Metric:
    """Return the metric in force: the one that was asked for, else the usual one.

    Of images every class counts alike however rare (F1), and good parts and flawed ones are to be kept apart at any line.
    """
    if goal.metric is not None:
        return goal.metric
    if goal.image is not None and task is TaskKind.MULTICLASS:
        return Metric.F1_MACRO
    if goal.image is not None and goal.cost is None and task is TaskKind.BINARY:
        return Metric.ROC_AUC
    return usual_metric(task, goal.cost)
