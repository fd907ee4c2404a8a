"""The variations job: draw what a network would also learn from, for a person to look at."""

from io import BytesIO

import numpy as np
from PIL import Image

from automl.data.images.loader import ImageLoader
from automl.domain.events import ArtifactWritten, Phase
from automl.domain.images import ImageRecord
from automl.domain.issues import Issue, Refusal
from automl.domain.job import VariationsJob
from automl.jobs.context import JobContext
from automl.models.image.augmentation import augment_preview
from automl.models.image.base import Pixels
from automl.storage import atomic
from automl.storage.run_folder import RunFolder

_LONGEST_SIDE = 224


def run(job: VariationsJob, context: JobContext) -> None:
    """Write the image and its variations, seen at the size networks usually see. Raises Refusal without the image."""
    project = context.project
    images = project.images.listing(project.datasets.version(job.version)).images
    record = next((image for image in images if image.number == job.image), None)
    if record is None:
        raise Refusal(Issue("job.no_images"))
    context.progress(Phase.PREPARE, 0, 1)
    shown = _as_seen(ImageLoader(project.objects), record)
    folder = RunFolder(context.run_folder).variations_folder
    folder.mkdir(exist_ok=True)
    for place, pixels in enumerate(augment_preview(shown, job.strength, job.any_orientation, job.seed), start=1):
        context.check_stop()
        atomic.write_bytes(folder / f"{place:02d}.png", _png(pixels))
    context.progress(Phase.PREPARE, 1, 1)
    context.emit(ArtifactWritten(kind="variations", path=folder.name))


def _as_seen(loader: ImageLoader, record: ImageRecord) -> Pixels:
    image = Image.fromarray(loader.pixels(record))
    image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return np.asarray(image)


def _png(pixels: Pixels) -> bytes:
    buffer = BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()
