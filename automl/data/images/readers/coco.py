"""COCO: one JSON file with all images, their marked places and the names of the classes."""

import msgspec

from automl.data.connection import Progress
from automl.data.images.files import FileUnreadableError, ImageFiles
from automl.data.images.readers.base import (
    LARGEST_LABEL_FILE,
    FoundLabels,
    ImageNames,
    Question,
    Said,
    class_of_boxes,
    marked_box,
    unreadable_annotations,
)
from automl.domain.images import ImageBox
from automl.domain.label_editing import clean_name

_SIDES = 4
_Id = int | str


class _Image(msgspec.Struct):
    id: _Id
    file_name: str


class _Annotation(msgspec.Struct):
    image_id: _Id
    category_id: _Id
    bbox: list[float] = []


class _Category(msgspec.Struct):
    id: _Id
    name: str


class _Document(msgspec.Struct):
    images: list[_Image]
    annotations: list[_Annotation]
    categories: list[_Category]


class CocoAnnotations:
    """Reads the JSON files of an import that hold images, annotations and categories."""

    def read(self, question: Question, progress: Progress) -> FoundLabels:
        """Return the marked places and classes of every image that is named and there."""
        documents = [name for name in question.files.names() if name.lower().endswith(".json")]
        names = ImageNames(question.images) if documents else ImageNames(())
        said: dict[str, Said] = {}
        damaged: list[str] = []
        for done, name in enumerate(documents):
            progress(done, len(documents))
            content = _content(question.files, name)
            if not _claims_to_be_coco(content):
                continue
            try:
                document = msgspec.json.decode(content, type=_Document)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                damaged.append(name)
            else:
                said |= _said(document, names, name.rpartition("/")[0])
        return FoundLabels(said, issues=unreadable_annotations(damaged))


def _content(files: ImageFiles, name: str) -> bytes:
    try:
        return b"" if files.size(name) > LARGEST_LABEL_FILE else files.read(name)
    except FileUnreadableError:
        return b""


def _claims_to_be_coco(content: bytes) -> bool:
    return b'"annotations"' in content and b'"images"' in content


def _said(document: _Document, names: ImageNames, folder: str) -> dict[str, Said]:
    classes = {category.id: clean_name(category.name) for category in document.categories}
    boxes: dict[_Id, list[ImageBox]] = {}
    for annotation in document.annotations:
        if name := classes.get(annotation.category_id, ""):
            left, top, width, height = annotation.bbox if len(annotation.bbox) == _SIDES else [0.0] * _SIDES
            boxes.setdefault(annotation.image_id, []).append(marked_box(name, left, top, width, height))
    found = ((names.find(image.file_name, folder), boxes.get(image.id, [])) for image in document.images)
    return {image: Said(class_of_boxes(marked), tuple(marked)) for image, marked in found if image is not None}
