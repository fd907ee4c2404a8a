from pathlib import Path

import numpy as np
import pytest
import torch

from automl.domain.task import Family, TaskKind
from automl.domain.weights import WeightsRecord, WeightsSource
from automl.models.base import Care, Parameters, Shape
from automl.models.image.registry import ImageFamilies, image_families
from automl.models.image.weights_at_hand import name_of
from automl.weights.feature_graph import export_feature_graph
from automl.weights.network import load_network
from tests.image_views import drawn_view, emitted, run_images
from tests.weights_files import SMALL, write_weights

SIDE = 64
SHAPE = Shape(TaskKind.MULTICLASS, 40, 0, 2, 20)


class _Weights:
    """Weights that no project keeps."""

    record = WeightsRecord(
        name="random", architecture=SMALL, sha256="a1b2c3d4" * 8, size_bytes=1, source=WeightsSource.FILE
    )

    def __init__(self, file: Path) -> None:
        self._file = file
        self._graph = export_feature_graph(file, SMALL, SIDE)

    def feature_graph(self, resolution: int) -> bytes:
        assert resolution == SIDE
        return self._graph

    def network(self, resolution: int) -> torch.nn.Module:
        return load_network(self._file, resolution)


@pytest.fixture(scope="module")
def families(tmp_path_factory: pytest.TempPathFactory) -> ImageFamilies:
    file = write_weights(tmp_path_factory.mktemp("weights") / "random.safetensors")
    return image_families([_Weights(file)])


@pytest.fixture
def parameters() -> Parameters:
    return {"weights": name_of(_Weights.record), "resolution": SIDE, "head": "discriminant", "remembered": 200}


def test_a_head_learns_from_what_the_network_says(families: ImageFamilies, parameters: Parameters) -> None:
    view = drawn_view(40, ("good", "stain"), seed=1)

    model = families.of(Family.BACKBONE).fit(view, parameters, Care(seed=0))

    assert (model.logits(view).argmax(axis=1) == view.target).mean() > 0.8


@pytest.mark.parametrize("family", [Family.BACKBONE, Family.PATCHES])
def test_the_graph_answers_like_the_model(families: ImageFamilies, parameters: Parameters, family: Family) -> None:
    task = TaskKind.ANOMALY if family is Family.PATCHES else TaskKind.MULTICLASS
    view = drawn_view(24, ("good", "stain"), task, seed=1)
    learned = view.rows(np.flatnonzero(view.target == 0)) if family is Family.PATCHES else view
    model = families.of(family).fit(learned, parameters, Care(seed=0))

    answer = run_images(emitted(model, 1 if family is Family.PATCHES else 2))(view.images[3])

    for name, expected in (("logits", model.logits(view)), ("heatmap", model.heatmap(view))):
        assert expected is not None
        np.testing.assert_allclose(answer[name], expected[3:4], rtol=1e-3, atol=1e-3 * np.abs(expected).max())


@pytest.mark.parametrize("head", ["discriminant", "kernel", "logistic"])
def test_every_head_says_where_it_looked(families: ImageFamilies, parameters: Parameters, head: str) -> None:
    view = drawn_view(24, ("good", "stain"), seed=1)

    heat = families.of(Family.BACKBONE).fit(view, {**parameters, "head": head}, Care(seed=0)).heatmap(view)

    assert heat is not None
    hottest = heat.max(axis=(1, 2))
    assert hottest[view.target == 1].mean() > hottest[view.target == 0].mean()


def test_a_network_that_went_on_learning_answers_like_its_graph(
    families: ImageFamilies, parameters: Parameters
) -> None:
    view = drawn_view(24, ("good", "stain"), seed=1)
    tuning: Parameters = {**parameters, "tuning_rate": 0.001, "trained_share": 1.0, "augmentation": 0.2}
    model = families.of(Family.IMAGE_NETWORK).fit(view, tuning, Care(seed=0, steps=4))

    answer = run_images(emitted(model, 2))(view.images[3])

    heat = model.heatmap(view)
    assert heat is not None
    assert np.ptp(model.logits(view)) > 0
    np.testing.assert_allclose(answer["logits"], model.logits(view)[3:4], rtol=1e-3, atol=1e-3)
    np.testing.assert_allclose(answer["heatmap"], heat[3:4], rtol=1e-3, atol=1e-3)


def test_only_a_run_with_weights_offers_networks_that_need_them(families: ImageFamilies) -> None:
    assert families.of(Family.BACKBONE).suits(SHAPE)
    assert families.of(Family.BACKBONE).published(SHAPE)
    assert not image_families().of(Family.BACKBONE).suits(SHAPE)
    assert not image_families().of(Family.BACKBONE).published(SHAPE)


def test_recipes_tell_which_weights_they_stand_on(families: ImageFamilies, parameters: Parameters) -> None:
    assert families.weights_of(parameters) == _Weights.record
    assert families.weights_of({"resolution": 224}) is None
    assert families.of(Family.BACKBONE).words(parameters)[0].parameters == {"name": SMALL}


def test_weights_that_are_gone_are_no_weights(parameters: Parameters) -> None:
    with pytest.raises(KeyError):
        image_families().of(Family.BACKBONE).feature_graphs(parameters)
