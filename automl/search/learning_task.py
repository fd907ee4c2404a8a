"""What is to be learned: the answers, how rows are divided and how a model is judged; for tables also the inputs."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from automl.data.table import Table
from automl.domain.schema import ColumnType, Schema
from automl.domain.task import Metric, Split, TaskKind
from automl.evaluation.metrics import Scoring, score
from automl.evaluation.splits import SplitPlan
from automl.models.base import Answers, Index, Shape, Target

SKEWED = 1.0


@dataclass(frozen=True)
class LearningTask:
    """One learning problem, whatever a row is. `target` has an entry for every row: class codes (int64) or numbers (float64)."""

    target: Target
    task: TaskKind
    classes: tuple[str, ...]
    plan: SplitPlan
    scoring: Scoring
    seed: int

    @cached_property
    def guide(self) -> Scoring:
        """The score that steers search and blend: smooth, defined everywhere, never fooled by a lucky threshold."""
        if self.task is not TaskKind.REGRESSION:
            return Scoring(Metric.ROC_AUC if self.task is TaskKind.ANOMALY else Metric.LOG_LOSS)
        return Scoring(Metric.MAE if self.scoring.metric is Metric.MAE else Metric.RMSE)

    @cached_property
    def checked(self) -> Index:
        """Positions of rows that stand in the checking part of some fold, ascending: those with out-of-fold answers."""
        return np.unique(np.concatenate([fold.check for fold in self.plan.folds]))

    @cached_property
    def checked_target(self) -> Target:
        """The truth of the checked rows."""
        return self.target[self.checked]

    def places(self, fold: int) -> Index:
        """Where the checking rows of a fold stand among the checked rows."""
        return np.searchsorted(self.checked, self.plan.folds[fold].check).astype(np.int64)

    def guide_loss(self, target: Target, answers: Answers) -> float:
        """The steering loss of answers: lower is better, NaN where it is undefined."""
        value = score(self.guide, target, answers)
        return 1.0 - value if self.guide.metric.higher_is_better else value

    def shape(self, rows: Index, features: int) -> Shape:
        """The shape of a part of the rows."""
        target = self.target[rows]
        if self.task is TaskKind.REGRESSION:
            return Shape(
                self.task,
                len(rows),
                features,
                rarest=len(rows),
                absolute_error=self.scoring.metric is Metric.MAE,
                skewed=is_skewed(target.astype(np.float64)),
            )
        counts = np.bincount(target.astype(np.int64), minlength=len(self.classes))
        return Shape(self.task, len(rows), features, len(self.classes), int(counts.min()))


@dataclass(frozen=True)
class TableTask(LearningTask):
    """A learning problem on a table: `target` has an entry for every row of it.

    `equal_rows` numbers groups of rows that are equal, or that the split keeps together.
    """

    table: Table
    schema: Schema
    inputs: tuple[str, ...]
    split: Split
    equal_rows: Index

    @cached_property
    def number_inputs(self) -> tuple[str, ...]:
        """Input columns that hold numbers."""
        return tuple(name for name in self.inputs if self.schema.column(name).type is ColumnType.NUMBER)

    @cached_property
    def text_inputs(self) -> tuple[str, ...]:
        """Input columns that hold categories."""
        return tuple(name for name in self.inputs if self.schema.column(name).type is ColumnType.TEXT)


def is_skewed(target: NDArray[np.float64]) -> bool:
    """Whether numbers are never negative and have a long upper tail, so that their logarithm may be easier to learn."""
    if len(target) == 0 or target.min() < 0 or target.std() == 0:
        return False
    return float(np.mean(((target - target.mean()) / target.std()) ** 3)) > SKEWED
