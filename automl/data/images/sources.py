"""What can be imported as images: a folder, a zip, one image, or a table that lists images."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from automl.data.connection import Progress
from automl.data.images.files import FolderFiles, ImageFiles
from automl.data.images.readers.base import ImageNames, Said
from automl.data.images.readers.image_table import as_path, image_column, read_image_table
from automl.data.images.zip_files import ZipFiles
from automl.data.readers.registry import reader_for
from automl.domain.dataset import ReadOptions
from automl.domain.images import is_image_file
from automl.domain.issues import Issue, Parameter, Refusal, Severity, Where
from automl.domain.job import ImportJob
from automl.domain.table_files import is_table_file
from automl.runtime.image.file_names import shown_name

ZIP_EXTENSION = ".zip"
COCO_EXTENSION = ".json"
_LARGEST_LIST = 256 << 20
# A table of two or three columns that names images is a list even when they are not to be found.
_FEW_COLUMNS = 3
_NAMED = 3


@dataclass(frozen=True)
class ImageSource:
    """Files to be imported; `said` holds what a list says of them, None where there is no list or it names no class."""

    files: ImageFiles
    options: ReadOptions
    said: Mapping[str, Said] | None = None
    issues: tuple[Issue, ...] = ()


def holds_images(path: Path, options: ReadOptions) -> bool:
    """Whether what lies here is imported as images rather than as a table."""
    if path.is_dir() or path.suffix.lower() in (ZIP_EXTENSION, COCO_EXTENSION) or is_image_file(path):
        return True
    return is_table_file(path) and _lists_images(path, options)


@contextmanager
def opened_source(job: ImportJob, work: Path, progress: Progress) -> Iterator[ImageSource]:
    """Open what is to be imported for the block. Raises Refusal when it cannot be."""
    path = Path(job.path)
    if path.is_dir():
        yield ImageSource(FolderFiles.below(path), job.options)
    elif path.suffix.lower() == ZIP_EXTENSION:
        with ZipFiles(path) as files:
            yield ImageSource(files, job.options)
    elif path.suffix.lower() == COCO_EXTENSION:
        yield ImageSource(FolderFiles.below(path.parent), job.options)
    elif is_image_file(path):
        yield ImageSource(FolderFiles(path, {shown_name(path.name): path}), job.options)
    else:
        yield _listed(job, path, work, progress)


def _lists_images(path: Path, options: ReadOptions) -> bool:
    try:
        if path.stat().st_size > _LARGEST_LIST:
            return False
        probe = reader_for(path).probe(path, options)
    except (OSError, Refusal):
        return False
    place = image_column(probe.names, probe.rows)
    if place is None:
        return False
    search = _Search(path)
    cells = (row[place] for row in probe.rows if row[place].strip())
    return len(probe.names) <= _FEW_COLUMNS or any(search.find(cell) is not None for cell in cells)


def _listed(job: ImportJob, path: Path, work: Path, progress: Progress) -> ImageSource:
    table = read_image_table(path, job.options, job.target, work, progress)
    search = _Search(path)
    found: dict[str, Path] = {}
    said: dict[str, Said] = {}
    missing: list[str] = []
    for text, one in table.said.items() if table is not None else ():
        image = search.find(text)
        if image is None:
            missing.append(text)
            continue
        listed = as_path(text)
        name = shown_name(str(listed.relative_to(listed.anchor)))
        found[name], said[name] = image, one
    if table is None or not found:
        parameters: dict[str, Parameter] = {"file": path.name, "count": len(missing), "folder": path.parent.name}
        raise Refusal(Issue("images.none_listed_found", parameters=parameters, where=Where(file=path.name)))
    return ImageSource(
        FolderFiles(path, found),
        table.options,
        said if table.has_classes else None,
        (*table.issues, *_not_found(missing, path)),
    )


class _Search:
    """Finds the images of a list: by their path from the list's folder, else by a file name that is there once below it."""

    def __init__(self, table: Path) -> None:
        self._folder = table.parent

    def find(self, text: str) -> Path | None:
        """Return where the image lies that a cell names, None when it is not clear."""
        try:
            direct = self._folder / as_path(text)
            if direct.is_file():
                return direct
        except (OSError, ValueError):
            return None
        name = self._names.find(text)
        return None if name is None else self._tree.path_of(name)

    @cached_property
    def _tree(self) -> FolderFiles:
        return FolderFiles.below(self._folder)

    @cached_property
    def _names(self) -> ImageNames:
        return ImageNames(name for name in self._tree.names() if is_image_file(Path(name)))


def _not_found(missing: Sequence[str], path: Path) -> tuple[Issue, ...]:
    if not missing:
        return ()
    parameters: dict[str, Parameter] = {"count": len(missing), "names": ", ".join(missing[:_NAMED])}
    return (Issue("images.listed_missing", Severity.LOOK, parameters, Where(file=path.name)),)
