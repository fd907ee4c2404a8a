"""Heads on what a network with weights from elsewhere says of images; the network itself stays as it is."""

from dataclasses import dataclass

from automl.domain.issues import Parameter
from automl.domain.result import InWords
from automl.domain.task import Family, TaskKind
from automl.models.base import Care, Parameters, Shape
from automl.models.image.base import FittedImageModel, TrainingView
from automl.models.image.classical import ClassicalModel
from automl.models.image.classical_heads import HeadKind, fit_head
from automl.models.image.weights_at_hand import NO_WEIGHTS, RESOLUTIONS, WEIGHTS, WeightsAtHand, architecture_of
from automl.models.space import Choice, Dimension, Real
from automl.models.words import Switch, Wording, compare, describe

FEWEST_IMAGES = 4
WORDINGS = (
    Wording("restraint", "light_smoothing", 0.2, "strong_smoothing", 0.8, "less_smoothing", "more_smoothing", 1.5),
)
SWITCHES = (
    Switch("head", HeadKind.KERNEL, "kernel"),
    Switch("head", HeadKind.LOGISTIC, "logistic"),
    Switch("resolution", 320, "fine_view"),
    Switch("resolution", 160, "coarse_view"),
)


@dataclass(frozen=True)
class Backbone:
    """The way to use weights from elsewhere that needs few images and little time."""

    weights: WeightsAtHand = NO_WEIGHTS

    family = Family.BACKBONE
    simplicity = 2

    def suits(self, shape: Shape) -> bool:
        """Wherever there are weights."""
        return shape.task is not TaskKind.ANOMALY and shape.rows >= FEWEST_IMAGES and bool(self.weights.known)

    def published(self, shape: Shape) -> tuple[Parameters, ...]:
        """Linear heads on every network there is."""
        del shape
        return tuple(
            _recipe(name, head) for head in (HeadKind.DISCRIMINANT, HeadKind.LOGISTIC) for name in self.weights.names()
        )

    def space(self, shape: Shape) -> tuple[Dimension, ...]:
        """Which network, how finely it looks, which head learns with how much restraint."""
        del shape
        if not self.weights.known:
            return ()
        return (
            Choice(WEIGHTS, self.weights.names()),
            Choice("resolution", RESOLUTIONS),
            Choice("head", (HeadKind.DISCRIMINANT.value, HeadKind.LOGISTIC.value, HeadKind.KERNEL.value)),
            Real("restraint", 0.0, 1.0, usual=0.5),
            Choice("balanced", (False, True)),
            Real("reach", 0.5, 10.0, usual=1.0, logarithmic=True),
        )

    def feature_graphs(self, parameters: Parameters) -> tuple[bytes, ...]:
        """The network."""
        return (self.weights.graph(parameters),)

    def fit(self, view: TrainingView, parameters: Parameters, care: Care) -> FittedImageModel:
        """Describe the images, fit the head."""
        graph = self.weights.graph(parameters)
        features = view.features(graph)
        care.check_stop()
        return ClassicalModel((graph,), fit_head(features, view.target, len(view.classes), parameters, care))

    def words(self, parameters: Parameters) -> tuple[InWords, ...]:
        """For example: on MobileNetV4, softmax regression."""
        on = InWords("backbone.on", {"name": architecture_of(parameters)})
        return (on, *describe("backbone", "usual_settings", WORDINGS, SWITCHES, parameters))

    def changes(self, before: Parameters, after: Parameters) -> tuple[InWords, ...]:
        """For example: more smoothing."""
        changes = compare("backbone", WORDINGS, SWITCHES, before, after)
        if before.get(WEIGHTS) == after.get(WEIGHTS):
            return changes
        return (InWords("backbone.on", {"name": architecture_of(after)}), *changes)


def _recipe(name: str, head: HeadKind) -> dict[str, Parameter]:
    return {WEIGHTS: name, "resolution": RESOLUTIONS[0], "head": head.value, "restraint": 0.5, "balanced": False}
