"""The answers at the lines: OK, not good, a person must look, or unlike anything that was learned."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

OK, NOT_GOOD, PERSON, UNKNOWN = "ok", "not_good", "person", "unknown"
VERDICTS = (OK, NOT_GOOD, PERSON, UNKNOWN)
# The graph scales its distance to the learned images so that 1 is the farthest still taken for one of them.
GATE = 1.0


@dataclass(frozen=True)
class Lines:
    """Where the answers part. `good` are the places of the classes that mean a good part; without any, one line says "sure".

    Below `lower` of `unusual` the answer is OK, from `upper` on not good, between them a person looks. Without good classes
    everything from `lower` on is for a person. Where the model knows good parts only, being unlike them is what makes a flaw
    (`unlike_is_flawed`): from `upper` on a part is not good however far away it lies.
    """

    good: tuple[int, ...]
    lower: float
    upper: float
    unlike_is_flawed: bool = False


def unusual(probabilities: NDArray[np.floating], good: Sequence[int]) -> NDArray[np.float64]:
    """Return the risk that a part is flawed, or without good classes the doubt in the answer; float64 [n], 0 to 1."""
    known = probabilities.astype(np.float64)
    sure = known[:, list(good)].sum(axis=1) if good else known.max(axis=1)
    return np.asarray(np.clip(1.0 - sure, 0.0, 1.0))


def verdicts_of(probabilities: NDArray[np.floating], outside: NDArray[np.floating], lines: Lines) -> list[str]:
    """Return the verdict of every image; one whose numbers are not finite is unknown.

    `probabilities` is [n, classes], `outside` the distance to the learned images [n].
    """
    risks = unusual(probabilities, lines.good)
    known = outside <= GATE
    if lines.unlike_is_flawed:
        known |= risks >= lines.upper
    known &= np.isfinite(risks)
    return [_verdict(risk, lines) if trusted else UNKNOWN for risk, trusted in zip(risks.tolist(), known, strict=True)]


def _verdict(risk: float, lines: Lines) -> str:
    if risk < lines.lower:
        return OK
    return NOT_GOOD if lines.good and risk >= lines.upper else PERSON
