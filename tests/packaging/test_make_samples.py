"""The sample tables in the repository are those the generator makes."""

from pathlib import Path

import pytest

import make_samples
import resources


def test_the_samples_are_the_generated_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_samples, "FOLDER", tmp_path)
    make_samples.main()
    made = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    kept = {file.name: file.read_bytes() for file in resources.path("samples").iterdir()}
    assert made.keys() == kept.keys()
    for name, content in made.items():
        assert content == kept[name], name
        assert len(content) < 600_000
