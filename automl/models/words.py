"""Settings in plain words. A family lists which of its numbers a person would notice; the sentences are translated later."""

from dataclasses import dataclass

from automl.domain.issues import Parameter
from automl.domain.result import InWords
from automl.models.base import Parameters


@dataclass(frozen=True)
class Wording:
    """How one number is said: `low`/`high` when it stands at or beyond a bound, `less`/`more` when it moved by `ratio`."""

    parameter: str
    low: str
    low_bound: float
    high: str
    high_bound: float
    less: str
    more: str
    ratio: float = 1.4


@dataclass(frozen=True)
class Switch:
    """How one choice is said when it takes `option` (nothing is said otherwise)."""

    parameter: str
    option: Parameter
    word: str


def describe(
    prefix: str, usual: str, wordings: tuple[Wording, ...], switches: tuple[Switch, ...], parameters: Parameters
) -> tuple[InWords, ...]:
    """At most three remarkable settings, or the word for usual ones."""
    codes = [switch.word for switch in switches if parameters.get(switch.parameter) == switch.option]
    for wording in wordings:
        value = parameters.get(wording.parameter)
        if value is None:
            continue
        if float(value) <= wording.low_bound:
            codes.append(wording.low)
        elif float(value) >= wording.high_bound:
            codes.append(wording.high)
    spoken = [code for code in codes if code][:3] or [usual]
    return tuple(InWords(f"{prefix}.{code}") for code in spoken)


def compare(
    prefix: str, wordings: tuple[Wording, ...], switches: tuple[Switch, ...], before: Parameters, after: Parameters
) -> tuple[InWords, ...]:
    """At most two differences a person would notice, the largest first."""
    moves: list[tuple[float, str]] = []
    for wording in wordings:
        if wording.parameter not in before or wording.parameter not in after:
            continue
        old, new = float(before[wording.parameter]), float(after[wording.parameter])
        tiny = 1e-12
        ratio = (abs(new) + tiny) / (abs(old) + tiny)
        if ratio >= wording.ratio:
            moves.append((ratio / wording.ratio, wording.more))
        elif ratio <= 1 / wording.ratio:
            moves.append((1 / ratio / wording.ratio, wording.less))
    moves.sort(key=lambda move: -move[0])
    codes = [
        switch.word
        for switch in switches
        if after.get(switch.parameter) == switch.option != before.get(switch.parameter)
    ]
    codes += [code for _, code in moves if code]
    return tuple(InWords(f"{prefix}.{code}") for code in codes[:2])
