"""The two lines of the three answers: below the lower OK, from the upper on not good, between them a person looks."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.domain.image_result import DecisionBand
from automl.domain.result import Interval
from automl.evaluation.uncertainty import wilson

Risks = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Shares handed to a person for which the errors on the rest are counted.
HANDED_OVER = tuple(round(0.05 * step, 2) for step in range(11))
_ABOVE_ALL = 1.0 + 1e-9


@dataclass(frozen=True)
class JudgedRisks:
    """Risks of images [n] with what must not pass: flawed parts, or wrong answers when no class means a good part."""

    risks: Risks
    flawed: Flags


def find_lines(seen: JudgedRisks, most_missed: float, most_stopped: float) -> tuple[float, float]:
    """Return (lower, upper) so that at most these shares of flawed parts pass and of good parts are stopped.

    Both lines stand in the middle between the risks they separate. Where both wishes come true at once there is one line.
    """
    flawed, good = np.sort(seen.risks[seen.flawed]), np.sort(seen.risks[~seen.flawed])
    lower = _below(seen.risks, _first_above(flawed, most_missed)) if len(flawed) else _above(seen.risks, good)
    upper = _line_over(seen.risks, good, most_stopped)
    if lower >= upper:
        lower = upper = (lower + upper) / 2
    return lower, upper


def find_sure_line(seen: JudgedRisks, most_wrong: float) -> float:
    """Return the line of doubt under which at most this share of answers is wrong, as high as can be."""
    order = np.argsort(seen.risks, kind="stable")
    wrong = np.cumsum(seen.flawed[order]) / np.arange(1, len(order) + 1)
    fine = np.flatnonzero(wrong <= most_wrong)
    if len(fine) == 0:
        return 0.0
    last = int(fine[-1])
    if last == len(order) - 1:
        return _ABOVE_ALL
    return float((seen.risks[order[last]] + seen.risks[order[last + 1]]) / 2)


def judge_band(seen: JudgedRisks, lower: float, upper: float, unknown: Flags | None = None) -> DecisionBand:
    """Return the lines with what they do to these images; ranges after Wilson (1927).

    `unknown` are images unlike anything learned: a person looks at them wherever they lie.
    """
    trusted = np.ones(len(seen.risks), np.bool_) if unknown is None else ~unknown
    passed, stopped = trusted & (seen.risks < lower), trusted & (seen.risks >= upper)
    return DecisionBand(
        lower=lower,
        upper=upper,
        missed=_share(int((passed & seen.flawed).sum()), int(seen.flawed.sum())),
        stopped=_share(int((stopped & ~seen.flawed).sum()), int((~seen.flawed).sum())),
        to_person=_share(int((~passed & ~stopped).sum()), len(seen.risks)),
    )


def person_curve(doubt: Risks, wrong: Flags) -> tuple[tuple[float, float], ...]:
    """Return (share handed to a person, share of wrong answers on the rest), the most doubtful handed over first."""
    order = np.argsort(doubt, kind="stable")
    known = wrong[order]
    points = []
    for share in HANDED_OVER:
        kept = max(1, round(len(known) * (1 - share)))
        points.append((share, float(known[:kept].mean())))
    return tuple(points)


def _share(count: int, of: int) -> Interval:
    return wilson(count, of) if of else Interval(0.0, 0.0, 1.0)


def _first_above(flawed: Risks, share: float) -> float:
    """The risk of the first flawed part that must not pass."""
    return float(flawed[min(int(share * len(flawed)), len(flawed) - 1)])


def _below(risks: Risks, risk: float) -> float:
    """A line just under a risk: in the middle between it and the next lower one."""
    lower = risks[risks < risk]
    return float((risk + lower.max()) / 2) if len(lower) else risk


def _above(risks: Risks, good: Risks) -> float:
    return float(good[-1]) if len(good) else float(risks.max(initial=0.0))


def _line_over(risks: Risks, good: Risks, share: float) -> float:
    """The lowest line over which at most this share of good parts lies."""
    if len(good) == 0:
        return float(risks.min(initial=1.0))
    allowed = int(share * len(good))
    highest = float(good[len(good) - 1 - allowed]) if allowed < len(good) else float(good[0])
    higher = risks[risks > highest]
    return float((highest + higher.min()) / 2) if len(higher) else min(_ABOVE_ALL, float(np.nextafter(highest, 2.0)))
