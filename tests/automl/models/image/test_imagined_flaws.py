import numpy as np
import pytest

from automl.drawing.parts import draw_parts
from automl.models.image.imagined_flaws import imagine_flaw


@pytest.mark.parametrize("seed", range(40))
def test_a_flaw_is_where_the_mask_says(seed: int) -> None:
    pixels = draw_parts(1, ("good",), size=96, seed=seed)[0].pixels

    flawed = imagine_flaw(pixels, np.random.default_rng(seed))

    change = np.abs(flawed.pixels.astype(float) - pixels).max(axis=2)
    assert flawed.pixels.shape == pixels.shape
    assert flawed.pixels.dtype == np.uint8
    assert 0 < flawed.mask.mean() < 0.9
    assert change[flawed.mask].mean() > 4 * change[~flawed.mask].mean()


def test_the_image_itself_stays_as_it_is() -> None:
    pixels = draw_parts(1, ("good",), size=64, seed=1)[0].pixels
    before = pixels.copy()

    imagine_flaw(pixels, np.random.default_rng(1))

    assert np.array_equal(pixels, before)


def test_colours_are_kept_and_black_images_are_survived() -> None:
    black = np.zeros((64, 64, 3), dtype=np.uint8)

    for seed in range(10):
        flawed = imagine_flaw(black, np.random.default_rng(seed))
        assert flawed.mask.shape == (64, 64)
