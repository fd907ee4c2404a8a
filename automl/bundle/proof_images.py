"""Images a bundle is judged by before it is handed out: real ones, each in several sizes, with the answers it must give.

In its own size an image has the answer of the model's Python form; in the other sizes, which nobody saw in training, that of
the very graph which was measured, run in this process on pixels that never were a file.
"""

import csv
import io
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from automl.runtime.answers import PREDICTION, as_texts, choose, number_titles
from automl.runtime.image.answers import OUTSIDE, VERDICT, lines_of
from automl.runtime.image.decode import Pixels
from automl.runtime.image.heatmaps import png
from automl.runtime.image.selftest import IMAGE, Numbers
from automl.runtime.image.session import ImageSession
from automl.runtime.image.verdicts import verdicts_of
from automl.runtime.image_manifest import ImageManifest
from automl.runtime.member_names import GOLDEN_IMAGES_FOLDER

# Factors of width and height: as it is, smaller, larger, squeezed, and hardly anything left.
SIZES = ((1.0, 1.0), (0.5, 0.5), (1.4, 1.4), (1.0, 0.6), (0.2, 0.2))
MOST_IN_BUNDLE = 20
_LARGEST_GOLDEN_BYTES = 300_000
_MOST_PIXELS = 2_000_000
_MOST_BYTES = 200_000_000
_FEWEST_SIDE = 16


@dataclass(frozen=True)
class ProofImage:
    """One image as a PNG with the answer it must get. `size` is the place of its factors in `SIZES`."""

    content: bytes
    probabilities: NDArray[np.float32]
    outside: float
    size: int


def proof_images(
    pixels: Iterable[Pixels],
    probabilities: Sequence[Sequence[float]] | None,
    session: ImageSession,
    check_stop: Callable[[], None],
) -> Iterator[ProofImage]:
    """Yield every image in every size. Without `probabilities` of the Python form the graph speaks for its own size too.

    Of very large images not all are taken: what is yielded stays within some hundred megabytes.
    """
    held = 0
    for place, original in enumerate(pixels):
        if held > _MOST_BYTES:
            return
        for size, factors in enumerate(SIZES):
            check_stop()
            image = resized(original, factors)
            seen = session.run(image)
            known = seen.probabilities
            if size == 0 and probabilities is not None:
                known = np.array(probabilities[place], dtype=np.float32)
            content = png(image)
            held += len(content)
            yield ProofImage(content, known, seen.outside, size)


def resized(pixels: Pixels, factors: tuple[float, float]) -> Pixels:
    """Return the image with its width and height times these factors, within bounds that keep a proof bearable."""
    if factors == (1.0, 1.0):
        return pixels
    height, width = pixels.shape[:2]
    bearable = min(1.0, math.sqrt(_MOST_PIXELS / (height * width * factors[0] * factors[1])))

    def side(length: int, factor: float) -> int:
        return max(min(_FEWEST_SIDE, length), round(length * factor * bearable))

    size = (side(width, factors[0]), side(height, factors[1]))
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BILINEAR))


def golden_images(proof: Sequence[ProofImage]) -> tuple[ProofImage, ...]:
    """Return the images that travel in the bundle: of some images the first size whose file is small, spread over all."""
    by_image = [proof[start : start + len(SIZES)] for start in range(0, len(proof), len(SIZES))]
    step = max(1.0, len(by_image) / MOST_IN_BUNDLE)
    chosen = [by_image[int(place * step)] for place in range(min(MOST_IN_BUNDLE, len(by_image)))]
    return tuple(
        next((one for one in sizes if len(one.content) <= _LARGEST_GOLDEN_BYTES), sizes[-1]) for sizes in chosen
    )


def numbers_of(images: Sequence[ProofImage]) -> Numbers:
    """Return the answers the images must get."""
    probabilities = np.stack([one.probabilities for one in images])
    return Numbers(probabilities, np.array([one.outside for one in images]))


def golden_image_files(images: Sequence[ProofImage]) -> dict[str, bytes]:
    """Return the golden images as files of the bundle."""
    return {f"{GOLDEN_IMAGES_FOLDER}/{number:04d}.png": one.content for number, one in zip(count(1), images)}


def golden_image_answers(images: Sequence[ProofImage], manifest: ImageManifest) -> bytes:
    """Return golden/answers.csv: image, prediction, probabilities, verdict and distance to the learned images."""
    numbers = numbers_of(images)
    verdicts = verdicts_of(numbers.probabilities, numbers.outside, lines_of(manifest))
    places = choose(numbers.probabilities, manifest.alarm_line)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow((IMAGE, PREDICTION, *number_titles(manifest), VERDICT, OUTSIDE))
    for row, name in enumerate(golden_image_files(images)):
        prediction, (outside,) = manifest.classes[places[row]], as_texts(numbers.outside[row : row + 1])
        writer.writerow((name, prediction, *as_texts(numbers.probabilities[row]), verdicts[row], outside))
    return text.getvalue().encode("utf-8")
