"""Advice says what the results show, with the images it speaks of, and is silent otherwise."""

import numpy as np
from numpy.typing import NDArray

from automl.domain.image_result import Advice, ImageVerdict, JudgedImage
from automl.domain.images import ImageRecord
from automl.explain.image_advice import JudgedClasses, advise

NAMES = ("good", "crack", "fray")


def image(number: int, group: int = 0, brightness: float = 0.5, sharpness: float = 0.1) -> ImageRecord:
    return ImageRecord(
        number=number,
        path=f"{number}.png",
        sha256=f"{number:064x}",
        size_bytes=1,
        width=8,
        height=8,
        channels=1,
        bits=8,
        class_name="",
        group=group or number,
        brightness=brightness,
        contrast=0.2,
        sharpness=sharpness,
        thumbnail=(0, 0),
    )


class Results:
    """Judged images, one by one."""

    def __init__(self) -> None:
        self.images: list[ImageRecord] = []
        self.judged: list[JudgedImage] = []
        self.answers: list[NDArray[np.float64]] = []

    def add(self, actual: int, predicted: int, sure: float = 0.7, group: int = 0, brightness: float = 0.5) -> int:
        number = len(self.images) + 1
        light = brightness + 0.001 * (number % 17)
        self.images.append(image(number, group, light, 0.1 + 0.001 * (number % 13)))
        self.judged.append(JudgedImage(number, actual, predicted, sure, 0.5, ImageVerdict.OK))
        answer = np.full(3, (1 - sure) / 2)
        answer[predicted] = sure
        self.answers.append(answer)
        return number

    def said(self, counts: tuple[int, ...] = (200, 100, 100)) -> dict[str, Advice]:
        found = advise(JudgedClasses(NAMES, (0,), counts), tuple(self.judged), self.images, np.array(self.answers))
        return {one.words.code.removeprefix("advice."): one for one in found}


def usual(results: Results, right: int = 60) -> None:
    for place in range(right):
        results.add(place % 3, place % 3)


def test_good_results_need_no_advice() -> None:
    results = Results()
    usual(results)

    assert results.said() == {}


def test_mistakes_on_dark_images_are_named() -> None:
    results = Results()
    usual(results)
    dark = tuple(results.add(0, 1, brightness=0.2) for _ in range(4))
    results.add(0, 1)

    said = results.said()

    assert said["dark_mistakes"].numbers == dark
    assert said["dark_mistakes"].words.parameters == {"count": 4, "mistakes": 5}
    assert said["dark_mistakes"].action == "show"
    assert "bright_mistakes" not in said


def test_a_class_of_few_images_that_is_not_recognised_needs_more() -> None:
    results = Results()
    usual(results)
    missed = tuple(results.add(2, 0) for _ in range(10))

    advice = results.said(counts=(200, 100, 31))["few_images"]

    assert advice.numbers == missed
    assert advice.words.parameters == {"class_name": "fray", "count": 31, "more": 10, "missed": 10, "of": 30}
    assert advice.action == "add"
    assert "few_images" not in results.said(counts=(200, 100, 310))


def test_labels_that_are_firmly_contradicted_look_wrong() -> None:
    results = Results()
    usual(results)
    wrong = results.add(1, 2, sure=0.95)
    results.add(1, 2, sure=0.6)

    assert results.said()["labels_look_wrong"].numbers == (wrong,)


def test_twins_with_different_labels_are_shown() -> None:
    results = Results()
    usual(results)
    twins = (results.add(0, 0, group=900), results.add(1, 1, group=900))

    advice = results.said()["twins_disagree"]

    assert advice.numbers == twins
    assert advice.action == "check"


def test_two_classes_taken_for_each_other_are_named() -> None:
    results = Results()
    usual(results)
    mistaken = tuple(results.add(*pair) for pair in ((1, 2), (2, 1), (1, 2), (2, 1)))

    advice = results.said()["confused_pair"]

    assert advice.numbers == mistaken
    assert advice.words.parameters["class_name"] == "crack"
    assert advice.words.parameters["other"] == "fray"
