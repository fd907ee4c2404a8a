"""Which images count as mistakes at a line, and what the line finds and stops."""

from automl.domain.image_result import HistogramOfTwo, ImageEvaluation, ImageVerdict, JudgedImage
from desktop.pages.compare.mistakes.kinds import MistakeKind, counts_at, line_that_finds_all, mistakes_at

GOOD, CRACK, FRAY = 0, 1, 2
NO_HISTOGRAM = HistogramOfTwo((0.0, 1.0), (0,), (0,))


def judged(number: int, actual: int, predicted: int, unusual: float) -> JudgedImage:
    return JudgedImage(number, actual, predicted, 0.8, unusual, ImageVerdict.OK)


def evaluation(*images: JudgedImage, good: tuple[int, ...] = (GOOD,)) -> ImageEvaluation:
    return ImageEvaluation(
        model_id="m", classes=("good", "crack", "fray"), good=good, judged=images, histogram=NO_HISTOGRAM
    )


FOUND = evaluation(
    judged(1, GOOD, GOOD, 0.1),
    judged(2, GOOD, CRACK, 0.6),
    judged(3, CRACK, GOOD, 0.3),
    judged(4, CRACK, CRACK, 0.9),
    judged(5, FRAY, CRACK, 0.8),
    judged(6, FRAY, GOOD, 0.05),
)


def test_mistakes_are_told_worst_first() -> None:
    found = mistakes_at(FOUND, 0.5)
    assert [(one.image.number, one.kind) for one in found] == [
        (6, MistakeKind.MISSED),
        (3, MistakeKind.MISSED),
        (2, MistakeKind.FALSE_ALARM),
        (5, MistakeKind.MIXED_UP),
    ]


def test_another_line_makes_other_mistakes() -> None:
    assert {one.image.number for one in mistakes_at(FOUND, 0.2)} == {6, 2, 5}
    assert {one.image.number for one in mistakes_at(FOUND, 0.7)} == {6, 3, 5}


def test_a_line_is_counted_on_both_sides() -> None:
    counts = counts_at(FOUND, 0.5)
    assert (counts.flawed, counts.found, counts.good, counts.stopped) == (4, 2, 2, 1)


def test_the_line_that_finds_all_is_as_high_as_can_be() -> None:
    line = line_that_finds_all(FOUND)
    assert line == 0.05
    assert counts_at(FOUND, line).found == 4


def test_without_good_classes_another_name_is_the_mistake() -> None:
    found = mistakes_at(evaluation(*FOUND.judged, good=()), 0.5)
    assert {one.image.number for one in found} == {2, 3, 5, 6}
    assert {one.kind for one in found} == {MistakeKind.MIXED_UP}
    assert line_that_finds_all(evaluation(judged(1, GOOD, GOOD, 0.1))) is None
