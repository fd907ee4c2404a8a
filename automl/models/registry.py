"""All families of models. A new family is one file and one line here."""

from automl.domain.task import Family
from automl.models.base import ModelFamily
from automl.models.tabular.baseline import Baseline
from automl.models.tabular.boosted import Boosted
from automl.models.tabular.forest import ForestFamily
from automl.models.tabular.linear import Linear
from automl.models.tabular.neural import Neural

FAMILIES: tuple[ModelFamily, ...] = (Baseline(), Linear(), ForestFamily(), Boosted(), Neural())


def family_of(family: Family) -> ModelFamily:
    """The family of that name; KeyError for a blend, which is made of others."""
    for known in FAMILIES:
        if known.family is family:
            return known
    raise KeyError(family)
