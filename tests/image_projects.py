"""Writes folders of drawn images as a person would bring them, and projects that hold them."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

import msgspec
from PIL import Image

from automl.domain.dataset import DataKind, DatasetVersion, ReadOptions, Source
from automl.domain.images import IMAGE_SCHEMA, ImageListing, ImageRecord
from automl.domain.labels import Label, Provenance
from automl.drawing.parts import DrawnImage, draw_parts
from automl.storage.project import Project

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


def image_project(folder: Path, images: Sequence[DrawnImage], *, labelled: bool = True) -> tuple[ImageRecord, ...]:
    """Make a project with one version of these images, as an import would leave it but without thumbnails and findings.

    With `labelled` every image has the label of its class, as imported. Near duplicates are those of one part.
    """
    with Project.create(folder, "Images") as project:
        records = []
        for number, image in enumerate(images, start=1):
            content = encoded(image)
            side = image.pixels.shape[0]
            records.append(
                ImageRecord(
                    number=number,
                    path=f"{image.class_name}/part{image.part:03d}_{number:04d}.png",
                    sha256=project.objects.put_bytes(content),
                    size_bytes=len(content),
                    width=side,
                    height=side,
                    channels=3,
                    bits=8,
                    class_name=image.class_name if labelled else "",
                    group=image.part + 1,
                    brightness=float(image.pixels.mean()) / 255,
                    contrast=float(image.pixels.std()) / 255,
                    sharpness=0.1,
                    thumbnail=(0, 0),
                )
            )
        listing = ImageListing(tuple(records))
        snapshot = project.objects.put_bytes(msgspec.json.encode(listing))
        project.datasets.add(
            DatasetVersion(
                number=1,
                source=Source("parts", 0, snapshot, ReadOptions()),
                snapshot=snapshot,
                pages="",
                fingerprint=snapshot,
                row_count=len(records),
                schema=IMAGE_SCHEMA,
                proposed_steps=(),
                created="2026-01-01T00:00:00Z",
                kind=DataKind.IMAGES,
            )
        )
        if labelled:
            project.labels.set(
                [Label(each.sha256, each.class_name, Provenance.IMPORTED) for each in records], action="import"
            )
    return listing.images
