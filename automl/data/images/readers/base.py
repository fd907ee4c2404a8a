"""What every reader of labels does: look at the files and say which class each image shows."""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from automl.data.connection import Progress
from automl.data.images.files import ImageFiles
from automl.domain.images import ImageBox
from automl.domain.issues import Issue, Severity

LARGEST_LABEL_FILE = 512 << 20
_NAMED = 5


@dataclass(frozen=True)
class Said:
    """What the files say of one image; no class when they name none."""

    class_name: str = ""
    boxes: tuple[ImageBox, ...] = ()


@dataclass(frozen=True)
class FoundLabels:
    """What a reader found. `said` is by file name, `left_out` are image files that are no images of parts, such as masks."""

    said: Mapping[str, Said] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Question:
    """What a reader is asked: the files, and the names of the images among them.

    `known_classes` are those of the project; `work` is an empty folder for intermediate files.
    """

    files: ImageFiles
    images: tuple[str, ...]
    known_classes: tuple[str, ...]
    work: Path


class LabelReader(Protocol):
    """Reads one way of writing labels. Raises Refusal only for a file the person pointed at; others are told as issues."""

    def read(self, question: Question, progress: Progress) -> FoundLabels:
        """Return what is said of the images; nothing when there is nothing written in this way."""
        ...


def marked_box(class_name: str, left: float, top: float, width: float, height: float) -> ImageBox:
    """Return a marked place; numbers that are none become 0, an extent is never negative."""
    left, top, width, height = (value if math.isfinite(value) else 0.0 for value in (left, top, width, height))
    return ImageBox(class_name, left, top, max(0.0, width), max(0.0, height))


def class_of_boxes(boxes: Iterable[ImageBox]) -> str:
    """The one class an image with marked places shows: the one marked most often, of several the larger in area."""
    counts: Counter[str] = Counter()
    areas: dict[str, float] = {}
    for box in boxes:
        counts[box.class_name] += 1
        areas[box.class_name] = areas.get(box.class_name, 0.0) + box.width * box.height
    return max(counts, key=lambda name: (counts[name], areas[name], name), default="")


class ImageNames:
    """Finds the image a label file means: by its whole path from some folder, else by a file name that is there once."""

    def __init__(self, images: Iterable[str]) -> None:
        self._by_path: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = {}
        for name in images:
            self._by_path[name.casefold()] = name
            self._by_name.setdefault(name.rpartition("/")[2].casefold(), []).append(name)

    def find(self, wanted: str, beside: str = "") -> str | None:
        """Return the image that `wanted` names, written in a label file of the folder `beside`; None when it is not clear."""
        plain = unicodedata.normalize("NFC", wanted).replace("\\", "/").strip().removeprefix("./").casefold()
        if not plain:
            return None
        inside = f"{beside.casefold()}/{plain}" if beside else plain
        exact = self._by_path.get(inside) or self._by_path.get(plain)
        if exact is not None:
            return exact
        same = self._by_name.get(plain.rpartition("/")[2], [])
        ending = [name for name in same if name.casefold().endswith(f"/{plain}")]
        chosen = ending if ending else same
        return chosen[0] if len(chosen) == 1 else None


def unreadable_annotations(names: Sequence[str]) -> tuple[Issue, ...]:
    """Return the finding about label files that are damaged; the images they speak of come in without a label."""
    if not names:
        return ()
    shown = ", ".join(names[:_NAMED])
    return (Issue("images.annotations_unreadable", Severity.LOOK, {"count": len(names), "names": shown}),)
