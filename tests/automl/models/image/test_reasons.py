import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from automl.domain.task import TaskKind
from automl.drawing.parts import GOOD, DrawnImage, draw_parts
from automl.drawing.surfaces import SurfaceKind
from automl.graph.image.places import GRID
from automl.models.base import Care, Parameters
from automl.models.image.classical import Classical
from automl.models.image.heads import Floats
from tests.image_views import MemoryView

WITH_GOOD = ("crack", GOOD, "pit", "stain")
FLAWS = ("crack", "pit", "stain")
SIDE = 96
# How much of an image "in or next to the flaw" is; a map that is noise hits it this often.
CHANCE = 0.12


def _parts(count: int, classes: tuple[str, ...], surface: SurfaceKind, seed: int) -> tuple[DrawnImage, ...]:
    return draw_parts(count, classes, seed=seed, size=SIDE, surface=surface, strength=0.6)


def _view(parts: tuple[DrawnImage, ...], classes: tuple[str, ...]) -> MemoryView:
    target = np.array([classes.index(part.class_name) for part in parts], dtype=np.int64)
    good = tuple(code for code, name in enumerate(classes) if name == GOOD)
    return MemoryView(tuple(part.pixels for part in parts), TaskKind.MULTICLASS, classes, good, target)


def _near_flaw(part: DrawnImage) -> NDArray[np.bool_]:
    """The cells of the heatmap in which the flaw lies, or that touch one."""
    small = Image.fromarray(part.mask.astype(np.uint8) * 255).resize((GRID, GRID), Image.Resampling.BOX)
    padded = np.pad(np.asarray(small) > 0, 1)
    moved = [padded[row : row + GRID, column : column + GRID] for row in range(3) for column in range(3)]
    return np.asarray(np.any(moved, axis=0))


def _heat(classes: tuple[str, ...], head: str, surface: SurfaceKind, new: tuple[DrawnImage, ...]) -> Floats:
    settings: Parameters = {"head": head, "descriptors": "waves", "restraint": 0.25}
    model = Classical().fit(_view(_parts(64, classes, surface, 1), classes), settings, Care(seed=0))
    return np.asarray(model.heatmap(_view(new, classes)))


@pytest.mark.parametrize(
    ("classes", "head", "surface"),
    [
        (WITH_GOOD, "discriminant", SurfaceKind.BRUSHED),
        (WITH_GOOD, "kernel", SurfaceKind.CLOUDY),
        (WITH_GOOD, "trees", SurfaceKind.WEAVE),
        (FLAWS, "discriminant", SurfaceKind.GRAIN),
        (FLAWS, "logistic", SurfaceKind.CLOUDY),
    ],
)
def test_the_hottest_place_lies_at_the_flaw(classes: tuple[str, ...], head: str, surface: SurfaceKind) -> None:
    new = tuple(part for part in _parts(24, classes, surface, 2) if part.class_name != GOOD)
    heat = _heat(classes, head, surface, new)
    near = [_near_flaw(part) for part in new]

    hits = [place[np.unravel_index(one.argmax(), one.shape)] for one, place in zip(heat, near, strict=True)]
    hotter = [one[place].mean() - one[~place].mean() for one, place in zip(heat, near, strict=True)]

    assert np.mean(near) < CHANCE
    assert np.mean(hits) >= 0.6
    assert np.mean(np.array(hotter) > 0) >= 0.9


def test_good_parts_stay_cooler_than_flawed_ones() -> None:
    new = _parts(40, WITH_GOOD, SurfaceKind.GRAIN, 2)

    hottest = _heat(WITH_GOOD, "discriminant", SurfaceKind.GRAIN, new).max(axis=(1, 2))

    good = np.array([part.class_name == GOOD for part in new])
    assert np.median(hottest[good]) < 0.25 * np.median(hottest[~good])


def test_an_image_that_shows_nothing_has_no_hot_place() -> None:
    parts = (DrawnImage(np.full((SIDE, SIDE, 3), 90, np.uint8), GOOD, np.zeros((SIDE, SIDE), np.bool_), 0),)

    grey, drawn = (
        _heat(WITH_GOOD, "discriminant", SurfaceKind.GRAIN, new)
        for new in (parts, _parts(2, FLAWS, SurfaceKind.GRAIN, 3))
    )

    assert np.ptp(grey) < 0.01 * np.ptp(drawn)
