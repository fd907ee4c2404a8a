"""All families of image models. A new family is one file and one line here."""

from automl.domain.task import Family
from automl.models.image.anomaly.patches import Patches
from automl.models.image.anomaly.self_taught import SelfTaught
from automl.models.image.base import ImageFamily
from automl.models.image.classical import Classical
from automl.models.image.multiple_instance import MultipleInstance

IMAGE_FAMILIES: tuple[ImageFamily, ...] = (Classical(), MultipleInstance(), Patches(), SelfTaught())


def image_family_of(family: Family) -> ImageFamily:
    """The family of that name; KeyError for a blend, which is made of others."""
    for known in IMAGE_FAMILIES:
        if known.family is family:
            return known
    raise KeyError(family)
