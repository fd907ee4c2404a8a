"""Shots of one part are one group, whatever their light, position or format; different parts are not."""

import io

import numpy as np
from PIL import Image

from automl.data.connection import no_progress
from automl.data.images.duplicates import group_images
from automl.data.images.measure import measure, signature
from automl.drawing.parts import draw_parts
from automl.runtime.image.decode import decode


def groups_of(images: list[np.ndarray]) -> list[int]:
    signatures = []
    for pixels in images:
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, "PNG")
        signatures.append(signature(measure(decode(file.getvalue())).thumbnail))
    return [int(group) for group in group_images(np.stack(signatures), list(map(str, range(len(images)))), no_progress)]


def test_light_and_small_shifts_make_no_other_part() -> None:
    drawn = [image.pixels for image in draw_parts(12, ("good", "scratch"), seed=1, size=128)]
    darker = [(pixels * 0.6).astype(np.uint8) for pixels in drawn]
    shifted = [np.roll(pixels, (3, -4), (0, 1)) for pixels in drawn]
    groups = groups_of([*drawn, *darker, *shifted])
    assert groups[:12] == list(range(1, 13))
    assert groups[12:24] == groups[24:] == groups[:12]


def test_shots_of_drawn_parts_come_together() -> None:
    drawn = draw_parts(30, ("good", "pit"), seed=2, size=96, shots=3)
    groups = groups_of([image.pixels for image in drawn])
    parts = [image.part for image in drawn]
    assert len(set(zip(parts, groups, strict=True))) == len(set(parts)) == len(set(groups))


def test_equal_files_are_together_even_without_any_texture() -> None:
    blank = np.full((4, 64, 64), 90, np.uint8)
    assert group_images(blank, ["a", "b", "a", "c"], no_progress).tolist() == [1, 2, 1, 3]


def test_a_design_that_all_share_does_not_tie_everything_together() -> None:
    chance = np.random.default_rng(3)
    design = np.kron(chance.integers(40, 200, (16, 16)), np.ones((4, 4))).astype(np.float32)
    parts = [design + chance.normal(0.0, 12.0, design.shape) for _ in range(120)]
    signatures = np.clip(np.stack(parts), 0, 255).astype(np.uint8)
    groups = group_images(signatures, list(map(str, range(120))), no_progress)
    assert np.bincount(groups).max() <= 50


def test_no_images_have_no_groups() -> None:
    assert group_images(np.zeros((0, 64, 64), np.uint8), [], no_progress).tolist() == []
    assert group_images(np.zeros((1, 64, 64), np.uint8), ["a"], no_progress).tolist() == [1]
