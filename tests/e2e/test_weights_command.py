"""Weights in a terminal: what is refused is said, what is there is listed, and nobody asks the network."""

import json
from pathlib import Path

import pytest

from automl.cli import main
from automl.domain.weights import WeightsRecord, WeightsSource
from automl.storage.project import Project
from tests.e2e.command_line import lathe
from tests.weights_files import write_weights


def test_weights_that_cannot_be_used_are_refused_in_words(tmp_path: Path) -> None:
    file = write_weights(tmp_path / "lcnet.safetensors", without="blocks.5")
    done = lathe("weights", "import", file, "--project", tmp_path / "p")
    assert done.returncode == 2, done.stderr
    assert "“lcnet.safetensors” looks like LCNet" in done.stderr
    assert "blocks.5" in done.stderr


def test_weights_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lcnet.safetensors"
    file.write_bytes(b"weights")
    record = WeightsRecord(
        name=file.name,
        architecture="lcnet_100",
        sha256="5a" * 32,
        size_bytes=3_400_000,
        source=WeightsSource.FILE,
        licence="CC-BY-NC-4.0",
    )
    with Project.create(tmp_path / "p") as project:
        project.weights.add(record, file)
    monkeypatch.setenv("LATHE_LANGUAGE", "ko")
    assert main(["weights", "list", "--project", str(tmp_path / "p")]) == 0
    assert "LCNet: lcnet.safetensors, 3.4 MB, 라이선스 CC-BY-NC-4.0" in capsys.readouterr().out
    assert main(["weights", "list", "--project", str(tmp_path / "p"), "--json"]) == 0
    assert [one["architecture"] for one in json.loads(capsys.readouterr().out)] == ["lcnet_100"]


def test_wrong_words_are_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = str(tmp_path / "p")
    assert main(["weights", "import", "--project", project]) == 2
    assert "Say which file" in capsys.readouterr().err
    assert main(["weights", "eat", "--project", project]) == 2
    assert main(["weights", "import", str(tmp_path / "none.safetensors"), "--project", project]) == 2
    assert "was not found" in capsys.readouterr().err
