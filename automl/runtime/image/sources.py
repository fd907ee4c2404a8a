"""Images to look at: a file, a folder with all below it, a zip, or a list of paths. Nothing is unpacked, no link followed."""

import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath

from automl.runtime.csv_reading import find_table, unreadable
from automl.runtime.image.file_names import name_in_zip, shown_name
from automl.runtime.problems import refused
from automl.runtime.zip_damage import ZIP_DAMAGE

IMAGE_ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp")
HEATMAP_ENDING = ".heatmap.png"
LIST_ENDINGS = (".csv", ".tsv", ".txt")
LARGEST_FILE = 1024**3
_LOOKED_AT_ROWS = 50


@dataclass(frozen=True)
class ImageSource:
    """One image by the name a person knows it by; `read` gives its bytes or raises RefusedError.

    `places` are the files it is read from, which no answers may replace.
    """

    name: str
    read: Callable[[], bytes]
    places: tuple[Path, ...] = ()


def image_sources(path: Path) -> tuple[ImageSource, ...]:
    """Return the images of a file, folder, zip or list, in order. Raises RefusedError when there is none."""
    found = tuple(_sources(path))
    if not found:
        raise refused("predict.no_images", file=path.name)
    return found


def is_image_name(name: str) -> bool:
    """Whether a file name is that of an image to look at: not hidden, no scratch file, no heatmap of ours."""
    plain = name.lower()
    return plain.endswith(IMAGE_ENDINGS) and not plain.startswith((".", "~")) and not plain.endswith(HEATMAP_ENDING)


def images_below(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the image files in a folder and below it with their names from there, parts joined by "/", in order.

    What cannot be listed is left out, links to folders are not followed. Quick, because a watched folder may be huge.
    """
    open_folders = [("", str(folder))]
    while open_folders:
        above, place = open_folders.pop()
        below = []
        for entry in _listed_by_name(place):
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith("."):
                    below.append((f"{above}{shown_name(entry.name)}/", entry.path))
            elif is_image_name(entry.name):
                yield f"{above}{shown_name(entry.name)}", entry
        open_folders.extend(reversed(below))


def _listed_by_name(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


def file_source(path: Path, name: str) -> ImageSource:
    """Return the image of one file."""
    return ImageSource(name, partial(_read, path), (path,))


def listed(paths: Iterable[str], where: Path) -> tuple[ImageSource, ...]:
    """Return the images of the list `where`; relative paths are looked for beside it."""
    # What a Windows program wrote separates folders by backslashes; no system has them in names of images.
    places = ((each, where.parent.joinpath(*PurePath(each.replace("\\", "/")).parts)) for each in paths)
    return tuple(ImageSource(each, partial(_read, place), (place, where)) for each, place in places)


def path_column(names: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """Return the place of the first column that mostly holds names of images; None when there is none."""
    for place in range(len(names)):
        cells = [row[place] for row in rows if len(row) > place and row[place]]
        if cells and sum(map(_names_image, cells)) > len(cells) / 2:
            return place
    return None


def _sources(path: Path) -> Iterable[ImageSource]:
    if path.is_dir():
        return (file_source(Path(entry.path), name) for name, entry in images_below(path))
    if not path.exists():
        raise refused("predict.file_missing", file=path.name)
    if is_image_name(path.name):
        return (file_source(path, shown_name(path.name)),)
    if path.suffix.lower() == ".zip":
        return _in_zip(path)
    if path.suffix.lower() in LIST_ENDINGS:
        return _in_list(path)
    raise refused("predict.no_images", file=path.name)


def _in_zip(path: Path) -> tuple[ImageSource, ...]:
    try:
        # Stays open as long as the images are used: the directory of a large zip is not read again for each of them.
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise refused("predict.file_unreadable", file=path.name, reason=str(error)) from error
    named = sorted(((name_in_zip(entry), entry) for entry in archive.infolist()), key=lambda one: one[0])
    images = ((name, entry) for name, entry in named if is_image_name(name.rpartition("/")[2]))
    return tuple(
        ImageSource(name, partial(_unpacked, archive, entry, name), (path,))
        for name, entry in images
        if not name.startswith("__MACOSX/")
    )


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    try:
        with archive.open(entry) as file:
            content = file.read(LARGEST_FILE + 1)
    except (*ZIP_DAMAGE, OSError) as error:
        raise refused("image.damaged", file=name, reason=str(error)) from error
    return _of_bearable_size(content, name)


def _in_list(path: Path) -> tuple[ImageSource, ...]:
    table = find_table(path)
    rows = list(table.rows())
    place = path_column(table.names, rows[:_LOOKED_AT_ROWS] or [table.names])
    if place is None:
        raise refused("predict.no_image_column", file=path.name)
    # A list of nothing but paths has no header line.
    first = [table.names[place]] if _names_image(table.names[place]) else []
    return listed([*first, *(row[place] for row in rows if len(row) > place and row[place])], path)


def _names_image(cell: str) -> bool:
    return cell.strip().lower().endswith(IMAGE_ENDINGS)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    return _of_bearable_size(content, path.name)


def _of_bearable_size(content: bytes, name: str) -> bytes:
    if len(content) > LARGEST_FILE:
        raise refused("image.damaged", file=name, reason=f"more than {LARGEST_FILE} bytes")
    return content
