"""All families of image models. A new family is one file and one line here."""

from collections.abc import Sequence
from dataclasses import dataclass

from automl.domain.task import Family
from automl.domain.weights import WeightsRecord
from automl.models.base import Parameters
from automl.models.image.anomaly.patches import Patches
from automl.models.image.anomaly.self_taught import SelfTaught
from automl.models.image.backbone import Backbone
from automl.models.image.base import ImageFamily
from automl.models.image.classical import Classical
from automl.models.image.network import ImageNetwork
from automl.models.image.weights_at_hand import NO_WEIGHTS, WEIGHTS, Weights, WeightsAtHand


@dataclass(frozen=True)
class ImageFamilies:
    """The families of one run, in the order they are tried."""

    known: tuple[ImageFamily, ...]
    weights: WeightsAtHand = NO_WEIGHTS

    def weights_of(self, parameters: Parameters) -> WeightsRecord | None:
        """The weights a recipe stands on; None where it needs none."""
        return self.weights.record(parameters) if parameters.get(WEIGHTS) else None

    def of(self, family: Family) -> ImageFamily:
        """The family of that name; KeyError for a blend, which is made of others."""
        for known in self.known:
            if known.family is family:
                return known
        raise KeyError(family)


def image_families(weights: Sequence[Weights] = ()) -> ImageFamilies:
    """All families; those that stand on weights from elsewhere know the ones at hand."""
    at_hand = WeightsAtHand(tuple(weights))
    known = (Classical(), Backbone(at_hand), ImageNetwork(at_hand), Patches(at_hand), SelfTaught())
    return ImageFamilies(known, at_hand)


IMAGE_FAMILIES: tuple[ImageFamily, ...] = image_families().known


def image_family_of(family: Family) -> ImageFamily:
    """The family of that name without weights from elsewhere: enough to speak of recipes."""
    return image_families().of(family)
