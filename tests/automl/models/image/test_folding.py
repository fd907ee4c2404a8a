import numpy as np
import pytest
from numpy.typing import NDArray

from automl.drawing.parts import draw_parts
from automl.graph.builder import GraphBuilder
from automl.models.image.descriptors import WAVE_RESOLUTIONS, Descriptor, DescriptorSettings, feature_graph
from automl.models.image.feature_session import FeatureSession
from automl.models.image.folding import ANY, MIRROR, UPRIGHT, folding

(SCRATCHED,) = (part.pixels for part in draw_parts(1, ("scratch",), seed=4, size=96))
MIRRORED = np.ascontiguousarray(SCRATCHED[:, ::-1])
TURNED = np.ascontiguousarray(np.rot90(SCRATCHED))


def _features(settings: DescriptorSettings, *images: NDArray[np.uint8]) -> NDArray[np.float32]:
    return FeatureSession(feature_graph(settings)).run(images).features


@pytest.mark.parametrize("descriptor", Descriptor)
@pytest.mark.parametrize("resolution", WAVE_RESOLUTIONS)
@pytest.mark.parametrize(("orientations", "other"), [(MIRROR, MIRRORED), (ANY, MIRRORED), (ANY, TURNED)])
def test_folded_features_do_not_know_how_an_image_is_shown(
    descriptor: Descriptor, resolution: int, orientations: str, other: NDArray[np.uint8]
) -> None:
    settings = DescriptorSettings((descriptor,), resolution)

    one, another = folding(settings, orientations).apply(_features(settings, SCRATCHED, other))

    np.testing.assert_allclose(one, another, atol=1e-4)


def test_unfolded_features_do_know() -> None:
    settings = DescriptorSettings()

    one, mirrored = folding(settings, UPRIGHT).apply(_features(settings, SCRATCHED, MIRRORED))

    assert one.shape == _features(settings, SCRATCHED)[0].shape
    assert np.abs(one - mirrored).max() > 0.01


def test_a_mirrored_image_is_still_told_from_a_turned_one() -> None:
    settings = DescriptorSettings((Descriptor.WAVES,))

    one, turned = folding(settings, MIRROR).apply(_features(settings, SCRATCHED, TURNED))

    assert np.abs(one - turned).max() > 0.1


@pytest.mark.parametrize("orientations", [UPRIGHT, MIRROR, ANY])
def test_the_graph_folds_alike(orientations: str) -> None:
    settings = DescriptorSettings((Descriptor.COLOUR, Descriptor.WAVES))
    fold = folding(settings, orientations)
    graph = GraphBuilder()
    features = graph.merge(feature_graph(settings), {"pixels": graph.input_pixels()})["features"]
    model = graph.build({"features": (fold.emit(graph, features), fold.orders.shape[1])})

    expected = fold.apply(_features(settings, SCRATCHED))

    np.testing.assert_allclose(FeatureSession(model).run([SCRATCHED]).features, expected, atol=1e-5)
