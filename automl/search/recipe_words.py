"""A recipe in words: what its family says of its settings, and what is particular about its features and target."""

from automl.domain.issues import Parameter
from automl.domain.result import InWords
from automl.models.target_scale import LOG_TARGET, TARGET_PARAMETER
from automl.search.encoding import ARITHMETIC, KNOTS, TARGET_MEANS
from automl.search.families import spoken_family
from automl.search.recipe import Recipe

_OF_FEATURES: tuple[tuple[str, str], ...] = (
    (KNOTS, "features.curves"),
    (ARITHMETIC, "features.arithmetic"),
    (TARGET_MEANS, "features.target_means"),
)


def recipe_words(recipe: Recipe) -> tuple[InWords, ...]:
    """Return short phrases, the settings of the model first."""
    return (*spoken_family(recipe.family).words(recipe.parameters), *_feature_words(recipe.parameters))


def _feature_words(parameters: dict[str, Parameter]) -> tuple[InWords, ...]:
    said = [InWords(code) for name, code in _OF_FEATURES if parameters.get(name)]
    if parameters.get(TARGET_PARAMETER) == LOG_TARGET:
        said.append(InWords("features.log_target"))
    return tuple(said)
