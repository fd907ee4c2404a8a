"""Heatmaps as a person sees them: an inferno ramp over the grey image, on the one fixed scale of the model."""

import io
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from automl.runtime.image.decode import Pixels
from automl.runtime.image.sources import HEATMAP_ENDING
from automl.runtime.problems import refused

# The inferno ramp of matplotlib (van der Walt and Smith 2015) at equal steps, in between straight lines.
_RAMP = np.array(
    [
        (0, 0, 4),
        (40, 11, 84),
        (101, 21, 110),
        (159, 42, 99),
        (212, 72, 66),
        (245, 125, 21),
        (250, 193, 39),
        (252, 255, 164),
    ],
    dtype=np.float64,
)
_LONGEST_SIDE = 1024
_STRONGEST = 0.75
_COMPRESSION = 1


def overlay(pixels: Pixels, heatmap: NDArray[np.float32]) -> bytes:
    """Return a PNG of the image in grey with the heatmap over it: the more unusual, the less of the image shows through."""
    height, width = pixels.shape[:2]
    share = min(1.0, _LONGEST_SIDE / max(height, width))
    size = (max(1, round(width * share)), max(1, round(height * share)))
    grey = np.asarray(Image.fromarray(pixels).convert("L").resize(size), dtype=np.float64)[:, :, None]
    known = np.nan_to_num(heatmap, nan=0.0).clip(0.0, 1.0).astype(np.float32)
    heat = np.asarray(Image.fromarray(known).resize(size, Image.Resampling.BILINEAR), dtype=np.float64)
    places = np.linspace(0.0, 1.0, len(_RAMP))
    ramp = np.stack([np.interp(heat, places, _RAMP[:, channel]) for channel in range(3)], axis=-1)
    strength = _STRONGEST * heat[:, :, None]
    blended = np.rint(grey * (1.0 - strength) + ramp * strength).astype(np.uint8)
    return png(blended)


def png(pixels: Pixels) -> bytes:
    """Return pixels [height, width, 3] as a PNG; equal channels become a grey one, which reads back the same."""
    is_grey = bool((pixels == pixels[:, :, :1]).all())
    image = Image.fromarray(np.ascontiguousarray(pixels[:, :, 0]) if is_grey else pixels)
    content = io.BytesIO()
    image.save(content, "PNG", compress_level=_COMPRESSION)
    return content.getvalue()


def heatmap_path(folder: Path, name: str) -> Path:
    """Return where the heatmap of an image belongs: below `folder` as the image lies below its own, never outside it."""
    parts = [
        part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("..", "/") and ":" not in part
    ]
    return folder.joinpath(*parts[:-1], f"{parts[-1] if parts else 'image'}{HEATMAP_ENDING}")


def write_heatmap(path: Path, content: bytes) -> None:
    """Write one heatmap. Raises RefusedError when the disk does not take it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise refused("predict.cannot_write", file=path.name, reason=error.strerror or str(error)) from error
