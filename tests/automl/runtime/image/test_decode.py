"""Every kind of image file becomes the same upright 8-bit RGB, by rules that depend on nothing but the file."""

from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from automl.runtime.image import decode as decoding
from automl.runtime.image.decode import UnreadableImageError, decode, decode_image

COLOUR = np.random.default_rng(0).integers(0, 256, (40, 60, 3), np.uint8)
ORIENTATION = 274


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF"])
def test_colour_stays_as_it_is(kind: str) -> None:
    assert np.array_equal(decode_image(encoded(Image.fromarray(COLOUR), kind)), COLOUR)


def test_webp_without_loss_stays_as_it_is() -> None:
    assert np.array_equal(decode_image(encoded(Image.fromarray(COLOUR), "WEBP", lossless=True)), COLOUR)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(("kind", "options"), [("JPEG", {}), ("TIFF", {}), ("TIFF", {"compression": "tiff_lzw"})])
def test_images_stand_upright(orientation: int, kind: str, options: dict[str, str]) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    content = encoded(Image.fromarray(COLOUR), kind, exif=exif, **options)
    with Image.open(BytesIO(content)) as image:
        expected = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
    decoded = decode(content)
    assert np.array_equal(decoded.pixels, expected)
    assert not (decoded.plain and orientation != 1)


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "RGBA", "CMYK"])
def test_other_modes_become_three_channels(mode: str) -> None:
    decoded = decode(encoded(Image.fromarray(COLOUR).convert("L").convert(mode), "TIFF"))
    assert decoded.pixels.shape == (40, 60, 3)
    assert decoded.pixels.dtype == np.uint8
    if mode not in ("CMYK", "P"):
        assert np.array_equal(decoded.pixels[:, :, 0], decoded.pixels[:, :, 2])


def test_what_is_transparent_shows_white() -> None:
    image = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    decoded = decode(encoded(image, "PNG"))
    assert (decoded.pixels == 255).all()
    assert (decoded.channels, decoded.plain) == (4, False)


def deep(values: NDArray[np.uint16]) -> bytes:
    return encoded(Image.fromarray(values), "PNG")


def test_sixteen_bits_are_scaled_by_a_fixed_rule() -> None:
    full = np.array([[0, 257, 128, 129, 65535]], np.uint16)
    assert decode(deep(full)).pixels[0, :, 0].tolist() == [0, 1, 0, 1, 255]
    twelve = np.array([[0, 16, 31, 4095]], np.uint16)
    assert decode(deep(twelve)).pixels[0, :, 0].tolist() == [0, 1, 1, 255]
    assert decode(deep(full)).bits == 16


def test_decimal_values_are_shares_or_grey_levels() -> None:
    shares = np.array([[0.0, 0.5, 1.0, np.nan]], np.float32)
    assert decode_image(encoded(Image.fromarray(shares), "TIFF"))[0, :, 0].tolist() == [0, 128, 255, 0]
    levels = np.array([[-5.0, 100.0, 255.0]], np.float32)
    assert decode_image(encoded(Image.fromarray(levels), "TIFF"))[0, :, 0].tolist() == [0, 100, 255]


def test_values_beyond_sixteen_bits_are_refused() -> None:
    with pytest.raises(UnreadableImageError) as refused:
        decode(encoded(Image.fromarray(np.array([[1, 70_000]], np.int32)), "TIFF"))
    assert refused.value.code == "image.too_deep"


def test_of_several_frames_the_first_counts() -> None:
    frames = [Image.fromarray(COLOUR), Image.new("RGB", (60, 40), "white")]
    for kind in ("TIFF", "PNG"):
        assert np.array_equal(
            decode_image(encoded(frames[0], kind, save_all=True, append_images=frames[1:])), COLOUR
        ), kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "image.empty"),
        (b"hello", "image.unknown_format"),
        (encoded(Image.fromarray(COLOUR), "GIF"), "image.unknown_format"),
        (encoded(Image.fromarray(COLOUR), "PNG")[:200], "image.damaged"),
        (encoded(Image.fromarray(COLOUR), "JPEG")[:400], "image.damaged"),
    ],
)
def test_what_is_no_whole_image_is_refused_by_code(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableImageError) as refused:
        decode(content)
    assert refused.value.code == code


def test_too_many_pixels_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MOST_PIXELS", 2_000)
    with pytest.raises(UnreadableImageError) as refused:
        decode(encoded(Image.fromarray(COLOUR), "PNG"))
    assert refused.value.code == "image.too_large"
    bomb = bytearray(encoded(Image.new("1", (8, 8)), "BMP"))
    bomb[18:26] = (60_000).to_bytes(4, "little") * 2
    with pytest.raises(UnreadableImageError) as refused:
        decode(bytes(bomb))
    assert refused.value.code == "image.too_large"


def test_a_file_any_viewer_shows_alike_is_plain() -> None:
    assert decode(encoded(Image.fromarray(COLOUR), "JPEG")).plain
    assert decode(encoded(Image.fromarray(COLOUR).convert("RGBA"), "PNG")).plain
    assert not decode(encoded(Image.fromarray(COLOUR), "TIFF")).plain
    assert not decode(deep(np.full((4, 4), 5_000, np.uint16))).plain
