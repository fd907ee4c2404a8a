import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from automl.graph.builder import GraphBuilder
from automl.graph.image.filter_maps import CELL, MAP_COUNT, emit_filter_maps, mirrored_maps
from automl.graph.image.resize import emit_resized

RESOLUTION = 64


@pytest.fixture(scope="module")
def session() -> onnxruntime.InferenceSession:
    graph = GraphBuilder()
    maps = emit_filter_maps(graph, emit_resized(graph, graph.input_pixels(), RESOLUTION))
    cells = RESOLUTION // CELL
    model = graph.build({"map": (maps, ("N", MAP_COUNT, cells, cells))})
    return onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])


def _maps(session: onnxruntime.InferenceSession, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    maps: NDArray[np.float32] = session.run(None, {"pixels": pixels[None]})[0][0]
    return maps


def _noise(height: int = RESOLUTION, width: int = RESOLUTION, seed: int = 0) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(40, 120, (height, width, 3)).astype(np.uint8)


@pytest.mark.parametrize(("height", "width"), [(64, 64), (1, 1), (5, 200), (333, 90)])
def test_images_of_any_size_have_the_same_maps(session: onnxruntime.InferenceSession, height: int, width: int) -> None:
    maps = _maps(session, _noise(height, width))

    assert maps.shape == (MAP_COUNT, 8, 8)
    assert np.isfinite(maps).all()


def test_mirroring_and_turning_only_move_maps_and_places(session: onnxruntime.InferenceSession) -> None:
    pixels = _noise()
    mirror, turn = mirrored_maps()
    maps = _maps(session, pixels)

    mirrored, turned = _maps(session, pixels[:, ::-1].copy()), _maps(session, np.rot90(pixels).copy())

    np.testing.assert_allclose(mirrored, maps[mirror][:, :, ::-1], atol=1e-3)
    np.testing.assert_allclose(turned, np.rot90(maps[turn], axes=(1, 2)), atol=1e-3)


def test_exposure_does_not_count(session: onnxruntime.InferenceSession) -> None:
    pixels = _noise()

    np.testing.assert_allclose(_maps(session, pixels), _maps(session, 2 * pixels), atol=0.1)


def test_a_grey_image_has_no_colour_and_a_red_one_has(session: onnxruntime.InferenceSession) -> None:
    grey = np.repeat(_noise()[:, :, :1], 3, axis=2)
    red = grey.copy()
    red[:, :, 0] += 60

    assert np.array_equal(_maps(session, grey)[-2:], np.zeros((2, 8, 8)))
    assert _maps(session, red)[-2].min() > 0.1


def test_a_spot_shows_at_its_place(session: onnxruntime.InferenceSession) -> None:
    pixels = np.full((RESOLUTION, RESOLUTION, 3), 128, dtype=np.uint8)
    pixels[18:21, 42:45] = 20

    largest = _maps(session, pixels)[8:14].sum(axis=0)

    assert divmod(int(largest.argmax()), 8) == (2, 5)
