"""300 damaged image files and 300 damaged label files: each is read, or told by a code. Never a traceback, never a warning."""

import json
import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from automl.data.connection import no_progress
from automl.data.images.files import FolderFiles
from automl.data.images.measure import measure
from automl.data.images.readers.base import Question
from automl.data.images.readers.coco import CocoAnnotations
from automl.data.images.readers.image_table import read_image_table
from automl.data.images.readers.registry import read_labels
from automl.data.images.readers.voc import VocAnnotations
from automl.data.images.sources import holds_images
from automl.domain.dataset import ReadOptions
from automl.domain.issues import Issue, Refusal
from automl.runtime.image.decode import UnreadableImageError, decode

MUTANTS = 300
GROUPS = 10
CODES = {"image.empty", "image.unknown_format", "image.too_large", "image.damaged", "image.too_deep"}
KINDS = ("PNG", "JPEG", "BMP", "TIFF", "WEBP")
SIGNS = (
    b"\x00",
    b"\xff",
    b'"',
    b"<",
    b">",
    b"&",
    b"]",
    b"}",
    b"\x1a",
    b"\xed\xa0\x80",
    b"1e999",
    b"-1",
    b"null",
    b"NaN",
)


def mutate(content: bytes, chance: random.Random) -> bytes:
    """Damage a file in one to four places."""
    for _ in range(chance.randint(1, 4)):
        if not content:
            return content
        place = chance.randrange(len(content))
        length = chance.randint(1, 40)
        damaged: tuple[bytes, ...] = (
            content[:place],
            content[:place] + content[place + length :],
            content[:place] + chance.choice(SIGNS) + content[place:],
            content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :],
            content[:place] + content[place : place + length] * 3 + content[place + length :],
            content[: min(place, 64)] + chance.randbytes(8) + content[min(place, 64) + 8 :],
        )
        content = chance.choice(damaged)
    return content


def image_file(chance: random.Random) -> bytes:
    numbers = np.random.default_rng(chance.randrange(1 << 30))
    kind = chance.choice(KINDS)
    pixels = numbers.integers(0, 256, (chance.randint(1, 40), chance.randint(1, 40), 3), np.uint8)
    image = Image.fromarray(pixels).convert(chance.choice(("RGB", "L", "P" if kind in ("PNG", "BMP") else "RGB")))
    if kind in ("PNG", "TIFF") and chance.random() < 0.3:
        image = Image.fromarray(numbers.integers(0, 65536, (9, 14)).astype(np.uint16))
    exif = Image.Exif()
    exif[274], exif[270], exif[271] = chance.randint(1, 8), "설명", "maker"
    file = BytesIO()
    if kind == "BMP":
        image.save(file, kind)
    elif kind == "TIFF":
        image.save(file, kind, exif=exif, compression=chance.choice(("raw", "tiff_lzw", "tiff_deflate")))
    else:
        image.save(file, kind, exif=exif)
    return file.getvalue()


@pytest.mark.parametrize("group", range(GROUPS))
def test_mutated_images_end_in_pixels_or_a_code(group: int) -> None:
    chances = (random.Random(group * 1000 + number) for number in range(MUTANTS // GROUPS))
    ends = {end_of(mutate(image_file(chance), chance)) for chance in chances}
    assert "read" in ends
    assert ends - {"read"}
    assert ends <= {"read", *CODES}


def end_of(content: bytes) -> str:
    """Read and measure an image and return "read", or why it was refused."""
    try:
        decoded = decode(content)
    except UnreadableImageError as error:
        return error.problems[0].code
    assert decoded.pixels.dtype == np.uint8
    assert decoded.pixels.shape[2:] == (3,)
    assert measure(decoded).thumbnail
    return "read"


NAMES = tuple(f"{place}/image {number}.png" for place in ("정상", "ng") for number in range(4))


def voc(chance: random.Random) -> bytes:
    objects = "".join(
        f"<object><name>{chance.choice(('긁힘', 'dent'))}</name><bndbox><xmin>{chance.randint(-5, 50)}</xmin><ymin>2</ymin>"
        f"<xmax>{chance.choice(('7', '1e999', 'nan', ''))}</xmax><ymax>9</ymax></bndbox></object>"
        for _ in range(chance.randint(0, 3))
    )
    return f"<?xml version='1.0'?><annotation><filename>image 1.png</filename>{objects}</annotation>".encode()


def coco(chance: random.Random) -> bytes:
    images = [{"id": number, "file_name": name} for number, name in enumerate(NAMES)]
    annotations = [
        {
            "image_id": chance.randint(0, 9),
            "category_id": chance.randint(0, 2),
            "bbox": [1, 2, 3, chance.choice([4, -4])],
        }
        for _ in range(8)
    ]
    categories = [{"id": 0, "name": "긁힘"}, {"id": 1, "name": "dent"}]
    return json.dumps({"images": images, "annotations": annotations, "categories": categories}).encode()


def table(chance: random.Random) -> bytes:
    separator = chance.choice(",;\t")
    rows = [["file", "label", "x1", "y1", "x2", "y2"]]
    rows += [[name, chance.choice(["ok", "불량", ""]), "1", "2", chance.choice(["9", "x", ""]), "9"] for name in NAMES]
    return "\n".join(separator.join(row) for row in rows).encode(chance.choice(("utf-8", "cp949", "utf-16")))


WRITERS: dict[str, Callable[[random.Random], bytes]] = {".xml": voc, ".json": coco, ".csv": table}


@pytest.mark.parametrize("group", range(GROUPS))
def test_mutated_label_files_end_in_labels_or_an_issue(group: int, tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    said, told = 0, 0
    for number in range(MUTANTS // GROUPS):
        chance = random.Random(group * 1000 + number)
        ending = chance.choice(sorted(WRITERS))
        path = tmp_path / f"labels{number}{ending}"
        path.write_bytes(mutate(WRITERS[ending](chance), chance))
        work = tmp_path / "work"
        work.mkdir(exist_ok=True)
        files = FolderFiles(tmp_path, {name: tmp_path / name for name in (*NAMES, path.name)})
        question = Question(files, NAMES, (), work)
        found = read_labels(question, no_progress)
        json.dumps([[one.class_name, *(box.left for box in one.boxes)] for one in found.said.values()], allow_nan=False)
        said += len(found.said) > 0
        told += len(found.issues) > 0
        if ending == ".csv":
            holds_images(path, ReadOptions())
            refused = issues_of(path, work)
            assert all(issue.where.file == path.name for issue in refused)
            told += len(refused) > 0
    assert said
    assert told


def issues_of(path: Path, work: Path) -> tuple[Issue, ...]:
    """Read a list of images and return why it was refused, nothing when it was not."""
    try:
        read_image_table(path, ReadOptions(), "", work, no_progress)
    except Refusal as refusal:
        return refusal.issues
    return ()


def test_readers_of_single_formats_survive_what_another_writes(tmp_path: Path) -> None:
    for ending, write in WRITERS.items():
        for wrong in (".xml", ".json"):
            path = tmp_path / f"a{ending[1:]}{wrong}"
            path.write_bytes(write(random.Random(0)))
    files = FolderFiles.below(tmp_path)
    for reader in (VocAnnotations(), CocoAnnotations()):
        reader.read(Question(files, NAMES, (), tmp_path), no_progress)
