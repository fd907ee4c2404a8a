"""What is to be learned from images, and how what models say of them becomes honest answers."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from automl.domain.images import ImageRecord
from automl.domain.task import Metric, TaskKind
from automl.evaluation.logit_scaling import choose_fit, cross_fitted, fit_line, fit_temperature, squared_errors
from automl.evaluation.metrics import Target
from automl.graph.calibration import LogitScaling
from automl.models.base import Answers, Index, Parameters
from automl.models.image.registry import ImageFamilies, image_families
from automl.search.learning_task import LearningTask


@dataclass(frozen=True)
class ImageTask(LearningTask):
    """A learning problem on images: one image, one group and one class code a row.

    `good` are the codes that mean a good part. `most_stopped` is the share of good parts that may be stopped. `drawn` tells
    rows whose flaw Lathe drew itself because nobody labelled one; they only judge. `given` are settings that the goal gives
    to every recipe. `families` are those that may be tried, with the weights they can stand on.
    """

    images: tuple[ImageRecord, ...]
    groups: Index
    good: tuple[int, ...]
    most_stopped: float
    drawn: Index
    given: Parameters = field(default_factory=dict)
    families: ImageFamilies = field(default_factory=image_families)

    @cached_property
    def class_weights(self) -> Answers:
        """What an image of each class weighs in the steering loss: rare classes more, by the root of how rare they are."""
        counts = np.bincount(self.target.astype(np.int64), minlength=len(self.classes))
        weights = np.sqrt(len(self.target) / np.maximum(counts, 1))
        return np.asarray(weights / (weights[self.target.astype(np.int64)]).mean())

    def guide_loss(self, target: Target, answers: Answers) -> float:
        """The steering loss of answers. Where every class counts alike it is a squared error in which rare ones weigh more.

        Log loss would bow to the few images that nobody gets right, and prefer models that are never sure.
        """
        if self.task is not TaskKind.MULTICLASS or self.scoring.metric not in (
            Metric.F1_MACRO,
            Metric.BALANCED_ACCURACY,
        ):
            return super().guide_loss(target, answers)
        codes = target.astype(np.int64)
        return float((self.class_weights[codes] * squared_errors(codes, answers)).mean())

    def learnable(self, rows: Index) -> Index:
        """Those of these rows that models learn from: where only good parts exist, the good ones."""
        return rows[self.target[rows] == 0] if self.task is TaskKind.ANOMALY else rows

    def loss_said(self, rows: Index, said: Answers) -> float:
        """The steering loss of what a model said of these rows, on its own best scale."""
        truth = self.target[rows].astype(np.int64)
        if self.task is TaskKind.ANOMALY:
            return self.guide_loss(truth, as_odds(said))
        return self.guide_loss(truth, fit_temperature(truth, said).apply(said))

    def honest_answers(self, said: Answers) -> Answers:
        """Probabilities [checked rows, classes]; every row's come from a scaling found on the other folds."""
        truth = self._checked_codes
        parts = [self.places(fold) for fold in range(len(self.plan.folds))]
        if self.task is TaskKind.ANOMALY:
            return cross_fitted(self._fit_line, truth, said, parts, len(self.classes))
        return cross_fitted(choose_fit(truth, said, parts), truth, said, parts, len(self.classes))

    def scaling(self, said: Answers) -> LogitScaling:
        """The scaling found on all checked rows, for the model that learns from all of them."""
        truth = self._checked_codes
        if self.task is TaskKind.ANOMALY:
            return self._fit_line(truth, said)
        parts = [self.places(fold) for fold in range(len(self.plan.folds))]
        return choose_fit(truth, said, parts)(truth, said)

    def _fit_line(self, truth: Index, said: Answers) -> LogitScaling:
        return fit_line(said[truth == 0, 0], self.most_stopped)

    @property
    def _checked_codes(self) -> Index:
        return self.checked_target.astype(np.int64)


def as_odds(scores: Answers) -> Answers:
    """Scores [n, 1] as answers of two classes in the same order."""
    ranks = np.argsort(np.argsort(scores[:, 0], kind="stable"), kind="stable") / max(len(scores) - 1, 1)
    return np.stack([1.0 - ranks, ranks], axis=1)
