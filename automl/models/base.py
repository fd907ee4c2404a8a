"""What every family of models offers, and what it is given to learn from."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from automl.domain.issues import Parameter
from automl.domain.result import InWords
from automl.domain.task import Family, TaskKind
from automl.graph.builder import GraphBuilder
from automl.models.space import Dimension

Features = NDArray[np.float32]
Answers = NDArray[np.float64]
Target = NDArray[np.int64] | NDArray[np.float64]
Index = NDArray[np.int64]
Parameters = Mapping[str, Parameter]


@dataclass(frozen=True)
class Shape:
    """What a family may know before it sees rows. `rarest` counts rows of the rarest class (all rows for numbers).

    `absolute_error` asks for the median instead of the mean; `skewed` numbers are never negative and have a long upper tail.
    """

    task: TaskKind
    rows: int
    features: int
    class_count: int = 0
    rarest: int = 0
    absolute_error: bool = False
    skewed: bool = False

    @property
    def outputs(self) -> int:
        """How many numbers one answer has."""
        return 1 if self.task is TaskKind.REGRESSION else self.class_count

    @property
    def few_positives(self) -> bool:
        """Whether one class is so rare that a model easily becomes too sure of itself."""
        return self.task is not TaskKind.REGRESSION and self.rarest < 200 and self.rarest < 0.1 * self.rows


@dataclass(frozen=True)
class LearningRows:
    """Encoded rows with known answers. `target` holds class codes (int64) or numbers (float64); NaN features are missing.

    `categorical` are the features that hold category codes.
    """

    features: Features
    target: Target
    shape: Shape
    categorical: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.target)


def never_stop() -> None:
    """Let learning go on."""


def forever() -> float:
    """There is no limit in time."""
    return math.inf


Report = Callable[[int, int, float, float | None], None]


@dataclass(frozen=True)
class Care:
    """How to learn: repeatably (`seed`), with so many `threads`, stoppable, in limited time.

    `time_left` gives the seconds that remain; a fit that runs out of them ends with what it has learned. `check_stop` raises
    to end the work; it is called at least every second where a library allows it. `report` takes (step, steps, checking,
    learning). `steps` asks for exactly so many steps instead of stopping when checking gets worse.
    """

    seed: int
    threads: int = 1
    time_left: Callable[[], float] = forever
    check_stop: Callable[[], None] = never_stop
    report: Report | None = None
    steps: int | None = None
    device: str = "cpu"


class FittedModel(Protocol):
    """A model that has learned."""

    @property
    def steps(self) -> int:
        """How many steps (trees, rounds, passes) it learned; 0 when it does not learn in steps."""
        ...

    @property
    def curve(self) -> tuple[float, ...]:
        """Error on the checking rows after each step; empty when unknown."""
        ...

    def after(self, steps: int) -> "FittedModel":
        """The same model as it was after so many steps; itself when it cannot go back."""
        ...

    def predict(self, features: Features) -> Answers:
        """Probabilities [n, classes], or numbers [n]."""
        ...

    def emit(self, graph: GraphBuilder, features: str) -> str:
        """Add the model to a graph; returns the tensor of probabilities [N, classes] or numbers [N, 1], float32."""
        ...


class ModelFamily(Protocol):
    """One kind of model. Stateless: everything a fit needs is passed in."""

    @property
    def family(self) -> Family:
        """Its name in records."""
        ...

    @property
    def style(self) -> str:
        """The encoding it learns from: tree, linear or network."""
        ...

    @property
    def simplicity(self) -> int:
        """How easily a person can follow it, 1 (hardest) to 5 (a straight line)."""
        ...

    def suits(self, shape: Shape) -> bool:
        """Whether it is worth trying on a table of this shape."""
        ...

    def published(self, shape: Shape) -> tuple[Parameters, ...]:
        """Settings with a good record on other tables, best first."""
        ...

    def space(self, shape: Shape) -> tuple[Dimension, ...]:
        """The settings a search may choose from."""
        ...

    def fit(
        self, rows: LearningRows, parameters: Parameters, care: Care, checking: LearningRows | None = None
    ) -> FittedModel:
        """Learn from `rows`; `checking` rows tell when to stop and draw the curve."""
        ...

    def words(self, parameters: Parameters) -> tuple[InWords, ...]:
        """The settings in plain words."""
        ...

    def changes(self, before: Parameters, after: Parameters) -> tuple[InWords, ...]:
        """What differs between two settings in plain words."""
        ...
