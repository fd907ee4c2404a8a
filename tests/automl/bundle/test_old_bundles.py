"""Bundles of earlier versions, kept as they were written: they open and give their golden answers, forever."""

from pathlib import Path

import pytest

from automl.bundle.trust import TrustStore
from automl.bundle.verifier import verify
from automl.runtime.image import selftest as image_selftest
from automl.runtime.image.predictor import ImagePredictor
from automl.runtime.predictor import Predictor
from automl.runtime.selftest import run_selftest

OLD = sorted((Path(__file__).parents[2] / "data" / "bundles").glob("*.zip"))
FOR_IMAGES = [path for path in OLD if path.stem.endswith("images")]
FOR_TABLES = [path for path in OLD if path not in FOR_IMAGES]


def test_there_are_old_bundles() -> None:
    assert len(FOR_TABLES) >= 2
    assert FOR_IMAGES


@pytest.mark.parametrize("path", FOR_TABLES, ids=lambda path: path.stem)
def test_an_old_bundle_gives_its_golden_answers(path: Path, tmp_path: Path) -> None:
    result = run_selftest(Predictor.open(path))
    assert result.passed
    assert result.rows >= 1000
    assert verify(path, TrustStore(tmp_path)).passed


@pytest.mark.parametrize("path", FOR_IMAGES, ids=lambda path: path.stem)
def test_an_old_bundle_for_images_gives_its_golden_answers(path: Path, tmp_path: Path) -> None:
    result = image_selftest.run_selftest(ImagePredictor.open(path))
    assert result.passed
    assert result.rows >= 12
    assert verify(path, TrustStore(tmp_path)).passed
