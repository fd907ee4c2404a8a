"""How fast and how long networks for images learn."""

import math
import time
from dataclasses import dataclass, field

from automl.models.base import Care

SHORTEST = 40
TIMED_STEPS = 10
FADING = 0.95


@dataclass
class Pace:
    """How many steps are affordable, found by timing the first ones; at most the `usual` number."""

    usual: int
    care: Care
    step: int = 0
    steps: int = field(init=False)
    start: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.steps = self.care.steps or self.usual

    @property
    def progress(self) -> float:
        """The share of the way."""
        return min(1.0, self.step / self.steps)

    def goes_on(self) -> bool:
        """Whether there is another step to take."""
        if self.step == TIMED_STEPS and self.care.steps is None:
            affordable = FADING * self.care.time_left() * TIMED_STEPS / max(time.monotonic() - self.start, 1e-9)
            self.steps = max(SHORTEST, int(min(self.steps, affordable)))
        return self.step < self.steps and (self.step == 0 or self.care.time_left() > 0)


def one_cycle(progress: float, rising: float = 0.2) -> float:
    """The learning rate at a share of the way: up from a twenty-fifth, then down to nearly nothing, along cosines."""
    if progress < rising:
        return 0.04 + 0.96 * 0.5 * (1 - math.cos(math.pi * progress / rising))
    return 0.5 * (1 + math.cos(math.pi * (progress - rising) / (1 - rising))) + 1e-4
