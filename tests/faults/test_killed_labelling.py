"""A window that is killed while somebody labels loses no label it had taken."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from automl import api


@pytest.mark.parametrize("wanted", [1, 7, 40])
def test_a_killed_window_loses_no_label(tmp_path: Path, repository: Path, wanted: int) -> None:
    folder = tmp_path / "프로젝트"
    api.close(api.create_project(folder))
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.labelling_until_killed", str(folder)],
        env=api.worker_environment(),
        cwd=repository,
        stdout=subprocess.PIPE,
        text=True,
    ) as window:
        assert window.stdout is not None
        told = [int(line) for line in itertools.islice(window.stdout, wanted)]
        window.kill()
        told += [int(line) for line in window.stdout if line.endswith("\n")]
    project = api.open_project(folder)
    kept = api.labels(project)
    assert not project.read_only
    assert {f"{number:064d}" for number in told} <= kept.keys()
    assert len(kept) <= len(told) + 1
    assert [each.name for each in api.label_classes(project)] == [f"class {n}" for n in range(min(3, len(kept)))]
    api.close(project)
