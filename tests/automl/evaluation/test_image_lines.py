"""The two lines do what was asked of them, and say honestly what they do to other images."""

import numpy as np
import pytest

from automl.evaluation.image_charts import calibration_error, histogram_of_two
from automl.evaluation.image_lines import JudgedRisks, find_lines, find_sure_line, judge_band, person_curve


def overlapping(count: int = 400, seed: int = 0) -> JudgedRisks:
    random = np.random.default_rng(seed)
    flawed = random.random(count) < 0.4
    return JudgedRisks(np.clip(random.normal(0.3 + 0.4 * flawed, 0.15), 0, 1), flawed)


@pytest.mark.parametrize(("missed", "stopped"), [(0.0, 0.0), (0.01, 0.05), (0.1, 0.02)])
def test_what_was_asked_holds_on_the_images_the_lines_were_found_on(missed: float, stopped: float) -> None:
    seen = overlapping()

    band = judge_band(seen, *find_lines(seen, missed, stopped))

    assert band.missed.value <= missed
    assert band.stopped.value <= stopped
    assert band.lower <= band.upper
    assert band.missed.upper > band.missed.value


def test_parts_that_are_easily_told_apart_need_no_person() -> None:
    seen = JudgedRisks(np.array([0.1, 0.2, 0.8, 0.9]), np.array([False, False, True, True]))

    lower, upper = find_lines(seen, 0.0, 0.0)

    assert lower == upper
    assert 0.2 < lower < 0.8
    assert judge_band(seen, lower, upper).to_person.value == 0.0


def test_stricter_wishes_hand_more_to_a_person() -> None:
    seen = overlapping()
    shares = [judge_band(seen, *find_lines(seen, wish, wish)).to_person.value for wish in (0.0, 0.05, 0.2)]

    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[-1]


@pytest.mark.parametrize("flawed", [True, False])
def test_lines_can_be_drawn_when_all_parts_are_alike(flawed: bool) -> None:
    seen = JudgedRisks(np.array([0.2, 0.5, 0.9]), np.full(3, flawed))

    lower, upper = find_lines(seen, 0.0, 0.0)

    assert 0.0 <= lower <= upper <= 1.01
    assert judge_band(seen, lower, upper).missed.value == 0.0


def test_answers_below_the_line_of_doubt_are_right() -> None:
    doubt = np.linspace(0, 0.9, 10)
    wrong = np.array([False] * 7 + [True, False, True])

    line = find_sure_line(JudgedRisks(doubt, wrong), 0.0)

    assert doubt[6] < line < doubt[7]
    assert find_sure_line(JudgedRisks(doubt, ~wrong), 0.0) == 0.0
    assert find_sure_line(JudgedRisks(doubt, np.zeros(10, dtype=bool)), 0.0) > 1.0


def test_handing_over_the_doubtful_ones_leaves_fewer_mistakes() -> None:
    doubt = np.linspace(0, 1, 100)
    wrong = doubt > 0.9

    curve = dict(person_curve(doubt, wrong))

    assert curve[0.0] == pytest.approx(0.1)
    assert curve[0.1] == 0.0


def test_every_image_stands_in_the_histogram_once() -> None:
    unusual = np.array([0.0, 0.5, 1.0, 0.99])

    found = histogram_of_two(unusual, np.array([False, True, True, False]))

    assert (sum(found.good), sum(found.flawed)) == (2, 2)
    assert len(found.edges) == len(found.good) + 1
    assert found.flawed[-1] == 1


def test_calibration_error_is_the_gap_between_promise_and_truth() -> None:
    sure = np.array([[0.9, 0.1]] * 10)

    assert calibration_error(np.array([0] * 9 + [1]), sure) == pytest.approx(0.0, abs=1e-9)
    assert calibration_error(np.array([0] * 5 + [1] * 5), sure) == pytest.approx(0.4)


def test_images_unlike_anything_learned_are_for_a_person_wherever_they_lie() -> None:
    seen = JudgedRisks(np.array([0.1, 0.2, 0.8, 0.9]), np.array([False, True, True, False]))

    band = judge_band(seen, 0.5, 0.5, np.array([False, True, False, True]))

    assert (band.missed.value, band.stopped.value, band.to_person.value) == (0.0, 0.0, 0.5)
