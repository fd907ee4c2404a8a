"""Weights in a terminal: what is refused is said, what is imported is listed, and nobody asks the network."""

import json
from pathlib import Path

import pytest

from automl.cli import main
from tests.e2e.command_line import lathe
from tests.weights_files import write_weights


def test_weights_are_imported_and_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_weights(tmp_path / "lcnet.safetensors")
    project = tmp_path / "p"
    done = lathe("weights", "import", file, "--project", project, "--licence", "CC-BY-NC-4.0")
    assert done.returncode == 0, done.stderr
    assert "Added LCNet from lcnet.safetensors" in done.stdout
    assert "may not be used in a business" in done.stderr
    monkeypatch.setenv("LATHE_LANGUAGE", "ko")
    assert main(["weights", "list", "--project", str(project)]) == 0
    listed = capsys.readouterr().out
    assert "LCNet: lcnet.safetensors" in listed
    assert "라이선스 CC-BY-NC-4.0" in listed
    assert main(["weights", "list", "--project", str(project), "--json"]) == 0
    assert [one["architecture"] for one in json.loads(capsys.readouterr().out)] == ["lcnet_100"]


def test_wrong_words_are_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / "p"
    assert main(["weights", "import", "--project", str(project)]) == 2
    assert "Say which file" in capsys.readouterr().err
    assert main(["weights", "eat", "--project", str(project)]) == 2
    assert main(["weights", "import", str(tmp_path / "none.safetensors"), "--project", str(project)]) == 2
    assert "was not found" in capsys.readouterr().err
