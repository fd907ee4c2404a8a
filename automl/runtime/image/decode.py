"""From the bytes of an image file to the pixels every model sees: upright, 8-bit RGB.

The rules, the same in training, in the window and on the line:

- An EXIF or TIFF orientation is applied. Of several frames the first counts. Colour profiles are ignored.
- Grey becomes three equal channels. What is transparent shows white. CMYK becomes RGB without a profile.
- 16-bit grey: values under 4,096 throughout come from a 12-bit camera and are divided by 16, others by 257 (rounded).
  16-bit colour keeps its high byte. Decimal values up to 1 are shares of full scale, up to 255 are 8-bit, others 16-bit.
- More than 100 million pixels are refused before anything is unpacked.
"""

import io
import struct
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageFile, UnidentifiedImageError

from automl.runtime.image.quiet import QUIET_READING
from automl.runtime.problems import Parameter, Problem, RefusedError

Pixels = NDArray[np.uint8]

MOST_PIXELS = 100_000_000
_FORMATS = ("PNG", "JPEG", "BMP", "TIFF", "WEBP")
_SHOWN_AS_IT_IS = ("PNG", "JPEG", "BMP")
_TWELVE_BITS = 4096
_SIXTEEN_BITS = 65536
# What Pillow and its decoders raise for bytes that are not what they claim to be.
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    ZeroDivisionError,
    AssertionError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)
# Orientation (EXIF tag 274) as turns by 90 degrees to the left and whether the upright image is mirrored before that.
_TURNS = {2: (0, True), 3: (2, False), 4: (2, True), 5: (1, True), 6: (3, False), 7: (3, True), 8: (1, False)}


class UnreadableImageError(RefusedError):
    """A file that is no image we can read: `code` and `parameters` say why."""

    def __init__(self, code: str, **parameters: Parameter) -> None:
        super().__init__(Problem(code, parameters))
        self.code = code
        self.parameters = parameters


@dataclass(frozen=True)
class DecodedImage:
    """An image as models see it.

    `pixels` is [height, width, 3]. `channels` and `bits` are those of the file (a palette counts as three channels). `plain`
    tells that any viewer shows the file itself exactly so.
    """

    pixels: Pixels
    channels: int
    bits: int
    plain: bool


def decode_image(content: bytes) -> Pixels:
    """Return the pixels [height, width, 3] of an image file. Raises UnreadableImageError."""
    return decode(content).pixels


def decode(content: bytes) -> DecodedImage:
    """Return the pixels of an image file with what the file holds. Raises UnreadableImageError."""
    if not content:
        raise UnreadableImageError("image.empty")
    try:
        with QUIET_READING, Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            return _decoded(image)
    except UnidentifiedImageError as error:
        raise UnreadableImageError("image.unknown_format") from error
    except Image.DecompressionBombError as error:
        raise UnreadableImageError("image.too_large", limit=MOST_PIXELS // 1_000_000) from error
    except _DAMAGE as error:
        raise UnreadableImageError("image.damaged", reason=str(error) or type(error).__name__) from error


def _decoded(image: ImageFile.ImageFile) -> DecodedImage:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise UnreadableImageError("image.too_large", limit=MOST_PIXELS // 1_000_000)
    bits = _bits(image)
    image.load()
    orientation = _orientation(image)
    pixels = _upright(_eight_bit_rgb(image), orientation)
    as_it_is = image.format in _SHOWN_AS_IT_IS and bits <= 8 and image.mode != "CMYK" and orientation == 1
    plain = as_it_is and not _is_see_through(image)
    return DecodedImage(pixels, 3 if image.mode == "P" else len(image.getbands()), bits, plain)


def _bits(image: ImageFile.ImageFile) -> int:
    """Bits of a channel in the file; Pillow hands out 16-bit colour as 8 bits, so its way of reading tells."""
    if image.mode == "1":
        return 1
    if image.mode.startswith(("I;16", "I", "F")):
        return 16 if image.mode.startswith("I;16") else 32
    return 16 if any(";16" in str(tile.args) for tile in image.tile) else 8


def _is_see_through(image: Image.Image) -> bool:
    if image.mode in ("RGBA", "LA"):
        darkest, _ = image.getchannel("A").getextrema()
        return darkest != 255
    return image.has_transparency_data


def _orientation(image: ImageFile.ImageFile) -> int:
    """The orientation that is still to be applied; metadata that cannot be read turns nothing."""
    try:
        value = image.getexif().get(ExifTags.Base.Orientation, 1)
    except _DAMAGE:
        return 1
    return value if value in _TURNS else 1


def _upright(pixels: Pixels, orientation: int) -> Pixels:
    turns, mirrored = _TURNS.get(orientation, (0, False))
    if mirrored:
        pixels = pixels[:, ::-1]
    return np.ascontiguousarray(np.rot90(pixels, turns))


def _eight_bit_rgb(image: Image.Image) -> Pixels:
    if image.mode.startswith(("I", "F")):
        grey = _eight_bit(np.asarray(image))
        return np.repeat(grey[:, :, None], 3, axis=2)
    if image.has_transparency_data:
        over = image.convert("RGBA")
        white = Image.new("RGBA", over.size, (255, 255, 255, 255))
        return np.asarray(Image.alpha_composite(white, over).convert("RGB"))
    return np.asarray(image if image.mode == "RGB" else image.convert("RGB"))


def _eight_bit(values: NDArray[np.generic]) -> Pixels:
    """Bring deep grey values to 0 to 255 by the fixed rule; never by what this very image happens to span."""
    if values.dtype.kind == "f":
        numbers = np.nan_to_num(np.asarray(values, np.float64), nan=0.0, posinf=0.0, neginf=0.0).clip(0.0)
        largest = float(numbers.max(initial=0.0))
        if largest <= 255.0:
            return np.rint(numbers * (255.0 if largest <= 1.0 else 1.0)).astype(np.uint8)
        values = np.rint(numbers.clip(0.0, 2.0 * _SIXTEEN_BITS)).astype(np.int64)
    whole = np.asarray(values, np.int64)
    if whole.min(initial=0) < 0 or whole.max(initial=0) >= _SIXTEEN_BITS:
        raise UnreadableImageError("image.too_deep")
    if whole.max(initial=0) < _TWELVE_BITS:
        return (whole // 16).astype(np.uint8)
    return ((whole + 128) // 257).astype(np.uint8)
