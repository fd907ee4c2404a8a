"""What a collection of images is made of is counted, not guessed."""

import msgspec

from automl.domain.images import ImageRecord
from desktop.pages.data.images.make_up import MakeUp, make_up

PART = ImageRecord(1, "ok/a.png", "ab", 10, 64, 48, 3, 8, "ok", 1, 0.5, 0.1, 0.1, (0, 0))


def other(**changes: object) -> ImageRecord:
    return msgspec.structs.replace(PART, **changes)


def test_sizes_formats_colours_and_shots_of_one_part_are_counted() -> None:
    images = [
        PART,
        other(number=2, path="ok/b.v2.JPEG"),
        other(number=3, path="ng/c.jpg", channels=1, group=2),
        other(number=4, path="ng/노트", width=100, height=10, bits=16, group=3),
    ]

    assert make_up(images) == MakeUp(
        images=4,
        size=(64, 48),
        of_size=3,
        smallest=(100, 10),
        largest=(64, 48),
        formats=(("JPG", 2), ("PNG", 1), ("", 1)),
        grey=1,
        deep=1,
        parts=3,
    )


def test_nothing_is_made_of_nothing() -> None:
    assert make_up(()) is None
