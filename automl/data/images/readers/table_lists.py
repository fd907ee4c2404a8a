"""Tables that lie among the images and say which class each of them shows."""

from pathlib import Path, PurePosixPath

from automl.data.connection import Progress, part
from automl.data.images.files import FileUnreadableError, ImageFiles
from automl.data.images.readers.base import FoundLabels, ImageNames, Question, Said, unreadable_annotations
from automl.data.images.readers.image_table import ImageTable, read_image_table
from automl.domain.dataset import ReadOptions
from automl.domain.issues import Refusal

# Other text files beside images say other things; a list is a table people make.
LIST_EXTENSIONS = (".csv", ".tsv", ".xlsx", ".xls")
_MOST_TABLES = 8
_LARGEST = 256 << 20


class TableLists:
    """Reads the tables of the outermost folders."""

    def read(self, question: Question, progress: Progress) -> FoundLabels:
        """Return the classes that tables give to images that are there."""
        tables = [name for name in question.files.names() if _may_be_a_list(name)][:_MOST_TABLES]
        names = ImageNames(question.images) if tables else ImageNames(())
        said: dict[str, Said] = {}
        damaged: list[str] = []
        for place, name in enumerate(tables):
            reading = part(progress, place / len(tables), (place + 1) / len(tables))
            try:
                table = _table(question.files, name, question.work, reading)
            except (Refusal, FileUnreadableError):
                damaged.append(name)
                continue
            for path, one in table.said.items() if table is not None else ():
                image = names.find(path, name.rpartition("/")[0])
                if image is not None:
                    said[image] = one
        return FoundLabels(said, issues=unreadable_annotations(damaged))


def _may_be_a_list(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in LIST_EXTENSIONS and name.count("/") <= 1


def _table(files: ImageFiles, name: str, work: Path, progress: Progress) -> ImageTable | None:
    if files.size(name) > _LARGEST:
        raise FileUnreadableError(f"> {_LARGEST} bytes")
    copy = work / f"list{PurePosixPath(name).suffix.lower()}"
    copy.write_bytes(files.read(name))
    return read_image_table(copy, ReadOptions(skip_damaged_rows=True), "", work, progress)
