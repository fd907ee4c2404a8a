import numpy as np

from automl.drawing.parts import draw_parts
from automl.models.image.augmentation import augment_preview, vary
from automl.models.image.base import Pixels


def _image(width: int = 64) -> Pixels:
    return draw_parts(1, size=64, seed=3)[0].pixels[:, :width]


def test_no_strength_changes_nothing() -> None:
    image = _image()

    assert np.array_equal(vary(image, 0.0, np.random.default_rng(0)), image)


def test_more_strength_changes_more_and_keeps_the_form() -> None:
    image = _image(40)
    changes = []
    for strength in (0.2, 1.0):
        varied = [vary(image, strength, np.random.default_rng(seed)) for seed in range(12)]
        assert {(each.shape, each.dtype) for each in varied} == {(image.shape, image.dtype)}
        changes.append(np.mean([np.abs(each.astype(float) - image).mean() for each in varied]))

    assert 0 < changes[0] < changes[1]


def test_a_preview_begins_with_the_image_and_is_the_same_every_time() -> None:
    image = _image()

    first, again = (augment_preview(image, 0.5, any_orientation=True, seed=7) for _ in range(2))

    assert len(first) == 12
    assert np.array_equal(first[0], image)
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))
    assert len({each.tobytes() for each in first}) == 12


def test_images_lie_as_they_are_unless_any_orientation_will_do() -> None:
    upright = np.zeros((48, 48, 3), dtype=np.uint8)
    upright[:24] = 200

    assert all(each[:12].mean() > 100 > each[-12:].mean() for each in augment_preview(upright, 0.3, False, 1))
    assert any(each[:12].mean() < each[-12:].mean() for each in augment_preview(upright, 0.3, True, 1))
