from functools import cache

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from automl.domain.task import TaskKind
from automl.models.base import Care, Parameters, Shape
from automl.models.image.base import FittedImageModel
from automl.models.image.network import ImageNetwork
from tests.image_views import MemoryView, drawn_view, emitted, run_images

FAMILY = ImageNetwork()
SMALL: Parameters = {"resolution": 64, "width": 16, "learning_rate": 0.01}
CLASSES = ("crack", "good", "pit")


@cache
def _view() -> MemoryView:
    return drawn_view(90, CLASSES, seed=1)


@cache
def _fitted() -> FittedImageModel:
    return FAMILY.fit(_view(), SMALL, Care(seed=1, steps=120))


def test_it_tells_classes_of_new_images_apart() -> None:
    new = drawn_view(30, CLASSES, seed=2)

    answers = _fitted().logits(new)

    assert answers.shape == (30, 3)
    assert (answers.argmax(axis=1) == new.target).mean() > 0.8


def test_the_heatmap_is_hot_where_the_flaw_is() -> None:
    view = _view().rows(np.flatnonzero(_view().target == 1))
    spotted = view.images[0].copy()
    spotted[40:45, 8:13] = 10
    one = MemoryView((spotted,), view.task, view.classes, view.good, view.target[:1], view.groups[:1])

    heat = _fitted().heatmap(one)

    assert heat is not None
    row, column = divmod(int(heat[0].argmax()), 8)
    assert abs(row - 5) <= 1
    assert abs(column - 1) <= 1


@pytest.mark.parametrize("size", [(64, 64), (1, 1), (7, 90), (200, 31), (120, 120)])
@pytest.mark.parametrize("good", [(1,), (), (0, 1, 2)])
def test_the_graph_answers_like_the_model(size: tuple[int, int], good: tuple[int, ...]) -> None:
    base = _view()
    learning = MemoryView(base.images[:24], base.task, base.classes, good, base.target[:24], base.groups[:24])
    model = FAMILY.fit(learning, {**SMALL, "networks": 2}, Care(seed=0, steps=3))
    pixels = np.random.default_rng(0).integers(0, 256, (*size, 3)).astype(np.uint8)
    view = MemoryView((pixels,), base.task, base.classes, good, base.target[:1], base.groups[:1])

    answer = run_images(emitted(model, 3))(pixels)

    heat = model.heatmap(view)
    assert heat is not None
    np.testing.assert_allclose(answer["logits"], model.logits(view), atol=1e-4)
    np.testing.assert_allclose(answer["heatmap"], heat, atol=1e-4)


def test_a_few_flaws_go_far_with_imagined_ones() -> None:
    shown, new = (drawn_view(60, ("good", "scratch"), TaskKind.BINARY, seed=seed) for seed in (3, 4))
    few = shown.rows([*np.flatnonzero(shown.target == 0), *np.flatnonzero(shown.target == 1)[:4]])

    model = FAMILY.fit(few, {**SMALL, "imagined_flaws": True}, Care(seed=0, steps=120))

    answers = model.logits(new)
    assert roc_auc_score(new.target, answers[:, 1] - answers[:, 0]) > 0.9


def test_variations_are_shown_too() -> None:
    model = FAMILY.fit(_view().rows(range(24)), {**SMALL, "augmentation": 1.0, "orientations": "any"}, Care(1, steps=3))

    assert np.isfinite(model.logits(_view().rows([0, 1]))).all()


def test_the_same_seed_gives_the_same_model() -> None:
    few = _view().rows(range(24))
    first, second = (FAMILY.fit(few, SMALL, Care(seed=5, steps=4)).logits(few) for _ in range(2))

    np.testing.assert_array_equal(first, second)


def test_it_ends_in_time_with_what_it_learned() -> None:
    few = _view().rows(range(24))
    seconds = iter([*[10.0] * 5, *[0.0] * 1000])
    settings: Parameters = {**SMALL, "networks": 3, "imagined_flaws": True, "augmentation": 1.0}

    model = FAMILY.fit(few, settings, Care(seed=5, time_left=lambda: next(seconds)))

    assert np.isfinite(model.logits(few)).all()


def test_it_stops_when_asked() -> None:
    class _StopError(Exception):
        pass

    def stop() -> None:
        raise _StopError

    with pytest.raises(_StopError):
        FAMILY.fit(_view().rows(range(24)), SMALL, Care(seed=5, check_stop=stop))


def test_it_suits_some_images_of_some_classes_only() -> None:
    assert FAMILY.suits(Shape(TaskKind.MULTICLASS, 100, 0, 3, 20))
    assert not FAMILY.suits(Shape(TaskKind.MULTICLASS, 100_000, 0, 3, 20))
    assert not FAMILY.suits(Shape(TaskKind.ANOMALY, 100, 0, 2, 0))
