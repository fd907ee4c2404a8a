"""The ways in which classes of images are written: an explicit list; a later one has the last word on an image."""

from automl.data.connection import Progress, part
from automl.data.images.readers.base import FoundLabels, LabelReader, Question, Said
from automl.data.images.readers.class_folders import ClassFolders
from automl.data.images.readers.coco import CocoAnnotations
from automl.data.images.readers.table_lists import LIST_EXTENSIONS, TableLists
from automl.data.images.readers.voc import VocAnnotations
from automl.domain.issues import Issue

# What the readers look into; other files that are no images are counted and passed over.
LABEL_EXTENSIONS = (*LIST_EXTENSIONS, ".xml", ".json")
LABEL_READERS: tuple[LabelReader, ...] = (ClassFolders(), TableLists(), VocAnnotations(), CocoAnnotations())


def read_labels(question: Question, progress: Progress) -> FoundLabels:
    """Ask every reader and return what they say together."""
    said: dict[str, Said] = {}
    left_out: frozenset[str] = frozenset()
    issues: tuple[Issue, ...] = ()
    for place, reader in enumerate(LABEL_READERS):
        found = reader.read(question, part(progress, place / len(LABEL_READERS), (place + 1) / len(LABEL_READERS)))
        said |= {image: one for image, one in found.said.items() if one.class_name}
        left_out |= found.left_out
        issues += found.issues
    return FoundLabels(said, left_out, issues)
