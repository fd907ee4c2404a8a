"""The alarm line of a yes/no model: the risk from which an alarm is raised."""

import numpy as np
from numpy.typing import NDArray

from automl.domain.task import MistakeCost

TELLING_ERRORS = 2.0


def best_alarm_line(target: NDArray[np.int64], risk: NDArray[np.float64], cost: MistakeCost | None) -> float:
    """Return the line to use, found on out-of-fold risks.

    With known costs: the line that theory gives for honest risks (Elkan 2001), unless the data show one that is cheaper by
    more than two standard errors; the cheapest of many lines always looks better than it is. Without: the line of the best
    mean of "share of yes found" and "share of no let through".
    """
    if cost is None:
        return _line_of_least(target, risk, 1 / max(int((target == 1).sum()), 1), 1 / max(int((target == 0).sum()), 1))
    theory = cost.alarm_line()
    best = _line_of_least(target, risk, cost.miss, cost.false_alarm)
    gain = _row_costs(target, risk, theory, cost) - _row_costs(target, risk, best, cost)
    standard_error = float(gain.std(ddof=1) / np.sqrt(len(gain))) if len(gain) > 1 else 0.0
    return best if float(gain.mean()) > TELLING_ERRORS * standard_error else theory


def _line_of_least(target: NDArray[np.int64], risk: NDArray[np.float64], miss: float, false_alarm: float) -> float:
    """Return the line of least total cost, in the middle between the risks it separates; the widest gap wins a tie."""
    order = np.argsort(-risk, kind="stable")
    ranked, positive = risk[order], target[order] == 1
    found = np.concatenate([[0], np.cumsum(positive)])
    stopped = np.concatenate([[0], np.cumsum(~positive)])
    total = miss * (found[-1] - found) + false_alarm * stopped
    edges = np.concatenate([[1.0], ranked, [0.0]])
    cut_allowed = np.concatenate([[True], ranked[1:] < ranked[:-1], [True]]) if len(ranked) else np.array([True])
    total = np.where(cut_allowed, total, np.inf)
    ties = np.flatnonzero(total <= total.min() + 1e-12 * max(abs(float(total.min())), 1.0))
    widest = ties[np.argmax(edges[ties] - edges[ties + 1])]
    return float((edges[widest] + edges[widest + 1]) / 2)


def _row_costs(
    target: NDArray[np.int64], risk: NDArray[np.float64], line: float, cost: MistakeCost
) -> NDArray[np.float64]:
    alarm = risk >= line
    return np.asarray(cost.miss * ((target == 1) & ~alarm) + cost.false_alarm * ((target == 0) & alarm))
