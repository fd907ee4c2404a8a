"""Drawn parts are the same for the same seed, differ where the flaw is, and shots of one part are nearly alike."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from automl.drawing.parts import ALL_CLASSES, GOOD, Camera, DrawnImage, draw_parts
from automl.drawing.surfaces import SurfaceKind, style_of

STILL = Camera(exposure=0.0, uneven=0.0, noise=0.0, shift=0)


def likeness(one: DrawnImage, other: DrawnImage) -> float:
    """Correlation of the grey values of two images."""
    return float(np.corrcoef(one.pixels.mean(axis=2).ravel(), other.pixels.mean(axis=2).ravel())[0, 1])


def test_the_same_seed_draws_the_same_images() -> None:
    first, second, other = (draw_parts(12, ALL_CLASSES, seed=seed, surface=None) for seed in (3, 3, 4))
    assert all(np.array_equal(a.pixels, b.pixels) for a, b in zip(first, second, strict=True))
    assert not any(np.array_equal(a.pixels, b.pixels) for a, b in zip(first, other, strict=True))


@pytest.mark.parametrize("surface", SurfaceKind)
@pytest.mark.parametrize("size", [33, 128])
def test_every_flaw_shows_on_every_surface(surface: SurfaceKind, size: int) -> None:
    images = draw_parts(2 * len(ALL_CLASSES), ALL_CLASSES, seed=1, surface=surface, size=size)
    for image in images:
        assert image.pixels.shape == (size, size, 3)
        assert image.pixels.dtype == np.uint8
        assert image.mask.any() == (image.class_name != GOOD)
        assert image.pixels.std() > 2


def test_a_flaw_is_visible_and_only_under_its_mask() -> None:
    flawed = draw_parts(1, ("stain",), seed=5, camera=STILL)[0]
    inside = flawed.pixels[flawed.mask].mean()
    outside = flawed.pixels[~flawed.mask].mean()
    assert abs(inside - outside) > 15
    assert 0.005 < flawed.mask.mean() < 0.4


def test_shots_of_one_part_are_near_duplicates_and_other_parts_are_not() -> None:
    images = draw_parts(12, (GOOD, "pit"), shots=3, camera=Camera(shift=0, uneven=0.01))
    assert [image.part for image in images] == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
    for one, other in pairwise(images):
        assert (likeness(one, other) > 0.9) == (one.part == other.part)


def test_styles_take_turns_and_are_always_the_same() -> None:
    assert style_of(7) == style_of(7)
    assert {style_of(number).kind for number in range(6)} == set(SurfaceKind)


def test_a_folder_of_drawn_images_holds_a_folder_a_class(image_folder: Path, image_folder_of_shots: Path) -> None:
    for folder in (image_folder, image_folder_of_shots):
        assert sorted(place.name for place in folder.iterdir()) == ["good", "pit", "scratch", "stain"]
        assert len(list(folder.rglob("*.png"))) == 96
