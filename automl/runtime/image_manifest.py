"""What a bundle for images says beyond every other: its lines, the images it learned from, what its numbers are."""

from dataclasses import dataclass

from automl.runtime.manifest import ANOMALY, BINARY, MULTICLASS, Manifest
from automl.runtime.strict_json import JsonError

IMAGE_FORMAT = 2
IMAGES = "images"
FLOAT32, INT8 = "float32", "int8"


@dataclass(frozen=True)
class WeightsFacts:
    """Imported weights the model stands on."""

    name: str
    licence: str
    non_commercial: bool


@dataclass(frozen=True)
class NumbersFacts:
    """What the graph calculates with: float32, or int8 where it was asked for, faster and as good.

    `asked` tells that int8 was asked for; `speed_up` is how many times faster it was, `points_lost` the accuracy it lost in
    points of a hundred, and `reason` why it was not taken (code, empty when it was).
    """

    kind: str = FLOAT32
    asked: bool = False
    speed_up: float = 0.0
    points_lost: float = 0.0
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ImageManifest(Manifest):
    """Everything a bundle for images says about itself.

    `good` are the classes that mean a good part: below `lower` of 1 - their probability the verdict is OK, from `upper` on
    not good, between them a person looks. Without good classes `lower` is where doubt in the answer hands it to a person.
    `class_counts` count the images learned from, `smallest` and `largest` are their least and greatest width and height.
    `milliseconds` is the time one image of usual size took where the bundle was made, one thread.
    """

    kind: str
    good: tuple[str, ...]
    lower: float
    upper: float
    class_counts: tuple[int, ...]
    smallest: tuple[int, ...]
    largest: tuple[int, ...]
    milliseconds: float
    numbers: NumbersFacts
    weights: tuple[WeightsFacts, ...]

    @property
    def good_places(self) -> tuple[int, ...]:
        """The places of the good classes among the probabilities."""
        return tuple(place for place, name in enumerate(self.classes) if name in self.good)

    def check(self) -> None:
        """Raise JsonError when the fields contradict each other."""
        super().check()
        if self.kind != IMAGES or self.task not in (BINARY, MULTICLASS, ANOMALY):
            raise JsonError("kind and task do not fit together")
        if self.task == ANOMALY and len(self.classes) != 2:
            raise JsonError("task and classes do not fit together")
        if len(set(self.good)) != len(self.good) or not set(self.good) < set(self.classes):
            raise JsonError("good parts are some of the classes")
        if self.lower > self.upper or self.lower < 0:
            raise JsonError("the lines are out of order")
        if len(self.class_counts) != len(self.classes) or min(self.class_counts, default=0) < 0:
            raise JsonError("every class has a count")
        if len(self.smallest) != 2 or len(self.largest) != 2 or min(*self.smallest, *self.largest) < 1:
            raise JsonError("a size is a width and a height")
        if self.numbers.kind not in (FLOAT32, INT8):
            raise JsonError(f"numbers {self.numbers.kind} are not known")
