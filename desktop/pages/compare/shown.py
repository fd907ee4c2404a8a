"""What the cards of the Compare step show: one model of one run."""

from dataclasses import dataclass

from automl.domain.result import Leaderboard, ModelEvaluation, ModelSummary
from automl.domain.task import TaskKind


@dataclass(frozen=True)
class Shown:
    """A model with its evaluation, and the run it comes from."""

    leaderboard: Leaderboard
    model: ModelSummary
    evaluation: ModelEvaluation

    @property
    def task(self) -> TaskKind:
        """The kind of answer."""
        return self.leaderboard.task

    @property
    def positive(self) -> str:
        """The class that counts as "yes"; empty unless the answer is yes or no."""
        return self.leaderboard.classes[1] if self.task is TaskKind.BINARY else ""
