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
    sizes = Counter([(record.width, record.height) for record in records])
    size, of_size = sizes.most_common(1)[0]
    by_area = sorted(sizes, key=lambda one: (one[0] * one[1], one))
    return MakeUp(
        images=len(records),
        size=size,
        of_size=of_size,
        smallest=by_area[0],
        largest=by_area[-1],
        formats=tuple(_formats(records).most_common()),
        grey=len([record for record in records if record.channels == _GREY]),
        deep=len([record for record in records if record.bits > _USUAL_BITS]),
        parts=len({record.group for record in records}),
    )


def _formats(records: Sequence[ImageRecord]) -> Counter[str]:
    """How many images have which format. Whatever is the same for many paths is done once: pure paths are too slow here."""
    endings = Counter([record.path.rpartition(".")[1:] for record in records])
    counts = Counter[str]()
    for (dot, ending), count in endings.items():
        name = ending.upper() if dot and "/" not in ending else ""
        counts[_SAME_FORMAT.get(name, name)] += count
    return counts
