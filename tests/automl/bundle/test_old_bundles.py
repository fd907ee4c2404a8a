"""Bundles of earlier versions, kept as they were written: they open and give their golden answers, forever."""

from pathlib import Path

import pytest

from automl.bundle.trust import TrustStore
from automl.bundle.verifier import verify
from automl.runtime.predictor import Predictor
from automl.runtime.selftest import run_selftest

OLD = sorted((Path(__file__).parents[2] / "data" / "bundles").glob("*.zip"))


def test_there_are_old_bundles() -> None:
    assert len(OLD) >= 2


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)
def test_an_old_bundle_gives_its_golden_answers(path: Path, tmp_path: Path) -> None:
    result = run_selftest(Predictor.open(path))
    assert result.passed
    assert result.rows >= 1000
    assert verify(path, TrustStore(tmp_path)).passed
