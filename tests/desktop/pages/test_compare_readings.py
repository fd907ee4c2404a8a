"""The sums and sentences of the Compare page. Nothing here needs a window."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from automl.domain.language import Language
from automl.domain.result import (
    AlarmPoint,
    CalibrationBin,
    Comparison,
    ImportanceBar,
    Interval,
    ModelEvaluation,
    RegressionPoints,
)
from automl.domain.task import Family, Metric, TaskKind
from desktop.i18n import Translator
from desktop.pages.compare import alarm_line, readings
from desktop.pages.compare.class_cards import most_frequent
from desktop.pages.compare.side_by_side import headline, pair_of, sentences
from tests.desktop.results import COST, POINTS, evaluation, leaderboard, model


@st.composite
def counts(draw: st.DrawFn) -> tuple[AlarmPoint, ...]:
    """Counts as alarm lines rise: alarms only become fewer."""
    yes, no = draw(st.integers(0, 50)), draw(st.integers(0, 50))
    lines = sorted(draw(st.sets(st.floats(0, 1), min_size=1, max_size=8)))
    found = sorted(draw(st.lists(st.integers(0, yes), min_size=len(lines), max_size=len(lines))), reverse=True)
    false = sorted(draw(st.lists(st.integers(0, no), min_size=len(lines), max_size=len(lines))), reverse=True)
    return tuple(
        AlarmPoint(line, right, yes - right, wrong, no - wrong)
        for line, right, wrong in zip(lines, found, false, strict=True)
    )


@given(counts(), st.floats(-1, 2))
def test_no_point_is_nearer_than_the_one_taken(points: tuple[AlarmPoint, ...], line: float) -> None:
    place = alarm_line.place_of(points, line)
    assert all(abs(points[place].line - line) <= abs(one.line - line) for one in points)


@given(counts())
def test_curves_stay_between_nothing_and_all(points: tuple[AlarmPoint, ...]) -> None:
    for curve in (alarm_line.found_against_stopped(points), alarm_line.real_against_found(points)):
        assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in curve)
        found_or_stopped = [x for x, _ in curve]
        assert found_or_stopped == sorted(found_or_stopped)


def test_as_more_alarms_are_raised_fewer_are_real() -> None:
    same_found = (AlarmPoint(0.1, 5, 0, 20, 0), AlarmPoint(0.2, 5, 0, 5, 15), AlarmPoint(0.3, 5, 0, 0, 20))
    assert alarm_line.real_against_found(same_found) == ((1.0, 1.0), (1.0, 0.5), (1.0, 0.2))


@given(counts())
def test_every_row_is_counted_at_every_line(points: tuple[AlarmPoint, ...]) -> None:
    totals = {alarm_line.positives(one) + alarm_line.negatives(one) for one in points}
    assert len(totals) == 1
    assert all(alarm_line.alarms(one) + one.missed + one.let_through in totals for one in points)


def test_mistakes_cost_what_was_said() -> None:
    assert [alarm_line.mistakes_cost(one, COST) for one in POINTS] == [9000, 3000, 2500, 6000, 10000]
    assert alarm_line.cost_without_alarms(POINTS[0], COST) == 10000
    assert alarm_line.cost_per_thousand(2500, POINTS[2]) == 25000


def test_a_line_is_read_in_money_or_in_counts() -> None:
    assert readings.alarm_reading(POINTS[2], COST) == "At this setting mistakes cost ₩2,500 on 100 rows."
    assert readings.alarm_reading(POINTS[2], None) == "It finds 8 of 10 and raises 5 false alarms."
    assert readings.real_alarms(POINTS[2]) == "8 of 13 alarms are real (62%)."
    assert readings.real_alarms(POINTS[4]) == "There is no alarm at this setting."
    assert readings.curve_reading(POINTS[2], "yes") == "It finds 80% of “yes” while stopping 5.6% of the others."


def test_calibration_is_read_where_it_matters_most() -> None:
    bins = evaluation("x").calibration
    assert readings.calibration_reading(bins, "yes").startswith("When it says 45% risk, about 50 of 100")
    sure = (CalibrationBin(0.5, Interval(0.4, 0.3, 0.5), 30), CalibrationBin(0.9, Interval(0.8, 0.7, 0.9), 30))
    assert readings.calibration_reading(sure, "").startswith("When it is 90% sure, it is right in about 80")
    assert "too few rows" in readings.calibration_reading((), "yes")


def test_mistakes_are_read_by_the_kind_of_answer() -> None:
    found = evaluation("x")
    assert readings.mistakes_reading(found, TaskKind.BINARY, ("no", "yes")) == (
        "It misses 1 row and stops 20 without need."
    )
    classes = ("A", "B", "C")
    mixed = msgspec.structs.replace(found, confusion=((5, 1, 0), (4, 9, 0), (0, 0, 3)), mistake_count=5)
    assert readings.mistakes_reading(mixed, TaskKind.MULTICLASS, classes) == "4 of 5 mistakes take “B” for “A”."
    perfect = ModelEvaluation(model_id="x", on_holdout=True, row_count=9)
    assert readings.mistakes_reading(perfect, TaskKind.BINARY, ("no", "yes")) == "There is no mistake."


def test_classes_are_read_from_the_table_of_answers() -> None:
    confusion = ((5, 1, 0), (4, 6, 0), (0, 0, 0))
    assert readings.heat_reading(confusion) == "It names 11 of 16 rows rightly (68.8%)."
    assert readings.found_of_classes(confusion) == (5 / 6, 0.6, None)
    assert readings.classes_reading(confusion, ("A", "B", "C")) == "“B” is found least: 60% of its rows."


def test_of_many_classes_the_most_frequent_are_shown_in_their_order() -> None:
    confusion = tuple(tuple(place if place == row else 0 for place in range(15)) for row in range(15))
    assert most_frequent(confusion) == tuple(range(3, 15))


def number_points(errors: tuple[int, ...]) -> RegressionPoints:
    return RegressionPoints((10.0, 20.0, 30.0, 40.0), (11.0, 19.0, 33.0, 40.0), errors, (-3.0, -1.0, 1.0, 3.0))


def test_numbers_say_how_far_off_they_are() -> None:
    points = number_points((2, 8, 2))
    assert readings.scatter_reading(points, (1.0, 2.0), "UM") == (
        "75% of the predictions of UM lie in the likely range of ±2."
    )
    assert readings.scatter_reading(points, None, "UM") == "9 of 10 predictions of UM are within ±3."


@pytest.mark.parametrize(
    ("errors", "said"), [((2, 8, 2), "evenly"), ((0, 2, 8), "too much"), ((8, 2, 0), "too little")]
)
def test_errors_that_lean_to_a_side_are_named(errors: tuple[int, int, int], said: str) -> None:
    assert said in readings.residual_reading(number_points(errors))


def test_importance_is_said_in_shares_of_the_error() -> None:
    summary, bars = model("x", Family.BOOSTED, number=1, score=0.2), evaluation("x").importance
    loss = readings.undisturbed_loss(summary, TaskKind.BINARY)
    assert readings.importance_reading(bars, loss) == "Without MELT_TEMP its error would be 50% larger."
    assert readings.importance_sentence(bars[0], loss) == (
        "Without MELT_TEMP its error would be 50% larger (likely 40% to 60%)."
    )
    assert "nothing would change" in readings.importance_sentence(bars[1], loss)
    assert readings.importance_reading(bars[1:], loss) == "No single column matters beyond chance."
    assert readings.importance_reading((), loss) == "What it relies on was not measured."
    assert readings.importance_reading(bars, None) == "MELT_TEMP matters most."


def test_a_column_that_may_not_matter_does_not() -> None:
    assert not readings.matters(ImportanceBar("X", Interval(0.1, 0.0, 0.2)))


def test_two_models_are_told_apart_from_the_second_ones_side() -> None:
    board = leaderboard()
    pair = pair_of(board, "blend", "boosted-3")
    assert pair is not None
    assert headline(pair) == "The difference is not larger than chance."
    assert sentences(pair).startswith("The log loss of Recipe 3 is 0.01 higher, give or take 0.03.")
    assert "easier to explain" in sentences(pair)
    turned = pair_of(board, "boosted-3", "blend")
    assert turned is not None
    assert turned.difference == Interval(-0.01, -0.04, 0.02)
    assert "harder to explain" in sentences(turned)


def test_a_proven_difference_names_the_better_one() -> None:
    pair = pair_of(leaderboard(), "boosted-3", "linear-1")
    assert pair is not None
    assert headline(pair) == "Recipe 3 is better, beyond chance."
    higher = pair_of(leaderboard(Metric.ACCURACY), "boosted-3", "linear-1")
    assert higher is not None
    assert headline(higher) == "Recipe 1 is better, beyond chance."


def test_a_difference_beyond_chance_may_still_be_hardly_any() -> None:
    board = msgspec.structs.replace(
        leaderboard(), comparisons=(Comparison("boosted-3", "linear-1", Interval(-0.001, -0.002, -0.0005), True),)
    )
    pair = pair_of(board, "boosted-3", "linear-1")
    assert pair is not None
    assert headline(pair) == "Recipe 3 is better, but by less than 1%."


def test_a_whisker_off_zero_that_is_not_proven_is_explained() -> None:
    board = msgspec.structs.replace(
        leaderboard(), comparisons=(Comparison("boosted-3", "linear-1", Interval(-0.1, -0.19, -0.01), False),)
    )
    pair = pair_of(board, "boosted-3", "linear-1")
    assert pair is not None
    assert headline(pair) == "With so many models compared, this may still be chance."


def test_money_is_spoken_of_as_money(words: Translator) -> None:
    pair = pair_of(leaderboard(Metric.COST, COST), "linear-1", "boosted-3")
    assert pair is not None
    assert sentences(pair).startswith("Recipe 3 costs ₩0.1 less per 1,000 rows")
    words.set_language(Language.KOREAN)
    assert sentences(pair).startswith("조합 3의 비용이 1,000행당 ₩0.1 덜 듭니다")


def test_models_that_were_not_compared_make_no_pair() -> None:
    assert pair_of(leaderboard(), "blend", "linear-1") is None
    assert pair_of(leaderboard(), "blend", "nobody") is None
