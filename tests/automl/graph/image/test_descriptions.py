from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from automl.graph.builder import GraphBuilder
from automl.graph.image.colour import emit_brightness_summary, emit_colour_summary
from automl.graph.image.patterns import PATTERN_SIDES, RADII, UNIFORM_BINS, emit_pattern_shares, ring, uniform_bins
from automl.graph.image.resize import emit_resized_grey
from automl.graph.image.wavelets import DIRECTIONS
from automl.graph.image.waves import SUMMARIES, emit_wave_summary, wave_width
from tests.image_views import run_images

SIDE = 64
Values = NDArray[np.float32]
Image = NDArray[np.uint8]


@cache
def _graph(kind: str) -> bytes:
    graph = GraphBuilder()
    pixels = graph.input_pixels()
    match kind:
        case "waves":
            features = emit_wave_summary(graph, emit_resized_grey(graph, pixels, SIDE), SIDE)
        case "patterns":
            features = emit_pattern_shares(
                graph, {side: emit_resized_grey(graph, pixels, side) for side in PATTERN_SIDES}
            )
        case "colour":
            features = emit_colour_summary(graph, pixels)
        case _:
            features = emit_brightness_summary(graph, pixels)
    return graph.build({"features": (features, ("N", "D"))})


def _described(kind: str, pixels: Image) -> Values:
    description: Values = run_images(_graph(kind))(pixels)["features"][0]
    return description


def _noise(side: int = 256, seed: int = 0) -> Image:
    return np.random.default_rng(seed).integers(40, 120, (side, side, 3)).astype(np.uint8)


def _stripes(*, period: int = 4) -> Image:
    columns = 100 + 60 * np.sin(2 * np.pi * np.arange(SIDE) / period)
    return np.broadcast_to(columns[None, :, None], (SIDE, SIDE, 3)).astype(np.uint8)


def _strength(description: Values, octave: int) -> Values:
    """Mean strength of the waves of one octave, by direction: what every image at this resolution says first."""
    before = sum(SUMMARIES * DIRECTIONS * (1 + DIRECTIONS * (2 - earlier)) for earlier in range(octave))
    return description[before : before + DIRECTIONS]


@pytest.mark.parametrize("kind", ["waves", "patterns", "colour", "brightness"])
@pytest.mark.parametrize("size", [(64, 64), (1, 1), (3, 200), (301, 77)])
def test_images_of_any_size_are_described_by_the_same_numbers(kind: str, size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (*size, 3)).astype(np.uint8)

    assert _described(kind, pixels).shape == _described(kind, _noise()).shape
    assert np.isfinite(_described(kind, pixels)).all()


@pytest.mark.parametrize("kind", ["waves", "patterns", "colour", "brightness"])
@pytest.mark.parametrize("level", [0, 255])
def test_an_empty_image_can_be_described(kind: str, level: int) -> None:
    assert np.isfinite(_described(kind, np.full((40, 40, 3), level, np.uint8))).all()


def test_the_neighbours_lie_on_a_ring_of_whole_places() -> None:
    assert ring(1) == ((0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1), (1, 0), (1, 1))
    assert ring(3)[1] == (-2, 2)


def test_codes_of_few_changes_have_their_own_bin() -> None:
    bins = uniform_bins()

    assert len(set(bins.tolist())) == UNIFORM_BINS
    assert (np.bincount(bins)[:-1] == 1).all()
    assert bins[0b10101010] == UNIFORM_BINS - 1


def test_patterns_are_counted_as_by_hand() -> None:
    pixels = _noise()
    grey = pixels.astype(np.float64) @ [0.299, 0.587, 0.114]
    padded = np.pad(grey, 3, mode="reflect")
    codes = np.zeros(grey.shape, dtype=np.int64)
    for place, (row, column) in enumerate(ring(1)):
        neighbour = padded[3 + row : 259 + row, 3 + column : 259 + column]
        codes += (neighbour > grey + 0.25).astype(np.int64) << place
    shares = np.bincount(uniform_bins()[codes.ravel()], minlength=UNIFORM_BINS) / codes.size

    np.testing.assert_allclose(_described("patterns", pixels)[:UNIFORM_BINS], np.sqrt(shares), atol=2e-3)


def test_pattern_shares_add_up_and_an_even_area_is_one_pattern() -> None:
    shares = np.square(_described("patterns", _noise())).reshape(len(PATTERN_SIDES) * len(RADII), UNIFORM_BINS)
    even = np.square(_described("patterns", np.full((90, 50, 3), 130, np.uint8))).reshape(-1, UNIFORM_BINS)

    np.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-3)
    np.testing.assert_allclose(even[:, 0], 1, atol=1e-3)


def test_waves_know_the_direction_of_stripes() -> None:
    across = _strength(_described("waves", _stripes()), 0)
    along = _strength(_described("waves", np.ascontiguousarray(_stripes().swapaxes(0, 1))), 0)

    assert across.argmax() == 0
    assert along.argmax() == DIRECTIONS // 2


def test_waves_know_the_size_of_stripes() -> None:
    fine, coarse = (_described("waves", _stripes(period=period)) for period in (4, 16))

    assert _strength(fine, 0).max() > _strength(fine, 2).max()
    assert _strength(coarse, 0).max() < _strength(coarse, 2).max()


@pytest.mark.parametrize("kind", ["waves", "colour"])
def test_exposure_hardly_counts(kind: str) -> None:
    pixels = _noise(SIDE)

    brighter = np.abs(_described(kind, pixels * 2) - _described(kind, pixels)).mean()
    another = np.abs(_described(kind, _stripes()) - _described(kind, pixels)).mean()

    assert brighter < 0.15 * another


def test_brightness_counts_where_it_is_asked_for() -> None:
    dark, bright = (_described("brightness", np.full((30, 30, 3), level, np.uint8)) for level in (50, 200))

    assert dark[0] == pytest.approx(50 / 255, abs=1e-3)
    assert bright[0] == pytest.approx(200 / 255, abs=1e-3)


def test_a_stain_of_colour_moves_the_colours_and_nothing_else_does() -> None:
    grey = np.full((64, 64, 3), 120, np.uint8)
    stained = grey.copy()
    stained[8:16, 8:16] = (180, 90, 90)

    plain, spotted = _described("colour", grey), _described("colour", stained)

    np.testing.assert_allclose(plain[9:], 0, atol=1e-5)
    assert spotted[9:18].max() > 0.1


@pytest.mark.parametrize(("resolution", "width"), [(32, 3 * (2 * 6 + 36)), (128, 720), (256, 738)])
def test_the_number_of_waves_is_known_before(resolution: int, width: int) -> None:
    assert wave_width(resolution) == width
