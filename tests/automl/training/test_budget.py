"""Time: what is left, what is kept for the end, and a picture of it that never runs backwards."""

import math
import time

import pytest

from automl.domain.events import Event, JobProgress, Phase
from automl.training.budget import Budget


class Clockwork:
    """A host whose clock is turned by hand."""

    def __init__(self, budget: float | None) -> None:
        self.budget = budget
        self.elapsed = 0.0
        self.finish_requested = False
        self.events: list[JobProgress] = []

    @property
    def deadline(self) -> float | None:
        return None if self.budget is None else time.monotonic() + self.budget - self.elapsed

    def emit(self, event: Event) -> None:
        assert isinstance(event, JobProgress)
        self.events.append(event)

    def check_stop(self) -> None:
        pass


def test_the_end_has_its_time_kept() -> None:
    host = Clockwork(100.0)
    budget = Budget(host)
    budget.expect_end(needed=10.0, welcome=5.0)

    assert budget.left() == pytest.approx(100, abs=0.5)
    assert 80 < budget.left_for_search() < 90


def test_the_end_never_takes_most_of_the_time() -> None:
    budget = Budget(Clockwork(100.0))
    budget.expect_end(needed=500.0, welcome=0.0)

    assert budget.left_for_search() > 50


def test_nothing_may_begin_that_cannot_end() -> None:
    host = Clockwork(100.0)
    budget = Budget(host)
    host.elapsed = 80.0

    assert budget.affords(2.0)
    assert not budget.affords(30.0)


def test_finish_now_ends_the_search() -> None:
    host = Clockwork(100.0)
    budget = Budget(host)
    host.finish_requested = True

    assert budget.left_for_search() == 0
    assert budget.first_trial()() > 0


def test_a_trial_has_its_own_clock() -> None:
    host = Clockwork(100.0)
    clock = Budget(host).limited(10.0)
    host.elapsed = 8.0

    assert clock() == pytest.approx(2.0, abs=0.1)


def test_a_resumed_run_goes_on_with_what_is_left() -> None:
    budget = Budget(Clockwork(100.0))
    budget.resume(60.0)
    assert budget.left() == pytest.approx(40, abs=0.5)

    budget.resume(500.0)
    assert budget.left() == pytest.approx(25, abs=0.5)


def test_without_a_budget_there_is_no_end() -> None:
    host = Clockwork(None)
    budget = Budget(host)
    budget.tell(Phase.TUNE, 1)

    assert math.isinf(budget.left_for_search())
    assert host.events[-1].fraction is None
    assert host.events[-1].eta_seconds is None


def test_the_fraction_never_falls_and_ends_at_one() -> None:
    host = Clockwork(100.0)
    budget = Budget(host)
    for elapsed in (10.0, 60.0, 40.0, 90.0):
        host.elapsed = elapsed
        budget.tell(Phase.TUNE, elapsed)
    budget.tell(Phase.FINAL_CHECK, 3, 3)

    fractions = [event.fraction or 0.0 for event in host.events]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    for event in host.events:
        assert event.eta_seconds is not None
        assert 0 <= event.eta_seconds[0] <= event.eta_seconds[1]
