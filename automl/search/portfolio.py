"""Recipes with a good record on other tables, in the order that pays when time is short: different families first."""

from collections.abc import Iterator, Mapping, Sequence

from automl.domain.task import Family
from automl.models.base import Parameters, Shape
from automl.models.registry import FAMILIES
from automl.models.space import Choice, Dimension
from automl.models.tabular.boosted_settings import quick_settings
from automl.models.target_scale import LOG_TARGET, TARGET_PARAMETER
from automl.search.encoding import KNOTS
from automl.search.recipe import Recipe

# How many recipes of a family stand between two others: boosted trees earn most of the time they take.
TURNS: tuple[Family, ...] = (
    Family.BOOSTED,
    Family.LINEAR,
    Family.FOREST,
    Family.BOOSTED,
    Family.BOOSTED,
    Family.NEURAL,
    Family.BOOSTED,
    Family.FOREST,
    Family.BOOSTED,
    Family.LINEAR,
)


Encodings = Mapping[Family, Sequence[Dimension]]


def quick_recipe() -> Recipe:
    """The recipe of the first model anybody can use."""
    return Recipe(Family.BOOSTED, dict(quick_settings()))


def portfolio(shape: Shape, families: Sequence[Family], encodings: Encodings) -> tuple[Recipe, ...]:
    """All published recipes for a table, best first and families in turn. `encodings` are the settings of features they may use."""
    waiting = {
        known.family: list(_variants(known.family, known.published(shape), shape, encodings.get(known.family, ())))
        for known in FAMILIES
        if known.family in families and known.suits(shape)
    }
    order: list[Recipe] = []
    while any(waiting.values()):
        for family in TURNS:
            if waiting.get(family):
                order.append(waiting[family].pop(0))
    return tuple(order)


def _variants(
    family: Family, settings: Sequence[Parameters], shape: Shape, encodings: Sequence[Dimension]
) -> Iterator[Recipe]:
    """The recipes; the best ones of boosted trees also with other features, for skewed numbers with their logarithm.

    A line follows curves first, unless one class is too rare to bend for.
    """
    bends = [dimension for dimension in encodings if dimension.name == KNOTS and isinstance(dimension, Choice)]
    if family is Family.LINEAR and bends and settings and not shape.few_positives:
        yield Recipe(family, {**settings[0], KNOTS: bends[0].options[-1]})
    for number, parameters in enumerate(settings):
        yield Recipe(family, dict(parameters))
        if shape.skewed and number == 0:
            yield Recipe(family, {**parameters, TARGET_PARAMETER: LOG_TARGET})
        if family is Family.BOOSTED and number < len(encodings):
            dimension = encodings[number]
            if isinstance(dimension, Choice):
                yield Recipe(family, {**parameters, dimension.name: dimension.options[-1]})
