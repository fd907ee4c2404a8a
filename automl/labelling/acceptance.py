"""How many suggestions could be accepted at once above a line, and how many of those are likely wrong."""

from dataclasses import dataclass

import numpy as np

from automl.labelling.head import Codes
from automl.labelling.learning import Answers

LINES = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99)


@dataclass(frozen=True)
class Acceptance:
    """For every line of `LINES`: how many suggestions are at least so sure and how many of those are likely wrong."""

    acceptable: tuple[int, ...]
    expected_wrong: tuple[float, ...]


def acceptance(suggested: Answers, codes: Codes, unseen: Answers) -> Acceptance:
    """Count suggestions [n, K] above the lines; mistakes are expected from the answers to checked images.

    The share of mistakes is the larger of what the probabilities of the suggestions say themselves and what out-of-fold
    answers [m, K] that sure really got wrong, shrunk towards one half as by one more answer.
    """
    best = suggested.max(axis=1, initial=0.0)
    sure = unseen.max(axis=1, initial=0.0)
    wrong = unseen.argmax(axis=1) != codes if len(codes) else np.zeros(0, np.bool_)
    acceptable, expected = [], []
    for line in LINES:
        above, checked = best >= line, sure >= line
        seen = (float(wrong[checked].sum()) + 0.5) / (int(checked.sum()) + 1.0)
        count = int(above.sum())
        said = float((1.0 - best[above]).sum())
        acceptable.append(count)
        expected.append(round(min(float(count), max(said, seen * count)), 2))
    return Acceptance(tuple(acceptable), tuple(expected))
