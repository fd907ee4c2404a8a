import numpy as np
import pytest
from numpy.typing import NDArray

from automl.models.image.head_discriminant import fit_discriminant
from automl.models.image.head_kernel import MOST_EXAMPLES, fit_kernel
from automl.models.image.heads import fit_scaling

Floats = NDArray[np.float32]
Codes = NDArray[np.int64]


def _clouds(count: int, width: int, classes: int = 3, seed: int = 0, apart: float = 1.0) -> tuple[Floats, Codes]:
    random = np.random.default_rng(seed)
    means = apart * np.random.default_rng(99).normal(size=(classes, width))
    target = np.arange(count) % classes
    mixing = np.random.default_rng(98).normal(size=(width, width)) / np.sqrt(width)
    return (means[target] + random.normal(size=(count, width)) @ mixing).astype(np.float32), target.astype(np.int64)


@pytest.mark.parametrize(("count", "width"), [(30, 60), (300, 12)])
def test_discriminants_are_those_of_the_textbook(count: int, width: int) -> None:
    """Both ways of solving give weights from the full matrix, as far as order goes."""
    features, target = _clouds(count, width)
    shrinkage = 0.2
    means = np.stack([features[target == code].mean(axis=0) for code in range(3)]).astype(np.float64)
    rows = features - means[target]
    within = np.sqrt(np.square(rows).mean(axis=0))
    shared = (1 - shrinkage) * (rows / within).T @ (rows / within) / count + shrinkage * np.eye(width)
    apart = ((means - features.mean(axis=0)) / within).T
    weights = np.linalg.solve(shared, apart)
    expected = ((features - features.mean(axis=0)) / within) @ weights - 0.5 * (apart * weights).sum(axis=0)

    found = fit_discriminant(features, target, 3, shrinkage=shrinkage).logits(features)

    spread = found - found.mean(axis=1, keepdims=True)
    wanted = expected - expected.mean(axis=1, keepdims=True)
    np.testing.assert_allclose(spread / np.abs(spread).max(), wanted / np.abs(wanted).max(), atol=1e-4)


def test_many_numbers_and_few_images_are_enough_for_discriminants() -> None:
    features, target = _clouds(30, 400, apart=0.5)
    new, truth = _clouds(300, 400, seed=1, apart=0.5)

    logits = fit_discriminant(features, target, 3, shrinkage=0.1).logits(new)

    assert (logits.argmax(axis=1) == truth).mean() > 0.9
    assert np.abs(logits).max() < 50


def test_a_number_that_never_varies_changes_nothing() -> None:
    features, target = _clouds(40, 10)
    still = np.column_stack([features, np.full(40, 1e4, np.float32), np.zeros(40, np.float32)]).astype(np.float32)
    moved = still.copy()
    moved[:, -1] = 0.01

    head = fit_discriminant(still, target, 3, shrinkage=0.1)

    expected = fit_discriminant(features, target, 3, shrinkage=0.1).logits(features)
    np.testing.assert_allclose(head.logits(still), expected, atol=1e-2)
    np.testing.assert_allclose(head.logits(moved), head.logits(still), atol=1e-2)


def test_a_frequent_class_is_believed_in_more_unless_classes_are_balanced() -> None:
    random = np.random.default_rng(0)
    target = (np.arange(200) % 10 == 0).astype(np.int64)
    features = (random.normal(size=(200, 2)) + target[:, None]).astype(np.float32)

    usual, balanced = (
        fit_discriminant(features, target, 2, shrinkage=0.5, balanced=flag).logits(features).argmax(axis=1).mean()
        for flag in (False, True)
    )

    assert usual < balanced


@pytest.mark.parametrize("present", [(0, 2), (1,)])
def test_an_absent_class_hardly_ever_wins(present: tuple[int, ...]) -> None:
    features, target = _clouds(60, 20)
    known = np.isin(target, present)

    logits = fit_discriminant(features[known], target[known], 3, shrinkage=0.1).logits(features)

    assert np.isfinite(logits).all()
    assert set(logits[known].argmax(axis=1).tolist()) <= set(present)


def test_one_image_a_class_is_the_nearest_image() -> None:
    features, target = _clouds(3, 8, apart=3.0)
    new, truth = _clouds(30, 8, seed=2, apart=3.0)

    assert (fit_discriminant(features, target, 3, shrinkage=0.1).logits(new).argmax(axis=1) == truth).mean() > 0.9


def test_the_kernel_machine_bends_around_a_cloud() -> None:
    random = np.random.default_rng(0)
    features = random.normal(size=(400, 2)).astype(np.float32)
    target = (np.square(features).sum(axis=1) > 1.4).astype(np.int64)

    head = fit_kernel(features[:300], target[:300], 2, softness=0.05, width=0.5, seed=0)

    assert (head.logits(features[300:]).argmax(axis=1) == target[300:]).mean() > 0.9


def test_many_images_leave_the_kernel_machine_small() -> None:
    features, target = _clouds(MOST_EXAMPLES + 300, 6)
    rare = target.copy()
    rare[features[:, 0] < np.quantile(features[:, 0], 0.99)] = 0

    head = fit_kernel(features, rare, 3, softness=0.1, width=1.0, seed=0)

    assert len(head.examples) == MOST_EXAMPLES
    assert np.isfinite(head.logits(features)).all()


def test_scaling_leaves_what_never_varied_at_nothing() -> None:
    features = np.column_stack([np.arange(10), np.full(10, 7.0)]).astype(np.float32)

    scaled = fit_scaling(features).apply(features + np.array([0, 0.5], np.float32))

    np.testing.assert_allclose(scaled[:, 0].std(), 1, atol=1e-6)
    assert np.abs(scaled[:, 1]).max() < 1e-5
