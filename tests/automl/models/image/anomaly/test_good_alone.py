from functools import cache

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from automl.domain.task import TaskKind
from automl.models.base import Care, Parameters, Shape
from automl.models.image.anomaly.patches import Patches
from automl.models.image.anomaly.self_taught import SelfTaught
from automl.models.image.base import FittedImageModel, ImageFamily
from tests.image_views import MemoryView, drawn_view, emitted, run_images

SETTINGS: dict[ImageFamily, Parameters] = {
    Patches(): {"resolution": 64, "remembered": 500, "most": 2},
    SelfTaught(): {"resolution": 64, "width": 16, "learning_rate": 0.01},
}
pytestmark = pytest.mark.parametrize("family", SETTINGS, ids=lambda family: family.family)


@cache
def _good() -> MemoryView:
    view = drawn_view(60, ("good", "scratch"), TaskKind.ANOMALY, seed=1)
    return view.rows(np.flatnonzero(view.target == 0))


def _fitted(family: ImageFamily, steps: int) -> FittedImageModel:
    return family.fit(_good(), SETTINGS[family], Care(seed=1, steps=steps))


def test_flaws_nobody_showed_it_score_higher(family: ImageFamily) -> None:
    new = drawn_view(60, ("good", "pit"), TaskKind.ANOMALY, seed=2)

    scores = _fitted(family, 120).logits(new)

    assert scores.shape == (60, 1)
    assert roc_auc_score(new.target, scores[:, 0]) > 0.85


def test_the_heatmap_is_hot_where_the_flaw_is(family: ImageFamily) -> None:
    good = _good()
    spotted = good.images[0].copy()
    spotted[41:46, 9:14] = 10
    view = MemoryView((spotted,), good.task, good.classes, good.good, good.target[:1], good.groups[:1])

    heat = _fitted(family, 120).heatmap(view)

    assert heat is not None
    row, column = divmod(int(heat[0].argmax()), 8)
    assert abs(row - 5) <= 1
    assert abs(column - 1) <= 1


@pytest.mark.parametrize("size", [(64, 64), (1, 1), (7, 90), (200, 31)])
def test_the_graph_answers_like_the_model(family: ImageFamily, size: tuple[int, int]) -> None:
    model = _fitted(family, 3)
    pixels = np.random.default_rng(0).integers(0, 256, (*size, 3)).astype(np.uint8)
    good = _good()
    view = MemoryView((pixels,), good.task, good.classes, good.good, good.target[:1], good.groups[:1])

    answer = run_images(emitted(model, 1))(pixels)

    heat = model.heatmap(view)
    assert heat is not None
    np.testing.assert_allclose(answer["logits"], model.logits(view), rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(answer["heatmap"], heat, rtol=1e-4, atol=1e-4)


def test_the_same_seed_gives_the_same_model(family: ImageFamily) -> None:
    first, second = (_fitted(family, 4).logits(_good()) for _ in range(2))

    np.testing.assert_array_equal(first, second)


def test_it_is_for_good_parts_alone(family: ImageFamily) -> None:
    assert family.suits(Shape(TaskKind.ANOMALY, 40, 0, 2, 0))
    assert not family.suits(Shape(TaskKind.BINARY, 40, 0, 2, 20))
