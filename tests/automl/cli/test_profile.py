"""The profile command says what is among images as it does for a table."""

import json
from pathlib import Path

import pytest

from automl.cli import main


@pytest.mark.parametrize(
    ("language", "words"), [("en", "96 images of 96 parts, 4 classes"), ("ko", "이미지 96개, 부품 96개")]
)
def test_a_folder_of_images_is_described(
    image_folder: Path,
    language: str,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LATHE_LANGUAGE", language)
    assert main(["profile", str(image_folder)]) == 0
    said = capsys.readouterr().out
    assert words in said
    assert "scratch" in said


def test_a_program_can_read_it(
    image_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LATHE_LANGUAGE", "en")
    assert main(["profile", "--json", str(image_folder)]) == 0
    profile = json.loads(capsys.readouterr().out)
    assert (profile["row_count"], profile["suggested_target"]) == (96, "class")


def test_a_folder_without_images_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LATHE_LANGUAGE", "en")
    assert main(["profile", str(tmp_path)]) == 2
    assert "There are no images" in capsys.readouterr().err
