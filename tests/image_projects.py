"""Writes folders of drawn images as a person would bring them: a folder a class, or all in one folder without classes."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from PIL import Image

from automl.drawing.parts import DrawnImage, draw_parts

FOUR_CLASSES = ("good", "scratch", "pit", "stain")


def encoded(image: DrawnImage, suffix: str = ".png") -> bytes:
    """The bytes of a drawn image as a file of this kind."""
    buffer = BytesIO()
    kind = {".png": "PNG", ".jpg": "JPEG", ".bmp": "BMP", ".tif": "TIFF"}[suffix]
    Image.fromarray(image.pixels).save(buffer, kind)
    return buffer.getvalue()


def write_image_folder(
    folder: Path, images: Iterable[DrawnImage], *, classes: bool = True, suffix: str = ".png"
) -> Path:
    """Write images as files named by part and number; with `classes` each lies in the folder of its class."""
    for number, image in enumerate(images):
        place = folder / image.class_name if classes else folder
        place.mkdir(parents=True, exist_ok=True)
        (place / f"part{image.part:03d}_{number:04d}{suffix}").write_bytes(encoded(image, suffix))
    return folder


def four_classes(folder: Path, count: int = 96, *, size: int = 64, shots: int = 1, seed: int = 0) -> Path:
    """A folder of `count` drawn images in four folders: good, scratch, pit, stain."""
    return write_image_folder(folder, draw_parts(count, FOUR_CLASSES, seed=seed, size=size, shots=shots))
