import numpy as np
import pytest

from automl.training.image.heat import find_scale


def _maps(*hottest: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Maps that are 1 but for one place."""
    maps = np.ones((len(hottest), 4, 4), np.float32)
    maps[:, 0, 0] = hottest
    return maps


def test_half_of_the_places_of_good_parts_are_dark_and_most_hottest_ones_half_bright() -> None:
    scale = find_scale([_maps(*[3.0] * 40)])

    shown = scale.apply(_maps(3.0, 9.0))

    assert shown[0, 0, 0] == pytest.approx(0.5)
    assert shown[:, 1:].max() == 0.0
    assert shown[1, 0, 0] == 1.0


@pytest.mark.parametrize(("flawed", "brightness"), [(2.5, 0.5), (41.0, 0.05)])
def test_good_parts_are_darker_where_flaws_would_be_off_the_scale(flawed: float, brightness: float) -> None:
    scale = find_scale([_maps(*[3.0] * 40)], [_maps(*[flawed] * 9)])

    assert scale.apply(_maps(3.0))[0, 0, 0] == pytest.approx(brightness)
