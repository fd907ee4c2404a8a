"""What can be imported as images: a folder, a zip, one image."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from automl.data.images.files import FolderFiles, ImageFiles, readable_name
from automl.data.images.zip_files import ZipFiles
from automl.domain.images import is_image_file

ZIP_EXTENSION = ".zip"


def holds_images(path: Path) -> bool:
    """Whether what lies here is imported as images rather than as a table."""
    return path.is_dir() or path.suffix.lower() == ZIP_EXTENSION or is_image_file(path)


@contextmanager
def opened_files(path: Path) -> Iterator[ImageFiles]:
    """Open what is to be imported for the block. Raises Refusal when it cannot be."""
    with contextlib.ExitStack() as stack:
        if path.is_dir():
            yield FolderFiles.below(path)
        elif path.suffix.lower() == ZIP_EXTENSION:
            yield stack.enter_context(ZipFiles(path))
        else:
            yield FolderFiles(path, {readable_name(path.name.encode("utf-8", "surrogateescape")): path})
