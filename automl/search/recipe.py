"""A recipe: a family of models with its settings."""

from dataclasses import dataclass, field

from automl.domain.issues import Parameter
from automl.domain.task import Family


@dataclass(frozen=True)
class Recipe:
    """What one trial tries."""

    family: Family
    parameters: dict[str, Parameter] = field(default_factory=dict)
