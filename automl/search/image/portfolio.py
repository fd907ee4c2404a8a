"""Published recipes for images: families take turns, so that different kinds of models are tried while time is short."""

from collections.abc import Sequence
from itertools import zip_longest

from automl.domain.task import Family
from automl.models.base import Shape
from automl.models.image.registry import ImageFamilies
from automl.search.recipe import Recipe


def image_portfolio(shape: Shape, families: Sequence[Family], known_families: ImageFamilies) -> tuple[Recipe, ...]:
    """All published recipes of these families, their best first; the very first is the quickest to give a model."""
    waiting = [
        [Recipe(known.family, dict(parameters)) for parameters in known.published(shape)]
        for known in known_families.known
        if known.family in families and known.suits(shape)
    ]
    return tuple(recipe for turn in zip_longest(*waiting) for recipe in turn if recipe is not None)
