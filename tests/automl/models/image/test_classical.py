import numpy as np
import pytest

from automl.domain.task import TaskKind
from automl.models.base import Care, Shape
from automl.models.image.classical import Classical
from tests.image_views import drawn_view

CLASSES = ("good", "pit", "scratch", "stain")
SHAPE = Shape(TaskKind.MULTICLASS, 80, 0, len(CLASSES), 20)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_it_tells_classes_of_new_images_apart(place: int) -> None:
    family = Classical()
    learning, new = (drawn_view(count, CLASSES, seed=seed) for count, seed in ((80, 1), (40, 2)))

    model = family.fit(learning, family.published(SHAPE)[place], Care(seed=0))

    assert (model.logits(new).argmax(axis=1) == new.target).mean() > 0.7


def test_images_of_one_class_alone_can_be_learned_by_every_head() -> None:
    view = drawn_view(12, CLASSES, seed=1)
    alone = view.rows(np.flatnonzero(view.target == 2))

    for head in ("discriminant", "kernel", "logistic", "trees"):
        model = Classical().fit(alone, {"head": head, "descriptors": "colour"}, Care(seed=0))
        assert (model.logits(alone).argmax(axis=1) == 2).all()


def test_every_description_is_a_graph_of_its_own() -> None:
    family = Classical()
    both, waves = (family.feature_graphs({"descriptors": name}) for name in ("waves+patterns+colour", "waves+colour"))

    assert len(both) == 3
    assert set(waves) < set(both)
