"""What a collection of images is made of: sizes, formats and colours, counted. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from automl.domain.images import ImageRecord

_GREY = 1
_USUAL_BITS = 8
_SAME_FORMAT = {"JPEG": "JPG", "TIFF": "TIF"}


@dataclass(frozen=True)
class MakeUp:
    """`size` is the most frequent one, of `of_size` images; `smallest` and `largest` by area; formats most frequent first.

    `parts` counts the groups: shots of one part, or copies of one file, are one group.
    """

    images: int
    size: tuple[int, int]
    of_size: int
    smallest: tuple[int, int]
    largest: tuple[int, int]
    formats: tuple[tuple[str, int], ...]
    grey: int
    deep: int
    parts: int


def make_up(records: Sequence[ImageRecord]) -> MakeUp | None:
    """Count what images are made of; None without any."""
    if not records:
        return None
    sizes = Counter((record.width, record.height) for record in records)
    size, of_size = sizes.most_common(1)[0]
    by_area = sorted(sizes, key=lambda one: (one[0] * one[1], one))
    return MakeUp(
        images=len(records),
        size=size,
        of_size=of_size,
        smallest=by_area[0],
        largest=by_area[-1],
        formats=tuple(Counter(_format(record.path) for record in records).most_common()),
        grey=sum(record.channels == _GREY for record in records),
        deep=sum(record.bits > _USUAL_BITS for record in records),
        parts=len({record.group for record in records}),
    )


def _format(path: str) -> str:
    # Asked tens of thousands of times at once, which pure paths are too slow for.
    _, dot, ending = path.rpartition("/")[2].rpartition(".")
    name = ending.upper() if dot else ""
    return _SAME_FORMAT.get(name, name)
