"""Settings of a recipe that concern the features rather than the model."""

from automl.domain.task import Family, TimeSplit
from automl.models.base import Parameters
from automl.models.registry import family_of
from automl.models.space import Choice, Dimension
from automl.preprocessing.encoder import Style
from automl.preprocessing.fit import EncoderOptions
from automl.search.learning_task import TableTask
from automl.search.recipe import Recipe

ARITHMETIC = "encoder_arithmetic"
TARGET_MEANS = "encoder_target_means"
KNOTS = "encoder_knots"
ENCODER_PARAMETERS = (ARITHMETIC, TARGET_MEANS, KNOTS)
ARITHMETIC_TERMS = 12
BENDS = 6

Encoding = tuple[Style, EncoderOptions]


def encoding_of(recipe: Recipe, task: TableTask) -> Encoding:
    """The features a recipe learns from."""
    options = EncoderOptions(
        forward=isinstance(task.split, TimeSplit),
        target_means=bool(recipe.parameters.get(TARGET_MEANS, False)),
        arithmetic=int(recipe.parameters.get(ARITHMETIC, 0)),
        knots=int(recipe.parameters.get(KNOTS, 0)),
        seed=task.seed,
    )
    return Style(family_of(recipe.family).style), options


def model_parameters(recipe: Recipe) -> Parameters:
    """The settings that concern the model."""
    return {name: value for name, value in recipe.parameters.items() if name not in ENCODER_PARAMETERS}


def encoding_space(family: Family, task: TableTask) -> tuple[Dimension, ...]:
    """What a search may change about the features of a family."""
    if family is Family.LINEAR:
        return (Choice(KNOTS, (0, BENDS)),) if task.number_inputs else ()
    if family not in (Family.BOOSTED, Family.FOREST):
        return ()
    dimensions: list[Dimension] = []
    if len(task.number_inputs) > 1:
        dimensions.append(Choice(ARITHMETIC, (0, ARITHMETIC_TERMS)))
    if task.text_inputs:
        dimensions.append(Choice(TARGET_MEANS, (False, True)))
    return tuple(dimensions)
