"""Each check finds what it is for, and says nothing about images that are as they should be."""

from collections.abc import Callable

import msgspec
import numpy as np
import pytest

from automl.data.images.checks.base import ImageEvidence
from automl.data.images.checks.registry import image_findings
from automl.domain.images import ImageRecord
from automl.domain.issues import Issue
from automl.domain.labels import Label, Provenance

COUNT = 120
Change = Callable[[ImageRecord], dict[str, object]]


def image(number: int) -> ImageRecord:
    chance = np.random.default_rng(number)
    name = ("good", "scratch", "pit")[number % 3]
    return ImageRecord(
        number=number,
        path=f"{name}/{number}.png",
        sha256=f"{number:064d}",
        size_bytes=1000,
        width=640,
        height=480,
        channels=1,
        bits=8,
        class_name=name,
        group=number,
        brightness=float(chance.normal(0.5, 0.02)),
        contrast=float(chance.normal(0.1, 0.01)),
        sharpness=float(chance.normal(0.03, 0.002)),
        thumbnail=(0, 0),
    )


def findings(change: Change | None = None, borders: np.ndarray | None = None) -> dict[str, Issue]:
    images = tuple(image(number) for number in range(1, COUNT + 1))
    if change is not None:
        images = tuple(msgspec.structs.replace(each, **change(each)) for each in images)
    labels = {each.sha256: Label(each.sha256, each.class_name, Provenance.IMPORTED) for each in images}
    edges = np.array([[each.brightness] * 4 for each in images]) + np.random.default_rng(0).normal(0, 0.01, (COUNT, 4))
    return {
        issue.code: issue
        for issue in image_findings(ImageEvidence(images, labels, edges if borders is None else borders))
    }


def test_images_as_they_should_be_give_no_finding() -> None:
    assert findings() == {}


SUSPICIOUS: dict[str, Change] = {
    "images.class_told_by_brightness": lambda i: {"brightness": 0.3 + 0.2 * (i.number % 3)},
    "images.class_told_by_size": lambda i: {"width": 640 + 10 * (i.number % 3)},
    "images.class_told_by_format": lambda i: {"path": i.path.replace(".png", (".png", ".bmp", ".jpg")[i.number % 3])},
    "images.class_told_by_folder": lambda i: {"path": f"day{i.number % 3}/{i.path}"},
    "images.size_mix": lambda i: {"width": 640 + i.number % 2, "height": 480 + i.number % 2},
    "images.shape_mix": lambda i: {"width": 640 if i.number % 2 else 200},
    "images.repeated": lambda i: {"sha256": f"{3 * (i.number // 6) + i.number % 3:064d}"},
    "images.copies_differ": lambda i: {"sha256": f"{i.number // 2:064d}"},
    "images.near_duplicates": lambda i: {"group": i.number // 6 * 3 + i.number % 3},
    "images.class_few_parts": lambda i: {"group": i.number % 3 if i.number % 3 else i.number + 10},
    "images.class_small": lambda i: {"class_name": "pit" if i.number in (2, 5) else ("good", "scratch")[i.number % 2]},
    "images.dark": lambda i: {"brightness": 0.05} if i.number == 7 else {},
    "images.bright": lambda i: {"brightness": 0.98} if i.number == 7 else {},
    "images.blank": lambda i: {"contrast": 0.0} if i.number in (7, 8) else {},
    "images.blurred": lambda i: {"sharpness": 0.004} if i.number == 7 else {},
}


@pytest.mark.parametrize("code", SUSPICIOUS)
def test_each_check_finds_what_it_is_for(code: str) -> None:
    assert code in findings(SUSPICIOUS[code])


def test_odd_images_are_named() -> None:
    assert findings(SUSPICIOUS["images.dark"])["images.dark"].rows == (7,)


def test_what_a_whole_class_has_in_common_is_not_odd() -> None:
    assert "images.blurred" not in findings(lambda i: {"sharpness": 0.004} if i.class_name == "pit" else {})


def test_a_border_that_tells_the_class_is_found() -> None:
    chance = np.random.default_rng(1)
    borders = chance.normal(0.5, 0.02, (COUNT, 4))
    borders[:, 3] += 0.2 * (np.arange(1, COUNT + 1) % 3)
    assert "images.class_told_by_border" in findings(borders=borders)


def test_groups_are_not_torn_when_traces_are_judged() -> None:
    """With three parts in all, brightness knows the part, not the class of the next one."""
    found = findings(lambda i: {"group": i.number % 3, "brightness": 0.3 + 0.2 * (i.number % 3)})
    assert "images.class_told_by_brightness" not in found
