"""The samples in the repository are those the generator makes."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import make_samples
import resources

_ROUNDING = 2


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(make_samples, "FOLDER", folder)
        make_samples.main()
    return folder


def test_the_samples_are_the_generated_ones(made: Path) -> None:
    kept = {file.name: file for file in resources.path("samples").iterdir()}
    assert {file.name for file in made.iterdir()} == kept.keys()
    for name, file in kept.items():
        assert file.stat().st_size < 700_000
        if file.suffix != ".zip":
            assert (made / name).read_bytes() == file.read_bytes(), name


def test_the_sample_images_are_the_generated_ones(made: Path) -> None:
    """Compressed bytes and the last bit of a sum differ from computer to computer, so pixels are compared."""
    with zipfile.ZipFile(made / "plates.zip") as new, zipfile.ZipFile(resources.path("samples") / "plates.zip") as kept:
        assert new.namelist() == kept.namelist()
        for name in kept.namelist():
            drawn, stored = (np.asarray(Image.open(io.BytesIO(one.read(name))), np.int16) for one in (new, kept))
            assert np.abs(drawn - stored).max() <= _ROUNDING, name
