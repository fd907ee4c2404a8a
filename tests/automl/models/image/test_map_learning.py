from typing import Any

import numpy as np
import pytest
import torch

from automl.models.base import Care
from automl.models.image import map_learning
from automl.models.image.map_learning import learn_maps
from automl.models.image.map_lesson import SMALLEST_BATCH, Batch, Lesson, Schooling


def _lesson() -> Lesson:
    """The second map is high at one place of every image of the second class; the third never changes."""
    random = np.random.default_rng(0)
    maps = random.normal(size=(40, 3, 6, 6)).astype(np.float32)
    target = np.arange(40) % 2
    maps[target == 1, 1, 2, 3] += 8
    maps[:, 2] = 5.0
    return Lesson(maps, target, 2)


def test_one_place_is_enough_to_tell_classes_apart() -> None:
    learned = learn_maps(_lesson(), Schooling(learning_rate=0.02, width=8, orientations=""), Care(seed=0, steps=150))

    seen = learned.network.see(_lesson().maps)
    logits = learned.network.summary(seen) @ learned.weights + learned.offsets
    assert (logits.argmax(axis=1) == _lesson().target).mean() > 0.9
    assert learned.steps == 150


def test_a_map_that_never_changed_says_nothing() -> None:
    lesson = _lesson()
    network = learn_maps(lesson, Schooling(width=8, orientations=""), Care(seed=0, steps=5)).network
    changed = lesson.maps.copy()
    changed[:, 2] = -100.0

    np.testing.assert_array_equal(network.see(changed).places, network.see(lesson.maps).places)


def test_a_card_that_is_full_gets_smaller_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    step = map_learning._step

    def full_above_eight(*inputs: Any) -> None:
        sizes.append(next(len(each.maps) for each in inputs if isinstance(each, Batch)))
        if sizes[-1] > 8:
            raise torch.OutOfMemoryError
        step(*inputs)

    monkeypatch.setattr(map_learning, "_step", full_above_eight)

    assert learn_maps(_lesson(), Schooling(width=8, orientations=""), Care(seed=0, steps=2)).steps == 2
    assert sizes == [32, 16, 8, 8]


def test_a_card_too_small_for_anything_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise torch.OutOfMemoryError

    monkeypatch.setattr(map_learning, "_step", full)

    with pytest.raises(torch.OutOfMemoryError):
        learn_maps(_lesson(), Schooling(width=8, orientations=""), Care(seed=0, steps=2))
    assert SMALLEST_BATCH > 1


@pytest.mark.gpu
def test_it_learns_on_a_graphics_card() -> None:
    learned = learn_maps(_lesson(), Schooling(width=8, orientations=""), Care(seed=0, steps=100, device="auto"))

    assert np.isfinite(learned.weights).all()
