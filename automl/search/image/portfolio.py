"""Published recipes for images: families take turns, so that different kinds of models are tried while time is short."""

from collections.abc import Sequence

from automl.domain.task import Family
from automl.models.base import Shape
from automl.models.image.registry import ImageFamilies
from automl.search.recipe import Recipe

# How many recipes of a family stand between two others: a network takes the time of many heads on descriptions.
TURNS = (
    Family.CLASSICAL,
    Family.CLASSICAL,
    Family.PATCHES,
    Family.BACKBONE,
    Family.IMAGE_NETWORK,
    Family.SELF_TAUGHT,
    Family.CLASSICAL,
    Family.CLASSICAL,
    Family.BACKBONE,
    Family.CLASSICAL,
    Family.CLASSICAL,
)


def image_portfolio(shape: Shape, families: Sequence[Family], known_families: ImageFamilies) -> tuple[Recipe, ...]:
    """All published recipes of these families, their best first; the very first is the quickest to give a model."""
    waiting = {
        known.family: [Recipe(known.family, dict(parameters)) for parameters in known.published(shape)]
        for known in known_families.known
        if known.family in families and known.suits(shape)
    }
    order: list[Recipe] = []
    while any(waiting.values()):
        for family in TURNS:
            if waiting.get(family):
                order.append(waiting[family].pop(0))
    return tuple(order)
