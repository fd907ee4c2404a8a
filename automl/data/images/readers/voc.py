"""Pascal VOC: one XML file an image with marked places. Documents with their own entities are not read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

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
from automl.domain.images import IMAGE_EXTENSIONS, ImageBox
from automl.domain.label_editing import clean_name

_SEVERAL = 64
_DEEPEST = 32
_CORNERS = ("xmin", "ymin", "xmax", "ymax")


class VocAnnotations:
    """Reads the XML files beside images."""

    def read(self, question: Question, progress: Progress) -> FoundLabels:
        """Return the marked places and classes of every image that an XML file speaks of."""
        documents = [name for name in question.files.names() if name.lower().endswith(".xml")]
        names = ImageNames(question.images) if documents else ImageNames(())
        said: dict[str, Said] = {}
        damaged: list[str] = []
        for done, document in enumerate(documents):
            if done % _SEVERAL == 0:
                progress(done, len(documents))
            annotation = _read(question.files, document)
            if annotation is None:
                damaged.append(document)
            elif annotation.is_voc and (image := _image_of(annotation, document, names)) is not None:
                boxes = annotation.boxes()
                said[image] = Said(class_of_boxes(boxes), boxes)
        return FoundLabels(said, issues=unreadable_annotations(damaged))


@dataclass
class _Annotation:
    """One document as it is being read: the path of open elements, and every object as its texts by element path."""

    open: list[str] = field(default_factory=list)
    file_name: str = ""
    objects: list[dict[str, str]] = field(default_factory=list)
    is_voc: bool = False

    def start(self, name: str, _: dict[str, str]) -> None:
        self.open.append(name)
        self.is_voc = self.is_voc or self.open == ["annotation"]
        if self.open == ["annotation", "object"]:
            self.objects.append({})
        if len(self.open) > _DEEPEST:
            raise ValueError("too deep")

    def end(self, _: str) -> None:
        self.open.pop()

    def text(self, data: str) -> None:
        if self.open == ["annotation", "filename"]:
            self.file_name += data
        elif self.open[:2] == ["annotation", "object"] and self.objects:
            key = "/".join(self.open[2:])
            self.objects[-1][key] = self.objects[-1].get(key, "") + data

    def boxes(self) -> tuple[ImageBox, ...]:
        """The objects that have a name; one without a readable place has no extent."""
        named = ((clean_name(each.get("name", "")), each) for each in self.objects)
        return tuple(_box(name, each) for name, each in named if name)


def _box(name: str, texts: dict[str, str]) -> ImageBox:
    try:
        left, top, right, bottom = (float(texts.get(f"bndbox/{corner}", "0")) for corner in _CORNERS)
    except ValueError:
        left = top = right = bottom = 0.0
    return marked_box(name, left, top, right - left, bottom - top)


def _read(files: ImageFiles, name: str) -> _Annotation | None:
    """Read one document; None when it is damaged. Nothing outside of it is ever looked at."""
    if files.size(name) > LARGEST_LABEL_FILE:
        return None
    annotation = _Annotation()
    parser = expat.ParserCreate()
    parser.StartElementHandler = annotation.start
    parser.EndElementHandler = annotation.end
    parser.CharacterDataHandler = annotation.text
    parser.EntityDeclHandler = _refuse_entities
    try:
        parser.Parse(files.read(name), True)
    except (expat.ExpatError, FileUnreadableError, ValueError, LookupError):
        return None
    return annotation


def _refuse_entities(*_: object) -> None:
    raise ValueError("a document with its own entities")


def _image_of(annotation: _Annotation, document: str, names: ImageNames) -> str | None:
    folder = document.rpartition("/")[0]
    stem = document.rpartition("/")[2].rpartition(".")[0]
    candidates: Sequence[str] = (annotation.file_name, *(stem + ending for ending in IMAGE_EXTENSIONS))
    found = (names.find(candidate, folder) for candidate in candidates)
    return next((image for image in found if image is not None), None)
