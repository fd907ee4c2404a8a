"""Networks for images that learn here."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from automl.domain.issues import Parameter
from automl.domain.result import InWords
from automl.domain.task import Family, TaskKind
from automl.models.base import Care, Parameters, Shape
from automl.models.image.base import FittedImageModel, TrainingView
from automl.models.image.filter_features import RESOLUTIONS, filter_map_graph
from automl.models.image.weights_at_hand import NO_WEIGHTS, WEIGHTS, Weights, WeightsAtHand, architecture_of
from automl.models.space import Choice, Dimension, Real, Whole
from automl.models.words import Switch, Wording, compare, describe

FEWEST_IMAGES = 20
MOST_IMAGES = 8_000
# From so many labelled flaws on, imagined ones no longer help.
FEW_FLAWS = 100

Learn = Callable[[TrainingView, Parameters, Care], FittedImageModel]
Tune = Callable[[TrainingView, Weights, Parameters, Care], FittedImageModel]

WORDINGS = (
    Wording("learning_rate", "slow_learning", 0.0015, "fast_learning", 0.006, "slower_learning", "faster_learning"),
    Wording("dropout", "", -1.0, "dropout", 0.3, "less_dropout", "more_dropout"),
    Wording("augmentation", "", -1.0, "variations", 0.2, "fewer_variations", "more_variations"),
)
SWITCHES = (
    Switch("resolution", 160, "coarse_view"),
    Switch("resolution", 320, "fine_view"),
    Switch("imagined_flaws", True, "imagined_flaws"),
    Switch("orientations", "any", "any_orientation"),
    Switch("orientations", "", "upright"),
)


@dataclass(frozen=True)
class ImageNetwork:
    """Slower to learn than heads on descriptors, and it says where it looked.

    Without weights from elsewhere it looks at filter maps of all places; with weights their network goes on learning.
    """

    weights: WeightsAtHand = NO_WEIGHTS

    family = Family.IMAGE_NETWORK
    simplicity = 1

    def suits(self, shape: Shape) -> bool:
        """Twenty images at least; maps of more than eight thousand do not fit into the memory of a usual computer."""
        return shape.task is not TaskKind.ANOMALY and FEWEST_IMAGES <= shape.rows <= MOST_IMAGES

    def published(self, shape: Shape) -> tuple[Parameters, ...]:
        """As measured on tiles and steel; then every network with weights; then other ways to learn."""
        usual: dict[str, Parameter] = {
            "learning_rate": 0.003,
            "resolution": 224,
            "width": 32,
            "dropout": 0.2,
            "networks": 1,
        }
        few_flaws = shape.task is TaskKind.BINARY and shape.rarest < FEW_FLAWS
        usual |= {"orientations": "mirror", "augmentation": 0.0, "imagined_flaws": few_flaws}
        tuned: dict[str, Parameter] = {
            "resolution": 224,
            "tuning_rate": 0.0003,
            "trained_share": 0.5,
            "augmentation": 0.5,
        }
        other = {**usual, "imagined_flaws": not usual["imagined_flaws"], "networks": 2}
        return usual, *({**tuned, WEIGHTS: name} for name in self.weights.names()), other

    def space(self, shape: Shape) -> tuple[Dimension, ...]:
        """How finely it looks, how it is held back, which variations it is shown."""
        del shape
        return (
            Choice("resolution", RESOLUTIONS),
            Real("learning_rate", 0.001, 0.01, usual=0.003, logarithmic=True),
            Real("dropout", 0.0, 0.5, usual=0.2),
            Choice("width", (32, 48)),
            Whole("networks", 1, 3, usual=1),
            Choice("orientations", ("mirror", "", "any")),
            Real("augmentation", 0.0, 1.0, usual=0.0),
            Choice("imagined_flaws", (True, False)),
            *self._space_of_tuning(),
        )

    def feature_graphs(self, parameters: Parameters) -> tuple[bytes, ...]:
        """The maps; a network that goes on learning is asked anew every time."""
        if parameters.get(WEIGHTS):
            return ()
        return (filter_map_graph(int(parameters.get("resolution", RESOLUTIONS[0]))),)

    def fit(self, view: TrainingView, parameters: Parameters, care: Care) -> FittedImageModel:
        """Learn in steps, as many as time allows."""
        # torch takes seconds to load: only a run that reaches a network pays for it.
        if parameters.get(WEIGHTS):
            tune: Tune = import_module("automl.models.image.fine_tuning").fine_tune
            return tune(view, self.weights.named(parameters), parameters, care)
        learn: Learn = import_module("automl.models.image.multiple_instance_learning").learn_multiple_instance
        return learn(view, parameters, care)

    def words(self, parameters: Parameters) -> tuple[InWords, ...]:
        """For example: a fine view, imagined flaws."""
        on = [InWords("backbone.on", {"name": architecture_of(parameters)})] if parameters.get(WEIGHTS) else []
        return (*on, *describe("image_network", "usual_settings", WORDINGS, SWITCHES, parameters))

    def changes(self, before: Parameters, after: Parameters) -> tuple[InWords, ...]:
        """For example: more dropout."""
        return compare("image_network", WORDINGS, SWITCHES, before, after)

    def _space_of_tuning(self) -> tuple[Dimension, ...]:
        if not self.weights.known:
            return ()
        return (
            Choice(WEIGHTS, ("", *self.weights.names())),
            Real("tuning_rate", 0.00003, 0.003, usual=0.0003, logarithmic=True),
            Real("trained_share", 0.0, 1.0, usual=0.5),
        )
