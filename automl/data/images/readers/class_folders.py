"""Folders named after classes, as people sort images: the deepest folder that means something names the class."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from automl.data.connection import Progress
from automl.data.images.readers.base import FoundLabels, Question, Said
from automl.domain.image_goal import usual_good
from automl.domain.issues import Issue, Severity
from automl.domain.label_editing import clean_name

_SPLITS = frozenset(
    {"train", "training", "val", "valid", "validation", "test", "testing", "dev", "eval", "holdout"}
    | {"학습", "훈련", "검증", "테스트", "시험", "평가"}
)
_MASKS = frozenset(
    {"mask", "masks", "ground_truth", "groundtruth", "gt", "segmentation", "segmentationclass", "segmentationobject"}
    | {"annotation_masks", "마스크"}
)
_CONTAINERS = frozenset(
    {"img", "imgs", "image", "images", "picture", "pictures", "photo", "photos", "jpegimages", "data", "dataset", "raw"}
    | {"이미지", "사진", "데이터", "원본"}
)
_SERIAL = re.compile(r"\W*\d[\d\W_]*|.*\d{4,}.*")
_MOST_CLASSES = 200
_FEWEST_EACH = 2.0

Folders = tuple[str, ...]


class ClassFolders:
    """Reads classes off the folders the images lie in."""

    def read(self, question: Question, progress: Progress) -> FoundLabels:
        """Return the class of every image in a folder that names one, and which files are masks."""
        folders = {name: tuple(map(clean_name, name.split("/")[:-1])) for name in question.images}
        masks = frozenset(name for name, parts in folders.items() if _MASKS & {part.casefold() for part in parts})
        kept = {name: parts for name, parts in folders.items() if name not in masks}
        splits = _split_folders(kept.values())
        telling = {name: _telling(parts, splits) for name, parts in kept.items()}
        classes = _one_spelling(_classes(telling))
        issues = _told(splits)
        if not any(classes.values()):
            classes = _of_whole_folder(question, kept)
        elif not _are_classes(classes, question.known_classes):
            issues += (Issue("images.folders_not_classes", Severity.INFO, {"count": len(set(classes.values()))}),)
            classes = {}
        progress(1.0, 1.0)
        said = {name: Said(class_name) for name, class_name in classes.items() if class_name}
        return FoundLabels(said, masks, issues)


def _split_folders(all_folders: Iterable[Folders]) -> frozenset[Folders]:
    """Paths of folders such as train and test: all folders beside them are named so too."""
    children: dict[Folders, set[str]] = {}
    for parts in all_folders:
        for depth in range(len(parts)):
            children.setdefault(parts[:depth], set()).add(parts[depth])
    return frozenset(
        (*parent, name)
        for parent, names in children.items()
        if all(name.casefold() in _SPLITS for name in names)
        for name in names
    )


def _telling(parts: Folders, splits: frozenset[Folders]) -> Folders:
    """The folders that may name a class, outermost first."""
    return tuple(
        part
        for depth, part in enumerate(parts)
        if parts[: depth + 1] not in splits and part.casefold() not in _CONTAINERS
    )


def _classes(telling: Mapping[str, Folders]) -> dict[str, str]:
    """The deepest folder that is no date or number; an outer level when only that one says what is good."""
    deepest = {name: _deepest(parts) for name, parts in telling.items()}
    if not usual_good(set(deepest.values())):
        for depth in range(max(map(len, telling.values()), default=0)):
            level = {name: parts[depth] if len(parts) > depth else "" for name, parts in telling.items()}
            if len(set(level.values())) > 1 and usual_good(set(level.values())):
                return level
    return deepest


def _deepest(parts: Sequence[str]) -> str:
    words = [part for part in parts if not _SERIAL.fullmatch(part)]
    return words[-1] if words else parts[-1] if parts else ""


def _one_spelling(classes: Mapping[str, str]) -> dict[str, str]:
    """Let OK and ok be one class, spelled as most folders spell it."""
    counts = Counter(classes.values())
    spelling: dict[str, str] = {}
    for name, _ in counts.most_common():
        spelling.setdefault(name.casefold(), name)
    return {image: spelling[name.casefold()] for image, name in classes.items()}


def _are_classes(classes: Mapping[str, str], known: Sequence[str]) -> bool:
    """Whether folders sort by class: a single one must mean good or be a class already, and most hold several images."""
    counts = Counter(name for name in classes.values() if name)
    if len(counts) == 1:
        return bool(usual_good(counts)) or any(name.casefold() in map(str.casefold, known) for name in counts)
    several = sum(counts.values()) / len(counts) >= _FEWEST_EACH
    return len(counts) <= _MOST_CLASSES and (several or bool(usual_good(counts)))


def _of_whole_folder(question: Question, kept: Iterable[str]) -> dict[str, str]:
    """A flat folder may be a class itself: named like one of the project, or like good parts."""
    name = clean_name(question.files.path.stem if question.files.path.is_file() else question.files.path.name)
    if usual_good([name]) or name.casefold() in map(str.casefold, question.known_classes):
        return dict.fromkeys(kept, name)
    return {}


def _told(splits: frozenset[Folders]) -> tuple[Issue, ...]:
    if not splits:
        return ()
    names = ", ".join(sorted({path[-1] for path in splits}))
    return (Issue("images.split_folders", Severity.INFO, {"names": names}),)
