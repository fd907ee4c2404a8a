"""A project and a dataset version to try storage on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from automl.storage.project import Project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "도장 두께 project"


@pytest.fixture
def project(folder: Path) -> Iterator[Project]:
    with Project.create(folder, "도장 두께") as opened:
        yield opened
