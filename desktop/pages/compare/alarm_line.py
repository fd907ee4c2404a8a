"""What an alarm line means, read off the counts a model was evaluated with. Points are sorted by line. Pure."""

from collections.abc import Sequence

from automl.domain.result import AlarmPoint
from automl.domain.task import MistakeCost

Share = tuple[float, float]


def place_of(points: Sequence[AlarmPoint], line: float) -> int:
    """Return the place of the point whose line is nearest to `line`."""
    return min(range(len(points)), key=lambda place: abs(points[place].line - line))


def alarms(point: AlarmPoint) -> int:
    """Return how many rows raise an alarm."""
    return point.found + point.false_alarms


def positives(point: AlarmPoint) -> int:
    """Return how many rows really are "yes"."""
    return point.found + point.missed


def negatives(point: AlarmPoint) -> int:
    """Return how many rows really are "no"."""
    return point.false_alarms + point.let_through


def share(part: int, whole: int) -> float | None:
    """Return a part as a share, None of nothing."""
    return part / whole if whole else None


def mistakes_cost(point: AlarmPoint, cost: MistakeCost) -> float:
    """Return what the mistakes at a point cost in all."""
    return point.missed * cost.miss + point.false_alarms * cost.false_alarm


def cost_per_thousand(amount: float, point: AlarmPoint) -> float:
    """Return a cost per 1,000 rows."""
    rows = positives(point) + negatives(point)
    return 1000 * amount / rows if rows else 0.0


def cost_without_alarms(point: AlarmPoint, cost: MistakeCost) -> float:
    """Return what missing every case would cost."""
    return positives(point) * cost.miss


def found_against_stopped(points: Sequence[AlarmPoint]) -> tuple[Share, ...]:
    """Return the curve of "no" rows stopped (x) and "yes" rows found (y): the ROC curve."""
    places = [stopped_and_found(point) for point in reversed(points)]
    return tuple(place for place in places if place is not None)


def stopped_and_found(point: AlarmPoint) -> Share | None:
    """Return the shares of "no" rows stopped and "yes" rows found; None when there are none of a kind."""
    stopped, found = share(point.false_alarms, negatives(point)), share(point.found, positives(point))
    return None if stopped is None or found is None else (stopped, found)


def real_against_found(points: Sequence[AlarmPoint]) -> tuple[Share, ...]:
    """Return the curve of "yes" rows found (x) and real alarms (y): precision against recall."""
    places = [found_and_real(point) for point in reversed(points)]
    return tuple(place for place in places if place is not None)


def found_and_real(point: AlarmPoint) -> Share | None:
    """Return the shares of "yes" rows found and of alarms that are real; None without alarms or "yes" rows."""
    found, real = share(point.found, positives(point)), share(point.found, alarms(point))
    return None if found is None or real is None else (found, real)
