"""What the cards of the Compare step show: one model of one run."""

from dataclasses import dataclass

from automl.domain.image_result import ImageEvaluation
from automl.domain.result import Leaderboard, ModelEvaluation, ModelSummary
from automl.domain.task import TaskKind
from desktop.itemmodels.class_words import class_words


@dataclass(frozen=True)
class Shown:
    """A model with its evaluation, and the run it comes from; `images` is set for models on images."""

    leaderboard: Leaderboard
    model: ModelSummary
    evaluation: ModelEvaluation
    images: ImageEvaluation | None = None

    @property
    def of_images(self) -> bool:
        """Whether the model answers images rather than rows."""
        return self.images is not None

    @property
    def task(self) -> TaskKind:
        """The kind of answer."""
        return self.leaderboard.task

    @property
    def positive(self) -> str:
        """The class that counts as "yes"; empty unless the answer is yes or no."""
        return class_words(self.leaderboard.classes[1], self.leaderboard.classes) if self.task.has_risk else ""
