"""Tables that list images: one column of paths, perhaps one with the class, perhaps four with a marked place."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from automl.data.connection import Progress
from automl.data.images.readers.base import Said, class_of_boxes, marked_box
from automl.data.readers.base import DamagedRows
from automl.data.readers.registry import reader_for
from automl.data.typed_table import load_texts
from automl.domain.dataset import ReadOptions
from automl.domain.images import ImageBox, is_image_file
from automl.domain.issues import Issue, Parameter, Refusal, Severity, Where
from automl.domain.label_editing import clean_name
from automl.domain.schema import Column, ColumnType, Schema
from automl.domain.spelling import nearest

_MOST_IMAGES = 0.8
_MOST_CLASSES = 20
_CLASS_SHARE = 0.2
_CLASS_WORDS = frozenset(
    {"label", "labels", "class", "class_name", "classname", "category", "target", "defect", "defect_type", "type"}
    | {"result", "judgement", "judgment", "verdict", "status"}
    | {"라벨", "레이블", "클래스", "분류", "판정", "결과", "불량", "불량유형", "유형", "종류", "정답"}
)
_SPLIT_WORDS = frozenset({"split", "set", "subset", "fold", "구분"})
_NO_CLASS = frozenset({"", "nan", "na", "n/a", "null", "-", "unlabeled", "unlabelled", "미분류"})
_CORNERS = (("xmin", "ymin", "xmax", "ymax"), ("x1", "y1", "x2", "y2"))
_EXTENTS = (("left", "top", "width", "height"), ("x", "y", "w", "h"), ("x", "y", "width", "height"))


@dataclass(frozen=True)
class ImageTable:
    """A list that was read: for every path in it, in order, what is said of the image. `options` is how it was read."""

    said: Mapping[str, Said]
    options: ReadOptions
    has_classes: bool
    issues: tuple[Issue, ...]


def image_column(names: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """Return the place of the column that names images, None when there is none."""
    for place in range(len(names)):
        cells = [row[place] for row in rows if place < len(row) and row[place].strip()]
        images = sum(is_image_file(as_path(cell)) for cell in cells)
        if cells and images >= _MOST_IMAGES * len(cells):
            return place
    return None


def as_path(text: str) -> PurePosixPath:
    """Return a path as a list has it, whichever way its strokes lean."""
    return PurePosixPath(text.strip().replace("\\", "/"))


def read_image_table(
    path: Path, options: ReadOptions, target: str, work: Path, progress: Progress
) -> ImageTable | None:
    """Read a list of images; None when the table names none. Raises Refusal for a table that cannot be read.

    `target` names the column of the class; empty lets it be found.
    """
    snapshot = work / "list.parquet"
    try:
        result = reader_for(path).read(path, options, snapshot, work, progress)
    except DamagedRows as damaged:
        raise Refusal(damaged.issue) from damaged
    schema = Schema(tuple(Column(name, ColumnType.TEXT) for name in result.names))
    texts = load_texts(snapshot, schema)
    columns = {name: [str(text) for text in texts.texts[name]] for name in result.names}
    rows = list(zip(*columns.values(), strict=True))
    place = image_column(result.names, rows)
    if place is None:
        return None
    others = {name: cells for name, cells in columns.items() if name != result.names[place]}
    corners = _box_columns(others)
    label = _class_column(others, target, corners, path)
    boxes = _boxes(others, corners, label)
    said, contradicted = _said(columns[result.names[place]], others.get(label, []), boxes)
    issues = result.issues
    if contradicted:
        parameters: dict[str, Parameter] = {"count": len(contradicted), "names": ", ".join(contradicted[:3])}
        issues += (Issue("images.list_contradicts", Severity.LOOK, parameters, Where(file=path.name)),)
    return ImageTable(said, result.options, bool(label), issues)


def _class_column(others: Mapping[str, list[str]], target: str, corners: Sequence[str], path: Path) -> str:
    """The column with the class, empty when none looks like it."""
    if target and target not in others:
        parameters = {"column": target, "file": path.name, "nearest": nearest(target, others)}
        raise Refusal(Issue("data.target_missing", parameters={**parameters}))
    if target:
        return target
    usable = [name for name in others if name not in corners and _plain(name) not in _SPLIT_WORDS]
    named = [name for name in usable if _plain(name) in _CLASS_WORDS]
    if named:
        return named[0]
    distinct = {name: len(set(others[name])) for name in usable}
    few = {
        name: count
        for name, count in distinct.items()
        if 2 <= count <= max(2, min(_MOST_CLASSES, _CLASS_SHARE * len(others[name])))
    }
    return min(few, key=lambda name: few[name], default="")


def _box_columns(others: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The four columns of a marked place as they are called here, empty without them."""
    called = {_plain(name): name for name in others}
    for names in (*_CORNERS, *_EXTENTS):
        if all(name in called for name in names):
            return tuple(called[name] for name in names)
    return ()


def _boxes(others: Mapping[str, list[str]], corners: Sequence[str], label: str) -> list[ImageBox | None]:
    if not corners or not label:
        return []
    are_corners = tuple(map(_plain, corners)) in _CORNERS
    result: list[ImageBox | None] = []
    for name, *numbers in zip(others[label], *(others[column] for column in corners), strict=True):
        try:
            left, top, third, fourth = map(float, numbers)
        except ValueError:
            result.append(None)
            continue
        width, height = (third - left, fourth - top) if are_corners else (third, fourth)
        result.append(marked_box(clean_name(name), left, top, width, height))
    return result


def _said(
    paths: Sequence[str], classes: Sequence[str], boxes: Sequence[ImageBox | None]
) -> tuple[dict[str, Said], list[str]]:
    """What is said of every path, and the paths of which two classes are said without a place."""
    names: dict[str, Counter[str]] = {}
    places: dict[str, list[ImageBox]] = {}
    for row, path in enumerate(paths):
        if not is_image_file(as_path(path)):
            continue
        known = names.setdefault(path, Counter())
        name = clean_name(classes[row]) if classes else ""
        if name.casefold() not in _NO_CLASS:
            known[name] += 1
        box = boxes[row] if boxes else None
        if box is not None and box.class_name.casefold() not in _NO_CLASS:
            places.setdefault(path, []).append(box)
    said: dict[str, Said] = {}
    contradicted = []
    for path, known in names.items():
        marked = tuple(places.get(path, ()))
        if len(known) > 1 and not marked:
            contradicted.append(path)
        name = class_of_boxes(marked) if marked else next(iter(known), "") if len(known) == 1 else ""
        said[path] = Said(name, marked)
    return said, contradicted


def _plain(name: str) -> str:
    return re.sub(r"[\s\-]+", "_", name.strip().casefold())
