"""Families as the search speaks of them, whatever they learn from."""

from typing import Protocol

from automl.domain.result import InWords
from automl.domain.task import Family
from automl.models.base import Parameters
from automl.models.image.registry import IMAGE_FAMILIES
from automl.models.registry import family_of


class SpokenFamily(Protocol):
    """What any family of models says of itself and of its settings."""

    @property
    def simplicity(self) -> int:
        """How easily a person can follow it, 1 (hardest) to 5 (a straight line)."""
        ...

    def words(self, parameters: Parameters) -> tuple[InWords, ...]:
        """The settings in plain words."""
        ...

    def changes(self, before: Parameters, after: Parameters) -> tuple[InWords, ...]:
        """What differs between two settings in plain words."""
        ...


def spoken_family(family: Family) -> SpokenFamily:
    """The family of that name; KeyError for a blend, which is made of others."""
    of_images = {known.family: known for known in IMAGE_FAMILIES}
    return of_images[family] if family in of_images else family_of(family)
