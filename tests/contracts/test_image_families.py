"""What every family of image models must keep: one subclass a family.

Images are drawn, small and few, of several sizes; a class may be missing or have a single image.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import ClassVar

import numpy as np
import pytest

import resources
from automl.domain.task import TaskKind
from automl.models.base import Care, Parameters, Shape, never_stop
from automl.models.image.anomaly.patches import Patches
from automl.models.image.anomaly.self_taught import SelfTaught
from automl.models.image.base import FittedImageModel, ImageFamily
from automl.models.image.classical import Classical
from automl.models.image.network import ImageNetwork
from automl.models.image.registry import IMAGE_FAMILIES
from automl.models.space import Choice, Real, Whole, nearest
from tests.image_views import MemoryView, drawn_view, emitted, run_images

CLASSES = ("crack", "good", "pit")
SIZES = ((48, 48), (1, 1), (3, 70), (97, 20), (131, 160))
LARGEST_DIFFERENCE = 1e-4


class _StopError(Exception):
    """Raised by the check that a stop is heard."""


def several_sizes(view: MemoryView) -> MemoryView:
    """The first images, cut to sizes nobody expects."""
    images = [np.resize(image, (*size, 3)) for image, size in zip(view.images, SIZES, strict=False)]
    return replace(view.rows(range(len(SIZES))), images=tuple(images))


class ImageFamilyContract:
    """Subclass it, name the family, and every promise is checked."""

    made: ClassVar[ImageFamily]
    small: ClassVar[Parameters] = {}
    task: ClassVar[TaskKind] = TaskKind.MULTICLASS
    width: ClassVar[int] = len(CLASSES)

    @pytest.fixture
    def view(self) -> MemoryView:
        return drawn_view(24, CLASSES, self.task, seed=5, size=48)

    @pytest.fixture
    def settings(self) -> Parameters:
        return {**self.made.published(self.shape())[0], **self.small}

    def shape(self) -> Shape:
        return Shape(self.task, 60, 0, len(CLASSES), 20)

    def fitted(
        self, view: MemoryView, settings: Parameters, check_stop: Callable[[], None] = never_stop
    ) -> FittedImageModel:
        return self.made.fit(view, settings, Care(seed=3, steps=3, check_stop=check_stop))

    def tried(self) -> Iterator[Parameters]:
        """Every published setting and every corner of the space."""
        shape = self.shape()
        usual: dict[str, bool | float | str] = {
            dimension.name: nearest(dimension, None) for dimension in self.made.space(shape)
        }
        yield usual
        yield from self.made.published(shape)
        for dimension in self.made.space(shape):
            match dimension:
                case Real(low=low, high=high) | Whole(low=low, high=high):
                    yield from ({**usual, dimension.name: low}, {**usual, dimension.name: high})
                case Choice(options=options):
                    yield from ({**usual, dimension.name: option} for option in options)

    def test_it_stands_in_the_registry_and_suits_its_task(self) -> None:
        assert type(self.made) in [type(family) for family in IMAGE_FAMILIES]
        assert self.made.suits(self.shape())
        other = TaskKind.BINARY if self.task is TaskKind.ANOMALY else TaskKind.ANOMALY
        assert not self.made.suits(replace(self.shape(), task=other))

    def test_answers_have_the_right_form(self, view: MemoryView, settings: Parameters) -> None:
        model = self.fitted(view, settings)
        answers, heat = model.logits(view), model.heatmap(view)

        assert answers.dtype == np.float64
        assert answers.shape == (len(view), self.width)
        assert np.isfinite(answers).all()
        if heat is not None:
            assert heat.dtype == np.float32
            assert len(heat) == len(view)
            assert np.isfinite(heat).all()

    def test_the_same_seed_gives_the_same_model(self, view: MemoryView, settings: Parameters) -> None:
        first, second = (self.fitted(view, settings).logits(view) for _ in range(2))

        np.testing.assert_array_equal(first, second)

    def test_an_image_is_answered_alone_as_among_others(self, view: MemoryView, settings: Parameters) -> None:
        model = self.fitted(view, settings)

        np.testing.assert_allclose(model.logits(view.rows([4])), model.logits(view)[4:5], atol=LARGEST_DIFFERENCE)

    def test_the_graph_answers_like_the_model_at_any_size(self, view: MemoryView, settings: Parameters) -> None:
        model = self.fitted(view, settings)
        odd = several_sizes(view)
        expected, heat = model.logits(odd), model.heatmap(odd)

        answer = run_images(emitted(model, self.width))

        for number, image in enumerate(odd.images):
            found = answer(image)
            np.testing.assert_allclose(
                found["logits"][0], expected[number], rtol=LARGEST_DIFFERENCE, atol=LARGEST_DIFFERENCE
            )
            assert ("heatmap" in found) == (heat is not None)
            if heat is not None:
                np.testing.assert_allclose(
                    found["heatmap"][0], heat[number], rtol=LARGEST_DIFFERENCE, atol=LARGEST_DIFFERENCE
                )

    def test_it_asks_for_the_graphs_it_announces(self, view: MemoryView, settings: Parameters) -> None:
        asked: set[bytes] = set()

        class Watched(MemoryView):
            def _output(self, graph: bytes, name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
                if name != "resized":
                    asked.add(graph)
                return super()._output(graph, name)

        self.fitted(Watched(view.images, view.task, view.classes, view.good, view.target, view.groups), settings)

        assert asked <= set(self.made.feature_graphs(settings))

    def test_it_stops_when_told(self, view: MemoryView, settings: Parameters) -> None:
        def stop() -> None:
            raise _StopError

        with pytest.raises(_StopError):
            self.fitted(view, settings, stop)

    def test_every_published_setting_and_every_corner_of_the_space_has_words(self) -> None:
        texts = resources.texts("en"), resources.texts("ko")
        usual = next(self.tried())

        for parameters in self.tried():
            assert self.made.words(parameters)
            for word in (*self.made.words(parameters), *self.made.changes(usual, parameters)):
                assert all(f"words.{word.code}" in spoken for spoken in texts)

    def test_published_settings_lie_in_the_space(self) -> None:
        names = {dimension.name for dimension in self.made.space(self.shape())}

        for parameters in self.made.published(self.shape()):
            assert set(parameters) <= names


class ClassFamilyContract(ImageFamilyContract):
    """What also holds for families that tell classes apart."""

    def test_a_class_that_is_missing_here_still_has_its_place(self, view: MemoryView, settings: Parameters) -> None:
        known = view.rows(np.flatnonzero(view.target != 1))

        answers = self.fitted(known, settings).logits(known)

        assert answers.shape == (len(known), self.width)
        assert np.isfinite(answers).all()

    def test_a_single_image_of_a_class_is_survived(self, view: MemoryView, settings: Parameters) -> None:
        rare = view.rows([*np.flatnonzero(view.target != 2), int(np.flatnonzero(view.target == 2)[0])])

        assert np.isfinite(self.fitted(rare, settings).logits(view)).all()

    @pytest.mark.parametrize("count", [2, 20])
    def test_any_number_of_classes_will_do(self, count: int, view: MemoryView, settings: Parameters) -> None:
        names = tuple(f"class {number}" for number in range(count))
        task = TaskKind.BINARY if count == 2 else TaskKind.MULTICLASS
        many = replace(view, task=task, classes=names, good=(), target=np.arange(len(view)) % count)

        model = self.fitted(many, settings)

        answer = run_images(emitted(model, count))(many.images[0])["logits"]
        np.testing.assert_allclose(answer, model.logits(many.rows([0])), rtol=1e-4, atol=1e-4)


class TestClassical(ClassFamilyContract):
    made = Classical()

    @pytest.fixture(params=["discriminant", "kernel", "logistic", "trees"])
    def settings(self, request: pytest.FixtureRequest) -> Parameters:
        return {**self.made.published(self.shape())[0], "head": request.param, "descriptors": "patterns+colour"}


class TestImageNetwork(ClassFamilyContract):
    made = ImageNetwork()
    small: ClassVar[Parameters] = {"resolution": 64, "width": 16}


class GoodOnlyContract(ImageFamilyContract):
    """What also holds for families that learn from good images alone: one number, higher for the more unusual."""

    task = TaskKind.ANOMALY
    width = 1

    @pytest.fixture
    def view(self) -> MemoryView:
        drawn = drawn_view(30, ("good", "scratch"), self.task, seed=5, size=48)
        return drawn.rows(np.flatnonzero(drawn.target == 0))


class TestPatches(GoodOnlyContract):
    made = Patches()
    small: ClassVar[Parameters] = {"resolution": 64, "remembered": 500, "most": 2}


class TestSelfTaught(GoodOnlyContract):
    made = SelfTaught()
    small: ClassVar[Parameters] = {"resolution": 64, "width": 16}
