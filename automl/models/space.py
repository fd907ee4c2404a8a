"""The settings of a family as data, so that only the search needs to know who chooses among them.

`usual` is what a family takes when a recipe says nothing.
"""

from dataclasses import dataclass

from automl.domain.issues import Parameter


@dataclass(frozen=True)
class Real:
    """A number between `low` and `high`; `logarithmic` when ratios matter more than differences."""

    name: str
    low: float
    high: float
    usual: float
    logarithmic: bool = False


@dataclass(frozen=True)
class Whole:
    """A whole number between `low` and `high`, both possible."""

    name: str
    low: int
    high: int
    usual: int
    logarithmic: bool = False


@dataclass(frozen=True)
class Choice:
    """One of a few named options, the usual one first."""

    name: str
    options: tuple[Parameter, ...]


Dimension = Real | Whole | Choice


def nearest(dimension: Dimension, value: Parameter | None) -> Parameter:
    """The allowed value closest to `value`, or to the usual one when there is none."""
    match dimension:
        case Real(low=low, high=high, usual=usual):
            return min(max(float(usual if value is None else value), low), high)
        case Whole(low=lowest, high=highest, usual=standard):
            return min(max(round(float(standard if value is None else value)), lowest), highest)
        case Choice(options=options):
            return value if value is not None and value in options else options[0]
